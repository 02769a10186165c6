"""Where every rule is entered, and what several rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casebook import citations
from casebook.book import Book, texts
from casebook.problems import Place, Problem

Rule = Callable[[Book], Iterator[Problem]]
RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order in which they stand in their rooms."""


def rule(id_: str) -> Callable[[Rule], Rule]:
    """Enters a function as the rule of this id; its docstring is the rule."""

    def register(function: Rule) -> Rule:
        RULES[id_] = function
        return function

    return register


def passages(book: Book) -> Iterator[tuple[str, Callable[[int], Place]]]:
    """Every text that may cite, with the way from a letter in it to its place: entries' texts and hand-written pages."""
    for entry in book.everything:
        for location, text in texts(entry):
            yield text, lambda offset, e=entry, at=location: book.place(e, at, offset)  # type: ignore[misc]
    for page in book.handwritten.values():
        yield page.text, page.place


def cited(book: Book) -> Iterator[tuple[citations.Citation, Callable[[int], Place]]]:
    """Every citation with the way to its place, which is dear and is gone only for a fault."""
    for text, place in passages(book):
        for citation in citations.cited(text):
            yield citation, place
