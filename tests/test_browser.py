"""The casebook in a real browser: reading, finding, checking a source, by mouse, by key, on a phone, in the dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]

CASE = "cases/chengdu/caojiaxiang-self-renewal/"
KINDS = [
    "",
    CASE,
    "cases/guiyang/xinhua-community/",
    "cities/taicang/",
    "themes/financing/",
    "actors/street-office/",
    "glossary/co-production/",
    "sources/thepaper-xinhua/",
    "cases/",
    "cities/",
    "themes/",
    "actors/",
    "glossary/",
    "sources/",
    "evidence/",
    "chapters/four-cities-compared/",
    "chapters/",
    "comparisons/tongling/",
    "comparisons/",
    "context/",
    "teaching/",
    "codebook/",
    "evidence-map/",
    "timeline/",
    "actors-and-cases/",
    "disagreements/",
    "unknowns/",
    "compare/",
    "compare/xiamen-guiyang/",
    "compare/?case=xiamen/tongan-rewards&case=guiyang/xinhua-community&case=chengdu/mayan-village-council&case=taicang/banjing-village",
]
"""A page of every kind."""

LOOKS: dict[str, dict[str, Any]] = {
    "desktop light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "desktop dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "phone dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}


def test_home_leads_to_the_four_cities_by_map_and_by_list(page: Page) -> None:
    page.goto("")
    expect(page.get_by_role("heading", level=1)).to_have_text("The Co-production Casebook")
    assert page.locator(".home-map svg a").count() == 4
    assert page.locator(".city-list a").count() == 4
    page.get_by_role("link", name="Chengdu", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/cities/chengdu/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chengdu")


def test_a_case_shows_its_facts_and_leads_on(page: Page) -> None:
    page.goto("cases/guiyang/xinhua-community/")
    expect(page.locator(".facts")).to_contain_text("Community")
    expect(page.locator(".facts")).to_contain_text("新华社区")
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_contain_text("Guiyang")
    page.locator(".neighbours a").first.click()
    expect(page).to_have_url(re.compile(r"/cases/guiyang/(?!xinhua)"))


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_citation_shows_its_reference_and_place(page: Page, way: str) -> None:
    page.goto(CASE)
    mark = page.locator(".statement .footnote-ref").first
    mark.scroll_into_view_if_needed()
    mark.hover() if way == "hover" else mark.focus()
    note = page.locator(".md-tooltip2, .md-tooltip").filter(has=page.locator(".locator")).first
    expect(note).to_be_visible()
    expect(note.locator(".locator")).not_to_be_empty()


def test_a_mark_leads_to_its_note_and_back(page: Page) -> None:
    page.goto(CASE)
    target = page.locator(".statement .footnote-ref").first.get_attribute("href")
    assert target
    note = page.locator(f'[id="{target.removeprefix("#")}"]')
    expect(note.locator(".locator")).not_to_be_empty()
    assert note.locator(".footnote-backref").count() >= 1


def opened(page: Page, address: str = "") -> Page:
    page.goto(address)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    return page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("financing", "Financing"),
        ("abolished street offices", "street offices"),
        ("海沧", "Haicang"),
        ("代补", "subsid"),
        ("haicang", "Haicang"),
        ("Hǎicāng", "Haicang"),
        ("yijiangdaibu", "subsid"),
        ("caojiaxiang", "Caojiaxiang"),
    ],
)
def test_the_search_finds_english_chinese_and_pinyin(page: Page, words: str, found: str) -> None:
    opened(page)
    page.get_by_role("searchbox").fill(words)
    results = page.locator(".search-results li")
    expect(results.first).to_be_visible()
    expect(page.locator(".search-results")).to_contain_text(found, ignore_case=True)
    excerpts = " ".join(results.locator("p").all_inner_texts())
    assert "yi jiang dai bu" not in excerpts
    assert "hai cang" not in excerpts


def test_the_search_opens_by_button_says_when_nothing_is_found_and_gives_focus_back(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("themes/")
    assert not [url for url in asked if "/pagefind/" in url]
    button = page.get_by_role("button", name="Search")
    button.click()
    page.get_by_role("searchbox").fill("zzzzqqqq")
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).not_to_be_visible()
    expect(button).to_be_focused()


def test_results_are_reached_by_the_arrow_keys(page: Page) -> None:
    opened(page, CASE)
    page.get_by_role("searchbox").fill("financing")
    expect(page.locator(".search-results a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search-results a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(f"{CASE}$"))


def test_light_and_dark_can_be_chosen(new_page: NewPage) -> None:
    page = new_page(color_scheme="light")
    page.goto(CASE)
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_title("Switch to dark mode").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_the_menu_opens_by_key_on_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("")
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Themes")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_scrolls_sideways(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 740})
    for address in KINDS:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("look", LOOKS)
def test_every_kind_of_page_is_accessible(new_page: NewPage, axe: Axe, look: str) -> None:
    page = new_page(**LOOKS[look])
    found = []
    for address in KINDS:
        page.goto(address)
        found += [f"{address or 'home'}: {fault}" for fault in axe(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
def test_the_open_search_is_accessible(new_page: NewPage, axe: Axe, look: str) -> None:
    page = opened(new_page(**LOOKS[look]))
    page.get_by_role("searchbox").fill("village")
    expect(page.locator(".search-results li").first).to_be_visible()
    assert axe(page) == []


def test_a_page_that_is_not_there_leads_on_and_is_accessible(new_page: NewPage, axe: Axe) -> None:
    page = new_page(allowed=("404",))
    page.goto("no/such/page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    assert axe(page) == []


def test_reading_needs_no_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(CASE)
    expect(page.locator(".statement").first).to_be_visible()
    expect(page.locator(".footnote li").first).to_be_visible()
    assert page.get_by_role("button", name="Search").count() == 0


def test_cases_are_set_side_by_side_at_an_address_of_their_own(page: Page) -> None:
    page.goto("compare/")
    page.get_by_label("Case 1").select_option("xiamen/tongan-rewards")
    page.get_by_label("Case 2").select_option("guiyang/xinhua-community")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"\?case=xiamen/tongan-rewards&case=guiyang/xinhua-community$"))
    table = page.locator(".compare-table")
    heads = page.locator(".compare-table > thead th")
    expect(heads).to_have_count(2)
    expect(table.get_by_role("rowheader", name="How it came about")).to_be_visible()
    expect(table).to_contain_text("息烽县")
    page.reload()
    expect(heads).to_have_count(2)
    href = table.locator("a.pilcrow").first.get_attribute("href") or ""
    assert href.startswith("../cases/xiamen/tongan-rewards/#s")
    page.go_back()
    expect(page.locator(".compare-table")).to_have_count(0)


MORE = ("guiyang/xinhua-community", "chengdu/mayan-village-council", "taicang/2015-project-list")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?case=nowhere/nothing&case=xiamen/tongan-rewards", "There is no case “nowhere/nothing”. Choose at least two"),
        ("?case=xiamen/tongan-rewards", "Choose at least two"),
        ("?case=xiamen/tongan-rewards&case=xiamen/yuanqian-village" + "".join(f"&case={case}" for case in MORE), "At most 4 cases fit"),
    ],
)
def test_a_faulty_comparison_says_so_and_offers_a_way_on(page: Page, query: str, words: str) -> None:
    page.goto(f"compare/{query}")
    expect(page.locator(".compare-status")).to_contain_text(words)
    expect(page.get_by_role("button", name="Compare")).to_be_enabled()


def test_each_number_of_the_evidence_map_leads_to_its_statements(page: Page) -> None:
    page.goto("evidence-map/")
    link = page.locator(".evidence-map a.count").first
    number = int(link.inner_text())
    link.click()
    expect(page).to_have_url(re.compile(r"/themes/.+#evidence-"))
    heading = page.url.partition("#")[2]
    expect(page.locator(f"#{heading}")).to_contain_text(f"{number} statement")
