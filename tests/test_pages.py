"""The pages that a tiny book becomes, and that no field is ever lost on the way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pydantic import create_model

from casebook import bibliography
from casebook.book import Book
from casebook.model import Case
from casebook.outputs import blank, data, schema
from casebook.pages import Writer, pages, readings
from casebook.parts import line
from casebook.reading import read_book
from casebook.templating import plain
from expected import BOOKS, compare


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The small book with its references formatted."""
    book, problems = read_book(BOOKS / "small")
    assert problems == []
    formatted, _ = bibliography.formatted(book.sources, tmp_path_factory.mktemp("cache"))
    book.sources = {key: source.with_format(formatted[key]) for key, source in book.sources.items()}
    return book


def test_every_page_is_as_expected(book: Book) -> None:
    made = {page.uri: page.text for page in pages(book)}
    for uri, text in made.items():
        compare(BOOKS / "small" / "expected" / uri, text.rstrip() + "\n")
    kept = {path.relative_to(BOOKS / "small/expected").as_posix() for path in (BOOKS / "small/expected").rglob("*.md")}
    assert kept == set(made)


def test_a_case_is_read_in_its_order(book: Book) -> None:
    text = Writer(book).entry(book.cases["testville/benches"]).text
    wanted = [
        "长椅", "chángyǐ", 'class="facts"', "{ #summary }", "{ #introduction }", "{ #implementation }", "{ #participation }", "{ #gap }",
        "{ #hierarchical }",
        "{ #horizontal }", "{ #fit }", "{ #outcomes }", "{ #aftermath }", "{ #figures }", "{ #disagreements }", "{ #unknowns }",
        "{ #questions }", "{ #related }",
    ]  # fmt: skip
    places = [text.index(word, text.index("# Benches")) for word in wanted]
    assert places == sorted(places)


def test_a_hostile_title_comes_out_as_written(book: Book) -> None:
    text = Writer(book).entry(book.cases["testville/benches"]).text
    assert json.loads(text.split("---\n")[1])["title"] == "Benches & *stars* | <all>"
    heading = next(row for row in text.splitlines() if row.startswith("# "))
    assert plain(heading) == "# Benches & *stars* | <all>"


def test_both_sides_of_a_relation_tell_of_it(book: Book) -> None:
    lamps = Writer(book).entry(book.cases["testville/lamps"]).text
    assert 'href="case:testville/benches"' in lamps
    assert "The quarrel before it." in lamps


def test_a_comparison_is_never_counted_among_the_cases(book: Book) -> None:
    theme = Writer(book).entry(book.themes["money"]).text
    assert "### Outside the four cities: 1 statement" in theme
    assert "Swings elsewhere" not in theme.partition("{ #cases }")[2]
    assert "Swings elsewhere" not in Writer(book).index("cases").text
    assert "Swings elsewhere" in Writer(book).entry(book.cases["testville/lamps"]).text.partition("{ #related }")[2]


def test_a_table_of_a_chapter_cites_in_each_cell_or_says_what_is_not_known(book: Book) -> None:
    text = Writer(book).entry(book.chapters["who-sits"]).text
    row = next(row for row in text.splitlines() if "theme:money" in row)
    assert [cell.strip()[:5] for cell in row.split("|")[1:-1]] == ["**[Mo", '<span', '<span']
    assert "[@report2013, p. 3]" in row
    assert "Not searched" in row
    assert text.count('class="cell"') == 3


def test_a_case_tells_of_national_policy_around_it(book: Book) -> None:
    assert "The law of seats" in Writer(book).entry(book.cases["testville/benches"]).text
    assert "The law of seats" not in Writer(book).entry(book.cases["testville/lamps"]).text


def test_a_new_field_is_on_the_page_and_in_the_data(book: Book) -> None:
    weather = create_model("Case", __base__=Case, weather=(str, line("The weather", "How it was.", "")))
    old = book.cases["testville/benches"]
    new = weather.model_validate(old.model_dump(by_alias=True) | {"weather": "It rained *hard*."})
    new._id, new._file = old.id, old.file
    other = Book({kind: dict(entries) for kind, entries in book.entries.items()}, book.sources, book.documents, book.handwritten)
    other.entries[Case][old.id] = new
    page = Writer(other).entry(new).text
    assert "## The weather { #weather }" in page
    assert "It rained *hard*." in plain(page)
    assert data._case_row(new)["weather"] == "It rained *hard*."
    assert data.plain(new)["weather"] == "It rained *hard*."
    assert "The weather: How it was." in blank.blank(weather, "2026-11-23", "T")
    assert weather.model_json_schema()["properties"]["weather"]["title"] == "The weather"


def test_data_and_schemas_hold_the_whole_book(book: Book, tmp_path: Path) -> None:
    data.write(book, tmp_path)
    schema.write(book, tmp_path)
    whole = json.loads((tmp_path / "data/casebook.json").read_text(encoding="utf-8"))
    assert {name: len(found) for name, found in whole.items()} == {
        "cases": 2, "comparisons": 1, "cities": 1, "chapters": 1, "themes": 2, "actors": 2, "glossary": 2, "context": 1, "sources": len(book.sources),
    }  # fmt: skip
    assert whole["cases"]["testville/benches"]["period"]["from"] == "2012"
    rows = (tmp_path / "data/cases.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "period.from" in rows[0]
    assert json.loads((tmp_path / "data/schema/case.json").read_text(encoding="utf-8"))["properties"]["summary"]["title"] == "In short"


def test_a_blank_case_is_valid_in_form(tmp_path: Path) -> None:
    shutil.copytree(BOOKS / "small", tmp_path / "book")
    path = tmp_path / "book/cases/testville/new.yml"
    path.write_text(blank.blank(Case, "2026-11-23", 'A "quoted" \\ title'), encoding="utf-8")
    found, problems = read_book(tmp_path / "book")
    assert problems == []
    assert found.cases["testville/new"].title == 'A "quoted" \\ title'


def test_the_casebooks_own_pinyin_is_kept_for_the_search(book: Book) -> None:
    assert readings(book)["长椅"] == "chángyǐ"
