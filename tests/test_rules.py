"""Every fault is told, with its place and its remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.problems import Problem
from casebook.reading import read_book
from casebook.reports import as_text
from casebook.rules import check
from casebook.rules.registry import RULES
from expected import BOOKS, compare


def problems_of(root: Path) -> list[Problem]:
    book, problems = read_book(root)
    return sorted(problems + check(book))


def test_a_sound_book_has_no_problem() -> None:
    assert problems_of(BOOKS / "small") == []


def test_every_fault_is_told_as_expected() -> None:
    compare(BOOKS / "faults" / "expected.txt", as_text(problems_of(BOOKS / "faults"), BOOKS / "faults") + "\n")


def test_every_rule_has_its_sentence_and_a_planted_fault() -> None:
    told = {problem.rule for problem in problems_of(BOOKS / "faults")}
    silent = {"source-never-cited", "unused-entry"}
    assert set(RULES) - told == silent, "which say nothing while something can't be read: see their own tests"
    assert all((function.__doc__ or "").strip().endswith(".") for function in RULES.values())


def test_every_problem_has_a_remedy_and_a_line_that_is_there() -> None:
    for problem in problems_of(BOOKS / "faults"):
        assert problem.remedy, problem
        text = (BOOKS / "faults" / problem.place.file).read_bytes().decode("utf-8", "replace")
        assert 1 <= problem.place.line <= max(1, len(text.splitlines())), problem


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], list[str]]:
    """The problems, as `line:column rule`, of the sound book with one text replaced in one file."""

    def edit(file: str, old: str, new: str) -> list[str]:
        shutil.copytree(BOOKS / "small", tmp_path / "book")
        path = tmp_path / "book" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [f"{p.place.line}:{p.place.column} {p.rule}" for p in problems_of(tmp_path / "book")]

    return edit


BENCHES = "cases/testville/benches.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (BENCHES, "themes: [money, voice]", "themes: [money, voice, voise]", ["11:24 unknown-reference"]),
        (BENCHES, "[@plain2014, p. 13]\n    grade: A\ninstruments", "[@plain2013, p. 13]\n    grade: A\ninstruments", ["43:36 unknown-source"]),
        (BENCHES, "They were asked. [@plain2014, p. 13]", "They were asked. [@plain2014]", ["56:30 citation-without-place"]),
        (BENCHES, "Tenants did not come. [@plain2014, p. 13]", "Tenants did not come.", ["67:13 uncited-statement"]),
        (BENCHES, "    step: consulted", "    step: not known", []),
        (BENCHES, "  from: 2012\n  to: 2014-05", "  from: 2012-06\n  to: 2012", []),
        (BENCHES, "  from: 2012\n  to: 2014-05", "  from: 2012-06\n  to: 2012-05", ["7:7 dates-out-of-order"]),
        (BENCHES, "  - case: testville/lamps", "  - case: testville/benches", ["111:11 repeated"]),
        (BENCHES, "(case:testville/lamps)", "(mailto:a@b.org)", []),
        (BENCHES, "(case:testville/lamps)", "(ftp://a.org/x)", ["26:49 broken-link"]),
        (BENCHES, "(case:testville/lamps)", "(source:plain2014)", []),
        (BENCHES, "(case:testville/lamps)", "(page:evidence#grades)", []),
        (BENCHES, "Ten benches cost 5,000 yuan.", "Ten <i>benches</i>.", ["30:15 forbidden-markup", "30:25 forbidden-markup"]),
        (BENCHES, "      because: Only the asking is told.\n".replace("      ", "    "), "", ["57:12 inference-unexplained"]),
    ],
)  # fmt: skip
def test_one_change_is_told_at_its_place(edited: Callable[[str, str, str], list[str]], file: str, old: str, new: str, told: list[str]) -> None:
    assert edited(file, old, new) == told


def test_a_source_that_nothing_cites_is_told_unless_another_inherits_from_it(edited: Callable[[str, str, str], list[str]]) -> None:
    spare = "@book{spare2020, author = {Spare, A}, title = {Spare}, date = {2020}, publisher = {P}, keywords = {academic, full text}}\n"
    assert edited("bibliography.bib", "@book{plain2014,", spare + "@book{plain2014,") == ["1:1 source-never-cited"]


def test_a_theme_that_no_case_speaks_to_is_told(edited: Callable[[str, str, str], list[str]]) -> None:
    spare = 'spare:\n  title: Spare\n  question: Why?\n  definition:\n    - {text: "More than enough. [@plain2014, p. 1]", grade: A}\n'
    assert edited("cases/themes.yml", "money:", spare + "money:") == ["2:3 unused-entry"]


def test_an_unread_source_list_floods_nobody(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "small", tmp_path / "book")
    (tmp_path / "book/bibliography.bib").unlink()
    told = [problem.rule for problem in problems_of(tmp_path / "book")]
    assert len(told) == 1


def test_a_link_to_an_entry_that_can_not_be_read_is_no_second_fault(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "small", tmp_path / "book")
    path = tmp_path / "book/cases/testville/lamps.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: unknown", "status: gone"), encoding="utf-8")
    assert [problem.rule for problem in problems_of(tmp_path / "book")] == ["unknown-word"]


def test_hostile_texts_end_in_problems_and_not_in_a_crash(tmp_path: Path) -> None:
    for text in ("[@" * 1500, "[" * 3000, "](" * 1500, "*" * 3900, "{{" * 1900, "<" * 3900, "`" * 3900, "[@a; " * 700):
        shutil.rmtree(tmp_path / "book", ignore_errors=True)
        shutil.copytree(BOOKS / "small", tmp_path / "book")
        path = tmp_path / "book" / BENCHES
        sound = path.read_text(encoding="utf-8")
        path.write_text(sound.replace("Seven benches stand.", f"'{text}'".strip("'")), encoding="utf-8")
        for problem in problems_of(tmp_path / "book"):
            assert re.fullmatch(r"[a-z-]+", problem.rule)
