"""Whose account a page gives is counted from its statements, and said in words that fit the counts."""

from __future__ import annotations

import pytest

from casebook.accounts import Account, Share, account
from casebook.reading import read_book
from casebook.sources import SourceKind
from casebook.vocabulary import Grade
from expected import BOOKS


def test_statements_are_counted_by_kind_and_grade() -> None:
    book, _ = read_book(BOOKS / "small")
    found = account(book, book.chapters["who-sits"])
    assert found.total == len(book.numbered(book.chapters["who-sits"]))
    assert {share.word: share.count for share in found.kinds} == {SourceKind.ACADEMIC: found.total - 2, SourceKind.GOVERNMENT: 2}
    assert {share.word: share.count for share in found.grades} == {Grade.A: found.total - 1, Grade.B: 0, Grade.C: 1}
    assert found.state_only == 2


@pytest.mark.parametrize(
    ("state_only", "academic", "seen", "words"),
    [
        (8, 10, 80, ["The state tells this story of itself: 8 of 10", "Most of it we read"]),
        (5, 10, 60, ["The state's own account leads: 5 of 10", "More than half"]),
        (1, 90, 20, ["Scholars lead this account: 90 per cent", "Less than half"]),
        (1, 20, 20, ["none alone carries the page"]),
    ],
)
def test_the_sentence_fits_the_counts(state_only: int, academic: int, seen: int, words: list[str]) -> None:
    found = Account(10, state_only, [Share(SourceKind.ACADEMIC, 1, academic)], [Share(Grade.A, 1, seen)])
    assert all(word in found.meaning for word in words)
