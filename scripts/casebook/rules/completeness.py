"""Whether an entry answers its questions, or says that it can not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casebook.book import Book
from casebook.model import Entry, Narrative
from casebook.parts import Location, Table, Unknown
from casebook.problems import Problem, nearest
from casebook.rules.registry import rule
from casebook.values import PartialDate

WANTED = (
    "introduction",
    "implementation",
    "participation.account",
    "participation.gap",
    "assessment.hierarchical",
    "assessment.horizontal",
    "assessment.fit",
    "outcomes",
    "aftermath",
    "timeline",
    "figures",
)
"""Questions that every case answers, or names among its unknowns."""


@rule("silent-gap")
def silent_gap(book: Book) -> Iterator[Problem]:
    """What a case can't answer it says so: an empty field is named by an entry in `unknowns`."""
    for case in book.narratives:
        named = {unknown.field for unknown in case.unknowns}
        for field in WANTED:
            parts = field.split(".")
            if not _value(case, parts) and field not in named:
                place = book.place(case, tuple(parts))
                remedy = f"Write it, or add to 'unknowns': a text that says what is missing, a kind, and 'field: {field}'."
                yield Problem(place, "silent-gap", f"'{field}' is empty, and nothing says why", remedy)


def _value(case: Narrative, parts: list[str]) -> object:
    value: object = case
    for part in parts:
        value = getattr(value, part)
    return value


@rule("unknown-field")
def unknown_field(book: Book) -> Iterator[Problem]:
    """An unknown names a field that there is, and that is empty."""
    for entry in book.everything:
        known = {".".join(part for part in location if isinstance(part, str)): value for location, value in entry.parts if location}
        for location, value in entry.parts:
            if isinstance(value, Unknown) and value.field:
                place = book.place(entry, (*location, "field"))
                if value.field not in known:
                    yield Problem(place, "unknown-field", f"there is no field '{value.field}'", nearest(value.field, known))
                elif known[value.field]:
                    yield Problem(place, "unknown-field", f"'{value.field}' is not empty", "Leave out 'field' here: the point is still listed.")


@rule("dates-out-of-order")
def dates_out_of_order(book: Book) -> Iterator[Problem]:
    """A case ends after it begins, its timeline runs forward, and it is reviewed after it is written."""
    for case in book.narratives:
        for first, second, location, what in _dated(case):
            if first.surely_after(second):
                yield Problem(
                    book.place(case, location), "dates-out-of-order", f"{what}: {first.text} comes after {second.text}", "Put the dates in order."
                )


def _dated(case: Narrative) -> Iterator[tuple[PartialDate, PartialDate, Location, str]]:
    if case.period.to:
        yield case.period.from_, case.period.to, ("period", "to"), "the case ends before it begins"
    if case.editorial.reviewed:
        yield case.editorial.written, case.editorial.reviewed, ("editorial", "reviewed"), "reviewed before it was written"
    for at, (first, second) in enumerate(pairwise(case.timeline), 1):
        yield first.date, second.date, ("timeline", at, "date"), "the timeline runs backward"


@rule("uneven-table")
def uneven_table(book: Book) -> Iterator[Problem]:
    """Each row of a table has a cell for each column, and each cell says something or tells which kind of gap it is."""
    for entry in book.everything:
        for location, table in entry.parts:
            if isinstance(table, Table):
                yield from _uneven(book, entry, location, table)


def _uneven(book: Book, entry: Entry, location: Location, table: Table) -> Iterator[Problem]:
    for at, row in enumerate(table.rows):
        if len(row.cells) != len(table.columns):
            message = f"the table has {len(table.columns)} columns, and this row {len(row.cells)} of their cells"
            yield Problem(book.place(entry, (*location, "rows", at, "cells")), "uneven-table", message, "Write one cell for each column.")
        for number, cell in enumerate(row.cells):
            if bool(cell.statements) == bool(cell.unknown):
                message = "this cell holds both statements and a gap" if cell.unknown else "this cell is empty"
                place = book.place(entry, (*location, "rows", at, "cells", number))
                yield Problem(place, "uneven-table", message, "Write statements, or 'unknown:' with the kind of gap.")
