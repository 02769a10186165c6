"""The whole book at a glance: evidence by theme and city, what is disputed, what is not known, who acts where, what happened when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from casebook.book import Book, Numbered
from casebook.model import Actor, Case, City, Entry, Milestone, Term, Theme
from casebook.parts import Disagreement, Event, Figure, Role, Statement, Unknown
from casebook.vocabulary import Grade, UnknownKind


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """What the casebook has on a theme in a city: its statements, and the gaps that it names."""

    theme: Theme
    city: City
    statements: list[Numbered]
    gaps: list[tuple[Entry, Unknown]] = field(default_factory=list)

    @property
    def grades(self) -> list[tuple[Grade, int]]:
        counted = Counter(numbered.statement.grade for numbered in self.statements)
        return [(grade, counted[grade]) for grade in Grade if counted[grade]]

    @property
    def missing(self) -> list[tuple[UnknownKind, int]]:
        counted = Counter(unknown.kind for _, unknown in self.gaps)
        return [(kind, counted[kind]) for kind in UnknownKind if counted[kind]]


def evidence(book: Book) -> list[tuple[Theme, list[EvidenceCell]]]:
    """A row for each theme, a cell for each city."""
    return [(theme, [_cell(book, theme, city) for city in book.cities.values()]) for theme in book.themes.values()]


def _cell(book: Book, theme: Theme, city: City) -> EvidenceCell:
    gaps: list[tuple[Entry, Unknown]] = [(entry, unknown) for entry in _of(book, city) for unknown in entry.unknowns if theme.id in unknown.themes]
    return EvidenceCell(theme, city, book.evidence[theme.id][city.id], gaps)


def _of(book: Book, city: City) -> list[City | Case]:
    return [city, *book.cases_by_city[city.id]]


def disagreements(book: Book) -> Iterator[tuple[Entry, list[Disagreement], list[list[Figure]]]]:
    """Each entry on which sources disagree, with its points and its numbers told in several ways."""
    for entry in book.everything:
        points = [value for _, value in entry.parts if isinstance(value, Disagreement)]
        several = [group for group in by_measure(getattr(entry, "figures", [])) if len({figure.value for figure in group}) > 1]
        if points or several:
            yield entry, points, several


def by_measure(figures: list[Figure]) -> list[list[Figure]]:
    """Figures of one measure and year together: more than one is a disagreement, shown side by side."""
    groups: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.measure, figure.year), []).append(figure)
    return list(groups.values())


def unknowns(book: Book) -> list[tuple[Entry, list[Unknown]]]:
    """Each entry with what it names as not known."""
    return [(entry, entry.unknowns) for entry in book.everything if getattr(entry, "unknowns", None)]  # type: ignore[attr-defined]


def kinds_of_unknown(book: Book) -> list[tuple[UnknownKind, int]]:
    """How many gaps there are of each kind."""
    counted = Counter(unknown.kind for _, found in unknowns(book) for unknown in found)
    return [(kind, counted[kind]) for kind in UnknownKind]


def parts_played(book: Book) -> dict[str, dict[str, Role]]:
    """By actor and case, the actor's part in the case."""
    return {actor: {case.id: role for case, role in found} for actor, found in book.roles_by_actor.items()}


def acting(book: Book) -> list[tuple[Actor, int]]:
    """Actors with the number of cases in which they have a part, the busiest first."""
    rows = [(actor, len({case.id for case, _ in book.roles_by_actor[actor.id]})) for actor in book.actors.values()]
    return sorted(rows, key=lambda row: (-row[1], row[0].title))


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated event of a case, or one step of national policy."""

    entry: Case | Milestone
    event: Event | None
    numbered: Numbered | None

    @property
    def date(self) -> tuple[int, ...]:
        return (self.event or self.entry).date.parts  # type: ignore[union-attr]


def moments(book: Book) -> list[Moment]:
    """All events of the cases and all milestones, by date."""
    found = [Moment(milestone, None, None) for milestone in book.milestones.values()]
    for case in book.cases.values():
        found += [Moment(case, event, book.number_of[id(event)]) for event in case.timeline]
    return sorted(found, key=lambda moment: (moment.date, moment.entry.key))


def uses(book: Book, term: Term) -> list[tuple[Case, Numbered]]:
    """The cases that use a term, in time order, each with the first statement that does: by its Chinese name, its English one, or a link."""
    chinese = [term.names.chinese] if term.names else []
    words = [*chinese, f"(term:{term.id})", *([] if chinese else [term.title.partition(" (")[0].casefold()])]
    found = []
    for case in sorted(book.cases.values(), key=lambda case: (case.period.from_.parts, case.id)):
        first = next((numbered for numbered in book.numbered(case) if _uses(numbered.statement, words, chinese)), None)
        if first:
            found.append((case, first))
    return found


def _uses(statement: Statement, words: list[str], names: list[str]) -> bool:
    text = statement.text.casefold()
    return any(word in text for word in words) or getattr(statement, "chinese", None) in names
