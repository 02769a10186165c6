"""Comparing with what is kept: `CASEBOOK_EXPECT=write` writes it anew, to be read as a difference in Git."""

from __future__ import annotations

import os
from pathlib import Path

BOOKS = Path(__file__).parent / "books"


def compare(path: Path, text: str) -> None:
    """Fails with a difference where the text is not what the file holds."""
    if os.environ.get("CASEBOOK_EXPECT") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} has changed; see tests/books/README.md"
