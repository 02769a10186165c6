"""The real casebook as its readers get it: nothing lost, nothing dead, nothing left over."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from casebook import citations
from casebook.book import Book
from casebook.model import Case, Entry
from casebook.reading import read_book
from casebook.values import HAN

HOST = "https://casebook.invalid"


@pytest.fixture(scope="session")
def book(project_root: Path) -> Book:
    book, problems = read_book(project_root)
    assert problems == []
    return book


@cache
def parsed(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes())


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its address."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = "/" + path.relative_to(site).as_posix()
        found[address.removesuffix("index.html")] = parsed(path)
    return found


def of(pages: dict[str, html.HtmlElement], entry: Entry) -> html.HtmlElement:
    return pages[f"/{entry.address}"]


def words(element: html.HtmlElement) -> str:
    """What a reader sees of an element: code, scripts and hidden parts left out."""
    unseen = element.xpath(".//script | .//style | .//code | .//pre | .//*[@hidden]")
    gone = {id(part) for part in unseen}

    def text(node: html.HtmlElement) -> str:
        inside = "" if id(node) in gone or not isinstance(node.tag, str) else (node.text or "") + "".join(map(text, node))
        return inside + (node.tail or "")

    return text(element)


def body(page: html.HtmlElement) -> html.HtmlElement:
    return page.xpath("//*[@data-pagefind-body]")[0]


def test_the_whole_content_is_there(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    assert len(book.cities) == 4
    assert len(book.themes) == 13
    assert len(book.actors) == 19
    assert len(book.terms) >= 40
    assert len(book.cases) >= 10
    assert all(f"/{entry.address}" in pages for entry in book.everything)
    assert all(f"/{source.address}" in pages for source in book.sources.values())
    assert {"/", "/cases/", "/cities/", "/themes/", "/actors/", "/glossary/", "/sources/", "/evidence/"} <= set(pages)


def test_no_markup_is_left_over(pages: dict[str, html.HtmlElement]) -> None:
    left = re.compile(r"\[@|\[\^|\{\{|\{%|\{:|\{ #|\*\*|\]\(|&#|[\ue000-\uf8ff]|///|<[a-z]|\b(?:case|theme|actor|term|city|source|page):[a-z]")
    for address, page in pages.items():
        for main in page.xpath("//main"):
            shown = words(main)
            found = left.search(shown)
            assert not found, f"{address}: ...{shown[max(0, found.start() - 60) : found.end() + 60]}..."


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    anchors = {address: set(page.xpath("//@id")) for address, page in pages.items()}
    checked = 0
    for address, page in pages.items():
        for link in page.xpath("//@href | //@src"):
            target = urlsplit(urljoin(HOST + address, link))
            if f"{target.scheme}://{target.netloc}" != HOST:
                assert target.scheme in ("http", "https", "mailto"), f"{address}: {link}"
                continue
            checked += 1
            path = unquote(target.path)
            assert path in pages or (site / path.lstrip("/")).is_file(), f"{address}: {link} leads nowhere"
            if target.fragment and path in pages:
                assert unquote(target.fragment) in anchors[path], f"{address}: {link} has no such anchor"
    assert checked > 10_000


def test_nothing_is_fetched_from_another_host(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        loaded = page.xpath("//@src | //link[not(@rel='canonical')]/@href | //@srcset | //@poster | //object/@data")
        assert not [link for link in loaded if urlsplit(urljoin(HOST + address, link)).netloc != "casebook.invalid"], address
    for sheet in site.glob("assets/*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet.name


def test_no_id_stands_twice_and_no_title_is_shared(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        twice = [id_ for id_, count in Counter(page.xpath("//@id")).items() if count > 1]
        assert not twice, f"{address}: {twice}"
        assert page.get("lang") == "en"
        assert len(page.xpath("//h1")) == 1, address
    titles = Counter(page.findtext(".//title") for page in pages.values())
    assert not [title for title, count in titles.items() if count > 1]


def test_every_citation_of_an_entry_is_a_note_with_its_place(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    seen = 0
    for entry in book.everything:
        page = of(pages, entry)
        notes = {note.get("id"): words(note) for note in page.xpath("//div[@class='footnote']//li")}
        for numbered in book.numbered(entry):
            for citation in citations.cited(numbered.statement.text):
                note = notes.get(f"fn:{citation.note_id}")
                assert note, f"{entry.key}: {citation.key}, {citation.place} has no note"
                assert citation.place in note
                seen += 1
    assert seen > 1_000


def test_every_statement_can_be_linked_and_carries_its_marks(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    for entry in book.everything:
        page = of(pages, entry)
        for numbered in book.numbered(entry):
            (found,) = page.xpath(f"//*[@id='{numbered.anchor}']")
            paragraph = found if found.get("class") else found.xpath("ancestor::tr")[0]
            wanted = len({citation.note_id for citation in citations.cited(numbered.statement.text)})
            assert len(paragraph.xpath(".//a[contains(@class, 'footnote-ref')]")) >= wanted, f"{entry.key} ¶ {numbered.number}"
            if str(numbered.statement.grade) != "A":
                assert paragraph.xpath(f".//a[contains(@class, 'grade-{numbered.statement.grade}')]"), f"{entry.key} ¶ {numbered.number}"


def test_every_note_leads_back_to_its_marks(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        marks = page.xpath("//a[contains(@class, 'footnote-ref')]")
        backs = page.xpath("//a[contains(@class, 'footnote-backref')]")
        assert len(marks) == len(backs), address


def test_a_case_reads_in_its_order(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    order = [
        "In short", "How it came about", "How it worked", "Who did what", "Instruments", "How residents took part", "How it was judged",
        "What came of it",
        "Afterwards", "Timeline", "Figures", "Where sources disagree", "What is not known", "Questions for discussion", "Related cases",
        "Whose account is it?", "References",
    ]  # fmt: skip
    for case in book.cases.values():
        headings = [h.text_content().rstrip("¶").strip() for h in of(pages, case).xpath("//h2")]
        assert [h for h in order if h in headings] == headings, case.id
        assert {"In short", "How residents took part", "How it was judged", "What is not known", "References"} <= set(headings), case.id
        facts = of(pages, case).xpath("//dl[@class='facts']//dt/text()")
        assert facts[:5] == ["City", "Place", "Level", "Period", "Status"]
        assert {"Initiates", "Finances", "Facilitates", "Delivers", "Assesses", "Instruments", "Themes"} <= set(facts)


def test_links_run_in_both_directions(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    def leads(source: Entry, target: Entry) -> bool:
        base = f"{HOST}/{source.address}"
        return any(urljoin(base, link).split("#")[0] == f"{HOST}/{target.address}" for link in body(of(pages, source)).xpath(".//@href"))

    for case in book.cases.values():
        others: list[Entry] = [book.cities[case.city], *(book.themes[id_] for id_ in case.themes), *(book.actors[role.actor] for role in case.actors)]
        others += [book.cases[relation.case] for relation in case.related]
        for other in others:
            assert leads(case, other), f"{case.id} does not link to {other.key}"
            assert leads(other, case), f"{other.key} does not link to {case.id}"


def test_a_source_lists_every_statement_that_cites_it(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    for source in book.sources.values():
        links = set(body(pages[f"/{source.address}"]).xpath(".//@href"))
        for mention in book.mentions.get(source.key, []):
            if mention.numbered:
                assert any(link.endswith(f"{mention.numbered.entry.address}#{mention.numbered.anchor}") for link in links), (
                    f"{source.key}: {mention.text}"
                )


def test_previous_and_next_stay_within_the_city(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    for row in book.cases_by_city.values():
        for before, after in pairwise(row):
            (link,) = of(pages, before).xpath("//nav[@class='neighbours']/a[@rel='next']/@href")
            assert urljoin(f"{HOST}/{before.address}", link) == f"{HOST}/{after.address}"
        assert not of(pages, row[-1]).xpath("//nav[@class='neighbours']/a[@rel='next']")


def test_every_run_of_chinese_is_marked_as_chinese(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        for node in page.xpath("//*[@data-pagefind-body]//text()"):
            if HAN.search(node) and not node.getparent().xpath("ancestor-or-self::*[@hidden]"):
                holder = node.getparent().getparent() if node.is_tail else node.getparent()
                assert holder.xpath("ancestor-or-self::*[starts-with(@lang, 'zh')]"), f"{address}: {node[:40]}"


def test_the_page_says_which_file_it_is_made_from(book: Book, pages: dict[str, html.HtmlElement]) -> None:
    for case in book.of(Case).values():
        assert case.file in of(pages, case).xpath("string(//p[@class='source-file'])")


def test_the_search_index_holds_every_page(site: Path) -> None:
    fragments = list((site / "pagefind/fragment").iterdir())
    assert len(fragments) >= len(list(site.rglob("index.html"))) - 1
