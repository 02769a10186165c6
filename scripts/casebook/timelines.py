"""The timeline as a drawing: a bar for each case, a line for each step of national policy, in the drawing's own units."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.book import Book
from casebook.model import Case, Milestone
from casebook.values import PartialDate
from casebook.vocabulary import Status

ROW, TOP, WIDTH, LEFT, RIGHT = 20, 46, 960, 262, 10
"""Height of a row, room for the years above, width of the drawing, room for the titles at its left, margin at its right."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A case: where its bar begins and how long it is; `open` tells that it has no known end."""

    case: Case
    x: float
    y: float
    width: float
    open: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    height: int
    years: list[tuple[int, float]]
    bars: list[Bar]
    marks: list[tuple[Milestone, float]]


def timeline(book: Book) -> Timeline:
    """Cases by city and beginning, from the first year of a case to the last year told of; older milestones stand at the left edge."""
    first = min((case.period.from_.year for case in book.cases.values()), default=2000) - 1
    last = max(_last_year(book), first + 1) + 1
    bars = [_bar(case, row, first, last) for row, case in enumerate(book.cases.values())]
    years = [(year, _x(year, first, last)) for year in range(first, last + 1) if year % 2 == 0]
    marks = [(milestone, _x(_decimal(milestone.date), first, last)) for milestone in book.milestones.values() if milestone.date.year >= first]
    return Timeline(TOP + ROW * len(bars) + 6, years, bars, marks)


def _last_year(book: Book) -> int:
    dates = [event.date.year for case in book.cases.values() for event in case.timeline]
    return max([*dates, *(milestone.date.year for milestone in book.milestones.values())], default=2000)


def _bar(case: Case, row: int, first: int, last: int) -> Bar:
    begins = _x(_decimal(case.period.from_), first, last)
    ends = case.period.to
    told = max((event.date.year + 1 for event in case.timeline), default=case.period.from_.year + 1)
    end = _decimal(ends) if ends else last if case.period.status is Status.RUNNING else max(told, _decimal(case.period.from_) + 1)
    return Bar(case, begins, TOP + ROW * row, round(max(_x(min(end, last), first, last) - begins, 5), 1), ends is None)


def _decimal(date: PartialDate) -> float:
    parts = (*date.parts, 1, 1)
    return parts[0] + (parts[1] - 1) / 12


def _x(year: float, first: int, last: int) -> float:
    return round(LEFT + (year - first) / (last - first) * (WIDTH - LEFT - RIGHT), 1)
