"""The whole casebook in memory: entries, sources and hand-written pages, with the ways from each to every other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TypeVar, cast

from casebook import citations
from casebook.citations import Citation
from casebook.model import KINDS, Actor, Case, Chapter, City, Comparison, Entry, Milestone, Narrative, Term, Theme
from casebook.parts import Figure, Location, Role, Statement
from casebook.problems import Place
from casebook.source import Document
from casebook.sources import Source
from casebook.values import Prose

E = TypeVar("E", bound=Entry)

SOURCES = "sources"
CODEBOOK = "codebook"
SURVEYS = {
    "evidence-map": "Evidence map",
    "compare": "Compare",
    "timeline": "Timeline",
    "actors-and-cases": "Actors and cases",
    "disagreements": "Where sources disagree",
    "unknowns": "What is not known",
}
"""Addresses and titles of the pages that show the whole book at a glance."""
INDEXES = {kind.plural: kind.heading for kind in KINDS} | {SOURCES: "Sources"}
"""Addresses and titles of the index pages."""


@dataclass(frozen=True, slots=True)
class HandwrittenPage:
    """A page under `docs/` that a person wrote; `text` is its whole file, front matter included."""

    file: str
    text: str

    @property
    def id(self) -> str:
        """Its address without slashes at the ends: `evidence` for `docs/evidence.md`, empty for the home page."""
        path = self.file.removeprefix("docs/").removesuffix(".md")
        return "" if path == "index" else path.removesuffix("/index")

    @property
    def title(self) -> str:
        found = re.search(r"^(?:title: *|# +)(.+)$", self.text, re.M)
        return found[1].strip(" \"'") if found else self.id

    def place(self, offset: int) -> Place:
        before = self.text[:offset]
        return Place(self.file, before.count("\n") + 1, offset - before.rfind("\n"))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement with its number in its entry, the same in every format."""

    entry: Entry
    number: int
    location: Location
    statement: Statement

    @property
    def anchor(self) -> str:
        return f"s{self.number}"


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation: who cites, where in the page, in which words."""

    citation: Citation
    by: Entry | HandwrittenPage
    text: str
    numbered: Numbered | None = None
    figure: Figure | None = None


@dataclass
class Book:
    """Everything that was read. `documents` gives, by file, the place of every value."""

    entries: dict[type[Entry], dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    sources: dict[str, Source] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    handwritten: dict[str, HandwrittenPage] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Keys of entries that are there but could not be read: a link to one of them is no second fault."""

    def of(self, kind: type[E]) -> dict[str, E]:
        return cast(dict[str, E], self.entries[kind])

    @property
    def cases(self) -> dict[str, Case]:
        return self.of(Case)

    @property
    def comparisons(self) -> dict[str, Comparison]:
        return self.of(Comparison)

    @property
    def narratives(self) -> list[Narrative]:
        """Cases and comparisons: all that is told under the headings of a case."""
        return [*self.cases.values(), *self.comparisons.values()]

    @property
    def chapters(self) -> dict[str, Chapter]:
        return self.of(Chapter)

    @property
    def milestones(self) -> dict[str, Milestone]:
        return self.of(Milestone)

    @property
    def cities(self) -> dict[str, City]:
        return self.of(City)

    @property
    def themes(self) -> dict[str, Theme]:
        return self.of(Theme)

    @property
    def actors(self) -> dict[str, Actor]:
        return self.of(Actor)

    @property
    def terms(self) -> dict[str, Term]:
        return self.of(Term)

    @cached_property
    def everything(self) -> list[Entry]:
        """All entries: kinds in their order, the entries of a kind in theirs."""
        return [entry for kind in KINDS for entry in self.entries[kind].values()]

    def place(self, entry: Entry, location: Location = (), offset: int | None = None) -> Place:
        """Where a value of an entry stands, or the letter of a text at `offset`."""
        document = self.documents[entry.file]
        full = (entry.id, *location) if entry.collection else location
        return document.place(full) if offset is None else document.text_place(full, offset)

    def address(self, scheme: str, id_: str) -> str:
        """The address of the page that a link such as `case:guiyang/xinhua-community` leads to; LookupError if there is none."""
        if scheme == "source":
            return self.sources[id_].address
        if scheme == "page":
            if id_ in INDEXES or id_ in self.handwritten or id_ in SURVEYS or id_ == CODEBOOK or id_ in self.pairs:
                return f"{id_}/" if id_ else ""
            raise LookupError(id_)
        kind = next(kind for kind in KINDS if kind.kind == scheme)
        return self.entries[kind][id_].address

    @cached_property
    def pairs(self) -> dict[str, tuple[City, City]]:
        """Every two cities, by the address of the page that sets them side by side."""
        return {f"compare/{one.id}-{other.id}": (one, other) for one, other in combinations(self.cities.values(), 2)}

    # ---------- statements and citations ----------

    @cached_property
    def _numbered(self) -> dict[str, list[Numbered]]:
        return {entry.key: list(_number(entry)) for entry in self.everything}

    def numbered(self, entry: Entry) -> list[Numbered]:
        """The entry's statements, numbered from 1 in page order."""
        return self._numbered[entry.key]

    @cached_property
    def number_of(self) -> dict[int, Numbered]:
        """Every statement with its number, by the statement's identity."""
        return {id(numbered.statement): numbered for row in self._numbered.values() for numbered in row}

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """Every citation of the book by citation key, in page order; unknown keys have an entry too."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._all_mentions():
            found[mention.citation.key].append(mention)
        return dict(found)

    def _all_mentions(self) -> Iterator[Mention]:
        for entry in self.everything:
            for numbered in self.numbered(entry):
                said = f"{numbered.statement.text} {numbered.statement.because or ''}"
                yield from (Mention(c, entry, numbered.statement.text, numbered) for c in citations.cited(said))
            for figure in (value for _, value in entry.parts if isinstance(value, Figure)):
                yield from (Mention(c, entry, figure.measure, figure=figure) for c in citations.cited(figure.citation))
            for _, prose in loose_prose(entry):
                yield from (Mention(c, entry, prose) for c in citations.cited(prose))
        for page in self.handwritten.values():
            yield from (Mention(c, page, page.title) for c in citations.cited(page.text))

    # ---------- the ways between pages ----------

    @cached_property
    def cases_by_city(self) -> dict[str, list[Case]]:
        """Each city's cases in the order in which they began."""
        return {city: sorted((c for c in self.cases.values() if c.city == city), key=_began) for city in self.cities}

    @cached_property
    def cases_by_theme(self) -> dict[str, list[Case]]:
        return {theme: [c for c in self.cases.values() if theme in c.themes] for theme in self.themes}

    @cached_property
    def roles_by_actor(self) -> dict[str, list[tuple[Case, Role]]]:
        """Each actor's roles with the case in which it has them."""
        found: dict[str, list[tuple[Case, Role]]] = {actor: [] for actor in self.actors}
        for case in self.cases.values():
            for role in case.actors:
                found.setdefault(role.actor, []).append((case, role))
        return found

    @cached_property
    def evidence(self) -> dict[str, dict[str, list[Numbered]]]:
        """Statements tagged with a theme, by theme and city: what the theme's page shows as its evidence."""
        found: dict[str, dict[str, list[Numbered]]] = {t: {c: [] for c in self.cities} for t in self.themes}
        for entry in [*self.cities.values(), *self.cases.values()]:
            city = entry.city if isinstance(entry, Case) else entry.id
            for theme, numbered in self._tagged(entry):
                found.get(theme, {}).get(city, []).append(numbered)
        return found

    @cached_property
    def evidence_elsewhere(self) -> dict[str, list[Numbered]]:
        """Statements of comparisons tagged with a theme: shown apart, and never counted with those of the four cities."""
        found: dict[str, list[Numbered]] = {theme: [] for theme in self.themes}
        for entry in self.comparisons.values():
            for theme, numbered in self._tagged(entry):
                found.get(theme, []).append(numbered)
        return found

    def _tagged(self, entry: Entry) -> Iterator[tuple[str, Numbered]]:
        return ((theme, numbered) for numbered in self.numbered(entry) for theme in numbered.statement.themes)

    @cached_property
    def related(self) -> dict[str, list[tuple[Narrative, str, bool]]]:
        """By an entry's key, what it is related to with the reason, in both directions; the flag says that the other page gives the reason."""
        found: dict[str, list[tuple[Narrative, str, bool]]] = {entry.key: [] for entry in self.narratives}
        for entry in self.narratives:
            found[entry.key] += [(self.cases[r.case], r.text, False) for r in entry.related if r.case in self.cases]
        for entry in self.narratives:
            for relation in (r for r in entry.related if r.case in self.cases):
                back = found[self.cases[relation.case].key]
                if entry.key not in {other.key for other, _, _ in back}:
                    back.append((entry, relation.text, True))
        return found

    @cached_property
    def milestones_by_case(self) -> dict[str, list[Milestone]]:
        """The steps of national policy that bear on each case, by date."""
        return {case: [m for m in self.milestones.values() if case in m.cases] for case in self.cases}

    @cached_property
    def milestones_by_theme(self) -> dict[str, list[Milestone]]:
        """The steps of national policy that bear on each theme, by date: tagged as a whole, or in a statement."""
        tagged = {m.id: {*m.themes, *(theme for theme, _ in self._tagged(m))} for m in self.milestones.values()}
        return {theme: [m for m in self.milestones.values() if theme in tagged[m.id]] for theme in self.themes}

    def neighbours(self, case: Case) -> tuple[Case | None, Case | None]:
        """The cases before and after this one within its city."""
        row = self.cases_by_city.get(case.city, [case])
        at = row.index(case)
        return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)


def texts(entry: Entry) -> Iterator[tuple[Location, Prose]]:
    """Every Markdown text of an entry with its location."""
    return ((location, value) for location, value in entry.parts if isinstance(value, Prose))


def loose_prose(entry: Entry) -> Iterator[tuple[Location, Prose]]:
    """The texts that belong to no statement and no figure: unknowns, questions, reasons for a relation."""
    held = {location for location, value in entry.parts if isinstance(value, Statement | Figure)}
    return ((location, prose) for location, prose in texts(entry) if location[:-1] not in held)


def _number(entry: Entry) -> Iterator[Numbered]:
    found = ((location, value) for location, value in entry.parts if isinstance(value, Statement))
    return (Numbered(entry, number, *pair) for number, pair in enumerate(found, 1))


def _began(case: Case) -> tuple[tuple[int, ...], str]:
    return case.period.from_.parts, case.id
