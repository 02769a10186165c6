"""An entry as its template sees it: each field with its label, and a record of which fields the template has placed.

What a designed template does not place is printed generically by `rest()`, so that a new field in the model is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casebook.book import Book, Numbered
from casebook.model import Entry
from casebook.parts import Disagreement, Event, Figure, Instrument, Location, Model, Names, Phase, Related, Role, Statement, Table, Unknown
from casebook.values import Choice

_FORMS: tuple[tuple[type, str], ...] = (
    (Role, "roles"), (Instrument, "instruments"), (Event, "events"), (Phase, "phases"), (Statement, "statements"), (Figure, "figures"),
    (Disagreement, "disagreements"), (Unknown, "unknowns"), (Related, "related"), (Table, "table"),
    (Names, "names"), (Choice, "words"), (Model, "model"),
)


def form(value: object) -> str:
    """The name of the macro that prints a value: by what it is, or by what a list holds."""
    if value is None or value == [] or value == "":
        return "nothing"
    sample = value[0] if isinstance(value, list) else value
    return next((name for kind, name in _FORMS if isinstance(sample, kind)), "words")


@dataclass
class View:
    """One entry, or a group of fields within it, for a template."""

    book: Book
    entry: Entry
    model: Model
    path: Location = ()
    placed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, book: Book, entry: Entry) -> View:
        return cls(book, entry, entry)

    def take(self, name: str) -> Any:
        """The value of a field, which the template promises to print."""
        self.placed.add(name)
        return getattr(self.model, name)

    def part(self, name: str) -> View:
        """A group of fields as a view of its own."""
        return View(self.book, self.entry, self.take(name), (*self.path, name))

    def label(self, name: str) -> str:
        return str(type(self.model).model_fields[name].title)

    def rest(self) -> Iterator[tuple[str, str, Any]]:
        """Name, label and value of every field that has a value and that the template has not taken."""
        for name in type(self.model).model_fields:
            if name not in self.placed and form(getattr(self.model, name)) != "nothing":
                yield name, self.label(name), self.take(name)

    def number(self, statement: Statement) -> Numbered:
        """The statement with its number in the entry."""
        return self.book.number_of[id(statement)]

    def unknowns(self, name: str) -> list[Unknown]:
        """What the entry names as unknown for a field: printed where the field's text would stand."""
        path = ".".join(str(part) for part in (*self.path, name))
        return [unknown for unknown in getattr(self.entry, "unknowns", []) if unknown.field == path]
