"""What an editor can do wrong, with its place and its remedy.

A fault in the content is a `Problem`, collected and never raised; exceptions are for our own mistakes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path relative to the project's root, and a line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it is, which rule it breaks, what is wrong (with what was found), and what to do."""

    place: Place
    rule: str
    message: str
    remedy: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def nearest(wrong: str, right: Iterable[str]) -> str:
    """A 'Did you mean' sentence for the closest known word, or nothing when none is close."""
    by_folded = {word.casefold(): word for word in right}
    close = difflib.get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.6)
    return f"Did you mean '{by_folded[close[0]]}'?" if close else ""
