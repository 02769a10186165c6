"""The book as data: everything as JSON, and tables of cases, statements and sources as CSV, all in `site/data/`.

Columns and keys are the model's own fields, so a new field is in the data on the day it is in the model.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from casebook import citations, prose
from casebook.book import Book
from casebook.model import KINDS, Case, Entry
from casebook.parts import Model

FOLDER = "data"


def write(book: Book, site: Path) -> str:
    """Writes `casebook.json`, `cases.csv`, `statements.csv` and `sources.csv`."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    everything = {kind.plural: {id_: plain(entry) for id_, entry in book.entries[kind].items()} for kind in KINDS}
    everything["sources"] = {key: dict(_source_row(book, key)) for key in book.sources}
    _text(folder / "casebook.json", json.dumps(everything, ensure_ascii=False, indent=1) + "\n")
    rows = {
        "cases": [_case_row(case) for case in book.cases.values()],
        "statements": list(_statement_rows(book)),
        "sources": [_source_row(book, k) for k in book.sources],
    }
    for name, table in rows.items():
        _table(folder / f"{name}.csv", table)
    return f"1 JSON file, {len(rows)} tables, {len(rows['statements'])} statements"


def plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON knows it, keys spelt as in YAML, with its id."""
    return {"id": entry.id, **entry.model_dump(mode="json", by_alias=True)}


def _case_row(case: Case) -> dict[str, str]:
    """One line a case: a column for each field of the model, groups by dotted names, lists joined."""
    return {"id": case.id, "city": case.city, **dict(_flat(case))}


def _flat(model: Model, before: str = "") -> Iterator[tuple[str, str]]:
    for name, info in type(model).model_fields.items():
        value, column = getattr(model, name), f"{before}{info.alias or name}"
        if isinstance(value, Model):
            yield from _flat(value, f"{column}.")
        elif value is not None or not _holds_a_group(info.annotation):
            yield column, " | ".join(map(_cell, value)) if isinstance(value, list) else _cell(value)


def _holds_a_group(annotation: Any) -> bool:
    """A group that may be left out has the columns of its fields, and none of its own."""
    return any(isinstance(part, type) and issubclass(part, Model) for part in get_args(annotation))


def _cell(value: Any) -> str:
    """A value in one cell: a part with a text is that text, any other part its JSON."""
    if isinstance(value, Model):
        text = getattr(value, "text", None)
        return str(text) if text else json.dumps(value.model_dump(mode="json", by_alias=True, exclude_defaults=True), ensure_ascii=False)
    return "" if value is None else str(value)


def _statement_rows(book: Book) -> Iterator[dict[str, str]]:
    for entry in book.everything:
        for numbered in book.numbered(entry):
            said = numbered.statement
            cited = citations.cited(said.text)
            yield {
                "kind": entry.kind,
                "id": entry.id,
                "number": str(numbered.number),
                "field": ".".join(str(part) for part in numbered.location),
                "text": prose.plain_words(said.text),
                "grade": str(said.grade),
                "because": str(said.because or ""),
                "themes": " | ".join(said.themes),
                "sources": " | ".join(f"{c.key}, {c.place}" for c in cited),
            }


def _source_row(book: Book, key: str) -> dict[str, str]:
    source = book.sources[key]
    return {
        "key": key,
        "type": source.type,
        "authors": " | ".join(source.authors),
        "year": source.year,
        "title": source.title,
        "translation": source.translation,
        "kinds": " | ".join(source.kinds),
        "seen": str(source.seen),
        "url": source.url,
        "doi": source.doi,
        "note": source.note,
        "citations": str(len(book.mentions.get(key, []))),
    }


def _table(path: Path, rows: list[dict[str, str]]) -> None:
    """CSV as RFC 4180 has it, with a byte-order mark so that spreadsheets read the Chinese."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        columns = dict.fromkeys(name for row in rows for name in row)
        writer = csv.DictWriter(file, fieldnames=list(columns), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _safe(cell) for name, cell in row.items()} for row in rows)


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
