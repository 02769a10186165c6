"""Whose account a page gives: on which kinds of source its statements rest, and how strong they are, counted from the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casebook import citations
from casebook.book import Book, Numbered
from casebook.model import Entry
from casebook.sources import SourceKind
from casebook.vocabulary import Grade

STATE = frozenset({SourceKind.GOVERNMENT, SourceKind.PARTY_STATE_MEDIA})
"""Kinds of source in which the state speaks of itself."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many statements rest on a kind of source or have a grade, and how many in a hundred."""

    word: SourceKind | Grade
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Account:
    """An entry's statements counted. One that rests on two kinds of source counts for both, so kinds may add up to more than a hundred."""

    total: int
    state_only: int
    """Statements that rest on government and on Party and state media alone."""
    kinds: list[Share]
    grades: list[Share]

    @property
    def meaning(self) -> str:
        """What the counts mean for the reader, in a sentence or two."""
        academic = next((share.percent for share in self.kinds if share.word is SourceKind.ACADEMIC), 0)
        seen = next((share.percent for share in self.grades if share.word is Grade.A), 0)
        return f"{_speaker(self, academic)} {_strength(seen)}"


def _speaker(account: Account, academic: int) -> str:
    counted = f"{account.state_only} of {account.total} statements rest on government, Party or state media alone"
    if account.state_only * 4 >= account.total * 3:
        return f"The state tells this story of itself: {counted}. Expect success to be told, and failure to be passed over."
    if account.state_only * 2 >= account.total:
        return f"The state's own account leads: {counted}. Other voices are there to hold against it."
    if academic >= 50:
        return f"Scholars lead this account: {academic} per cent of the statements rest on their work; {counted}."
    return f"Several kinds of source speak here, and none alone carries the page: {counted}."


def _strength(seen: int) -> str:
    if seen >= 75:
        return "Most of it we read in the sources' own text."
    if seen >= 50:
        return "More than half of it we read in the sources' own text; the rest is known from summaries, or inferred."
    return "Less than half of it we read in the sources' own text: take it as a first sketch."


def account(book: Book, entry: Entry) -> Account:
    """The entry's statements by kinds of source and by grade."""
    rows = book.numbered(entry)
    told = [_kinds(book, numbered) for numbered in rows]
    kinds = Counter(kind for found in told for kind in found)
    grades = Counter(numbered.statement.grade for numbered in rows)
    return Account(
        len(rows),
        sum(1 for found in told if found and found <= STATE),
        [_share(kind, count, len(rows)) for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))],
        [_share(grade, grades[grade], len(rows)) for grade in Grade],
    )


def _kinds(book: Book, numbered: Numbered) -> set[SourceKind]:
    cited = (book.sources.get(citation.key) for citation in citations.cited(numbered.statement.text))
    return {kind for source in cited if source for kind in source.kinds}


def _share(word: SourceKind | Grade, count: int, total: int) -> Share:
    return Share(word, count, round(100 * count / total) if total else 0)
