"""What the content must keep, beyond the form of single values. A rule is one function in a room here: its docstring is the rule."""

from __future__ import annotations

from casebook.book import Book
from casebook.problems import Problem
from casebook.rules import completeness, evidence, references, wording
from casebook.rules.registry import RULES
from casebook.validation import READING_RULES

ROOMS = (references, evidence, wording, completeness)


def check(book: Book) -> list[Problem]:
    """All problems of the book's content, by file and line."""
    return sorted({problem for check_one in RULES.values() for problem in check_one(book)})


def catalogue() -> dict[str, str]:
    """What every rule asks, by its id: first those of a file's reading, then those of the content."""
    return READING_RULES | {id_: " ".join((check_one.__doc__ or "").split()) for id_, check_one in RULES.items()}
