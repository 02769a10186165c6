"""Problems as editors read them."""

import json
from pathlib import Path

from casebook.problems import Place, Problem, nearest
from casebook.reports import as_github, as_json, as_text

FAULT = Problem(Place("cases/a/b.yml", 2, 8), "unknown-word", "'vilage' is no level", "Did you mean 'village'?")


def test_text_shows_place_line_caret_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "cases/a").mkdir(parents=True)
    (tmp_path / "cases/a/b.yml").write_text("title: A\nlevel: vilage\n", encoding="utf-8")
    assert as_text([FAULT], tmp_path).splitlines() == [
        "cases/a/b.yml:2:8: 'vilage' is no level [unknown-word]",
        "    2 | level: vilage",
        "               ^",
        "    Did you mean 'village'?",
        "",
        "1 problem in 1 file.",
    ]


def test_caret_stands_under_the_letter_after_wide_characters(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("海沧 x\n", encoding="utf-8")
    shown = as_text([Problem(Place("x.yml", 1, 4), "r", "m")], tmp_path).splitlines()
    assert shown[2].index("^") == len("    1 | ") + 5


def test_a_long_line_is_cut_around_the_fault(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a" * 5000 + "!" + "b" * 5000, encoding="utf-8")
    _, line, caret, *_ = as_text([Problem(Place("x.yml", 1, 5001), "r", "m")], tmp_path).splitlines()
    assert len(line) < 120
    assert line[caret.index("^")] == "!"


def test_github_annotations_carry_file_line_and_column_and_escape_what_would_end_them(tmp_path: Path) -> None:
    hostile = Problem(Place("cases/a,b.yml", 3, 4), "r", "100%\n::error::x", "do")
    assert as_github([hostile], tmp_path) == "::error file=cases/a%2Cb.yml,line=3,col=4,title=r::100%25%0A::error::x%0Ado"


def test_json_holds_every_part(tmp_path: Path) -> None:
    assert json.loads(as_json([FAULT], tmp_path)) == [
        {
            "file": "cases/a/b.yml",
            "line": 2,
            "column": 8,
            "rule": "unknown-word",
            "message": "'vilage' is no level",
            "remedy": "Did you mean 'village'?",
        }
    ]


def test_a_file_that_is_gone_still_has_its_message(tmp_path: Path) -> None:
    assert "gone.yml:1:1: can't be read" in as_text([Problem(Place("gone.yml"), "r", "can't be read")], tmp_path)


def test_nearest_word_is_offered_and_a_far_one_is_not() -> None:
    assert nearest("subdistrict-reforms", ["financing", "subdistrict-reform"]) == "Did you mean 'subdistrict-reform'?"
    assert nearest("Financing", ["financing"]) == "Did you mean 'financing'?"
    assert nearest("zzz", ["financing"]) == ""
