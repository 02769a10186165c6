"""JSON Schema of what editors write, in `site/data/schema/`: made from the model, for editors that complete and explain as one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casebook.book import Book
from casebook.model import KINDS

FOLDER = "data/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """A schema for each kind of file: one entry, or many by id where the kind has one file for all."""
    return {
        kind.plural if kind.collection else kind.kind: _many(kind.model_json_schema()) if kind.collection else kind.model_json_schema()
        for kind in KINDS
    }


def _many(one: dict[str, Any]) -> dict[str, Any]:
    definitions = one.pop("$defs", {})
    name = str(one["title"])
    return {"title": name, "type": "object", "additionalProperties": {"$ref": f"#/$defs/{name}"}, "$defs": {**definitions, name: one}}


def write(book: Book, site: Path) -> str:
    """Writes one file a schema."""
    del book
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = schemas()
    for name, schema in made.items():
        text = json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    return f"{len(made)} schemas"
