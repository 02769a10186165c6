"""MkDocs with our hooks, on a tiny book: what the reader sees of a citation, and what stays when something fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from expected import BOOKS

Build = Callable[..., subprocess.CompletedProcess[str]]


def project(folder: Path, root: Path) -> Path:
    """A whole project around the small book: its own content, our theme, scripts and settings."""
    shutil.copytree(BOOKS / "small", folder, ignore=shutil.ignore_patterns("expected"))
    shutil.copytree(root / "docs/overrides", folder / "docs/overrides")
    shutil.copytree(root / "docs/assets", folder / "docs/assets")
    shutil.copytree(root / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", folder)
    return folder


def build(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("CASEBOOK_", "GITHUB_"))}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(
        command, cwd=folder, env=ours | {"NO_MKDOCS_2_WARNING": "1"} | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> tuple[Path, str]:
    """The built project's folder, and what the build printed."""
    folder = project(tmp_path_factory.mktemp("small") / "book", project_root)
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


@pytest.fixture(scope="module")
def evidence(built: tuple[Path, str]) -> html.HtmlElement:
    return html.document_fromstring((built[0] / "site/evidence/index.html").read_bytes())


def note(page: html.HtmlElement, start: str) -> str:
    """The only note whose id begins so, as its reader sees it."""
    (found,) = [li for li in page.xpath("//div[@class='footnote']//li") if li.get("id").removeprefix("fn:").startswith(start)]
    return " ".join(found.text_content().split())


def test_the_place_is_kept_and_shown(evidence: html.HtmlElement) -> None:
    assert "Benches and Lanes" in note(evidence, "plain2014-p-2")
    assert evidence.xpath("//li[@id='fn:plain2014-p-2']//span[@class='locator']/text()") == ["p. 2"]


def test_the_same_source_and_place_share_a_note_and_another_place_has_its_own(evidence: html.HtmlElement) -> None:
    marks = evidence.xpath("//p[contains(., 'Same place twice')]//a[@class='footnote-ref']")
    numbers = [mark.text_content() for mark in marks[:3]]
    assert numbers[0] == numbers[1] != numbers[2]


def test_several_sources_in_one_bracket_have_a_mark_each(evidence: html.HtmlElement) -> None:
    (paragraph,) = evidence.xpath("//p[contains(., 'Same place twice')]")
    after = paragraph.text_content().split("Several: ")[0] and paragraph.xpath(
        ".//a[contains(@href, 'report2013') or contains(@href, 'plain2014-p-1')]"
    )
    assert len(after) >= 3


def test_a_prefix_is_shown_and_a_suppressed_author_is_not_lost(evidence: html.HtmlElement) -> None:
    assert note(evidence, "see-nd-dot").startswith("see Dot, Nora")
    assert "Seats & Shade" in note(evidence, "online2016")


def test_chinese_authors_stand_in_chinese_order_with_title_and_translation(evidence: html.HtmlElement) -> None:
    shown = note(evidence, "lihu2015")
    assert "李郇" in shown
    assert "刘敏" in shown
    assert "黄耀福" in shown
    assert "长椅研究 [A study of benches]" in shown
    assert "255–57" in shown
    assert evidence.xpath("//li[starts-with(@id, 'fn:lihu2015')]//span[@lang='zh-Hans']")


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("report2013", "Report on Seats"), ("report2013", "Town Hall"), ("data2017", "Seat Counts"), ("thesis2012", "PhD thesis"),
        ("online2016", "Bench News"),
        ("chapter2014", "All the Seats"), ("plain2014-p-2", "Müller"), ("plain2014-p-2", "Józef"), ("col-on", "Of Colons"),
        ("see-nd-dot", "&"), ("see-nd-dot", "*Stars*"),
    ],
)  # fmt: skip
def test_every_kind_of_entry_is_shown_whole(evidence: html.HtmlElement, start: str, words: str) -> None:
    assert words in note(evidence, start)


def test_addresses_are_right_in_spite_of_their_signs(evidence: html.HtmlElement) -> None:
    assert "https://example.org/a?b=1&c=d_e_f*g*~h~" in evidence.xpath("//div[@class='footnote']//a/@href")
    assert "https://doi.org/10.1000/d_o_t(1)" in evidence.xpath("//div[@class='footnote']//a/@href")
    assert "https://example.org/a?b=1&c=d_e_f" in evidence.xpath("//a[text()='a link']/@href")


def test_code_and_links_are_untouched(evidence: html.HtmlElement) -> None:
    assert evidence.xpath("//code/text()")[:2] == ["[@plain2014, p. 1]", "me@example.org"]
    assert "text: A bench. [@plain2014, p. 1]" in evidence.xpath("string(//pre)")
    assert evidence.xpath("//a[@href='mailto:me@example.org']/text()") == ["me@example.org"]


def test_year_letters_agree_over_the_book(built: tuple[Path, str], evidence: html.HtmlElement) -> None:
    assert "2014b" in note(evidence, "plain2014-p-2")
    assert "2014a" in note(evidence, "plain2014b")
    for key, year in (("plain2014", "2014b"), ("plain2014b", "2014a")):
        page = html.document_fromstring((built[0] / f"site/sources/{key}/index.html").read_bytes())
        assert year in page.xpath("string(//h1)")
        assert year in page.xpath("string(//p[@class='reference'])")


def test_yaml_and_hand_written_pages_cite_alike(built: tuple[Path, str], evidence: html.HtmlElement) -> None:
    case = html.document_fromstring((built[0] / "site/cases/testville/benches/index.html").read_bytes())
    assert note(case, "plain2014-p-12").split(" — ")[0].split("p. 12")[0] == note(evidence, "plain2014-p-2").split("p. 2")[0]


def test_pandoc_is_called_once_and_not_again_when_nothing_changed(built: tuple[Path, str]) -> None:
    assert "one call of pandoc" in built[1]
    again = build(built[0])
    assert again.returncode == 0
    assert "from the cache" in again.stdout


def test_the_same_content_gives_the_same_bytes(built: tuple[Path, str], tmp_path: Path, project_root: Path) -> None:
    other = project(tmp_path / "other", project_root)
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    assert build(other, **environment).returncode == 0
    assert build(built[0], **environment).returncode == 0
    first, second = contents(built[0] / "site"), contents(other / "site")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_links_to_edit_come_from_the_environment(built: tuple[Path, str]) -> None:
    page = built[0] / "site/cases/testville/benches/index.html"
    assert not html.document_fromstring(page.read_bytes()).xpath("//a[@rel='edit']")
    assert build(built[0], GITHUB_REPOSITORY="Owner/Book").returncode == 0
    found = html.document_fromstring(page.read_bytes())
    assert found.xpath("//p[@class='source-file']/a/@href") == ["https://github.com/Owner/Book/edit/main/cases/testville/benches.yml"]
    assert found.xpath("//link[@rel='canonical']/@href") == ["https://owner.github.io/Book/cases/testville/benches/"]


def test_an_old_address_leads_to_the_new_one(built: tuple[Path, str]) -> None:
    page = html.document_fromstring((built[0] / "site/cases/testville/old-benches/index.html").read_bytes())
    assert "../benches/" in page.xpath("//main//a/@href")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("cases/testville/benches.yml", "level: community", "level: comunity", "cases/testville/benches.yml:4:"),
        ("docs/evidence.md", "[a link](https://example.org/a?b=1&c=d_e_f)", "[a link](nowhere.md)", "nowhere.md"),
        ("docs/evidence.md", "@data2017, table 1", "@data2018, table 1", "docs/evidence.md:"),
        ("bibliography.bib", "@book{plain2014,", "@book{plain2014", "bibliography.bib:1:"),
    ],
)
def test_a_failed_build_tells_why_and_leaves_the_last_good_site(built: tuple[Path, str], file: str, old: str, new: str, told: str) -> None:
    folder = built[0]
    assert build(folder).returncode == 0
    before, sound = contents(folder / "site"), (folder / file).read_text(encoding="utf-8")
    try:
        (folder / file).write_text(sound.replace(old, new), encoding="utf-8")
        failed = build(folder)
    finally:
        (folder / file).write_text(sound, encoding="utf-8")
    assert failed.returncode != 0
    assert told in failed.stdout + failed.stderr
    assert "Traceback" not in failed.stdout + failed.stderr
    assert contents(folder / "site") == before
