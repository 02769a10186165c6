"""MkDocs' only door to the casebook: every event here calls the library, and nothing else imports MkDocs or mkdocs-bibtex."""

from __future__ import annotations

import logging
import os
import shutil
import time
from pathlib import Path
from typing import Any, ClassVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from casebook import bibliography, figures, notes, pages, prose, reading, reports, rules, tables, templating
from casebook.book import Book
from casebook.outputs import OUTPUTS, comparing, search
from casebook.sources import Formatted

CACHE = ".casebook-cache"


class Registry(ReferenceRegistry):
    """Our references in place of the plugin's: one note for each source and place, formatted once for the whole book.

    The plugin sees citations already reduced to the ids of their notes (see `on_page_markdown`), so none of its own parsing counts.
    """

    def __init__(self, book: Book, formatted: dict[str, Formatted]) -> None:
        self.footnote_format = "{key}"
        self.notes = notes.Notes(book.sources, formatted)

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Nothing to do: unknown keys are found by the rules with file, line and column before any page is made."""

    def validate_inline_references(self, inline_references: list[InlineReference]) -> set[InlineReference]:
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        return self.notes.marks([citation.key for citation in citation_block.citations])

    def reference_text(self, citation: Citation | InlineReference) -> str:
        return self.notes.text(citation.key)


class State:
    """What one run of MkDocs keeps between its events; `mkdocs serve` keeps it between rebuilds."""

    serving = False
    target = Path()
    book = Book()
    registry: Registry
    root = Path()
    warnings = 0
    readings: ClassVar[dict[str, str]] = {}
    written: ClassVar[dict[Path, str]] = {}
    """The generated pages as they stand in the cache, so that a rebuild need not read them all again."""


class _Counter(logging.Handler):
    """Counts warnings, so that a strict build with one leaves the last good site as it was."""

    def emit(self, record: logging.LogRecord) -> None:
        State.warnings += 1


def say(step: str, what: str, since: float) -> None:
    """One line a step: its name, its count, its time."""
    print(f"  {step:<11}{what:<66}{time.perf_counter() - since:6.2f} s", flush=True)


def on_startup(command: str, dirty: bool) -> None:
    """A build tells its own steps; MkDocs adds its warnings. Its --quiet would hide them from a strict build as well."""
    State.serving = command == "serve"
    if not State.serving:
        logging.getLogger("mkdocs").setLevel(logging.WARNING)


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads and checks everything before MkDocs touches the old site; the plugin's own reader is kept from running."""
    State.root = Path(config.config_file_path).parent
    _take_addresses(config)
    if not _read() and not State.serving:
        raise Abort("The site was left as it was.")
    plugin: Any = config.plugins["bibtex"]
    plugin.registry, plugin.last_configured = State.registry, float("inf")
    if not State.serving:
        _build_aside(config)
    return config


def _read() -> bool:
    """True if the content is sound. While serving, an unsound book is told of and the last sound one stays."""
    since = time.perf_counter()
    book, problems = reading.read_book(State.root)
    problems += rules.check(book)
    if problems:
        print(reports.as_text(problems, State.root), flush=True)
        return False
    say("check", f"{len(book.documents)} files, {len(book.cases)} cases, no problem", since)
    _take(book)
    return True


def _take(book: Book) -> None:
    since = time.perf_counter()
    formatted, called = bibliography.formatted(book.sources, State.root / CACHE)
    say("references", f"{len(formatted)} sources, {'one call of pandoc' if called else 'from the cache'}", since)
    book.sources = {key: source.with_format(formatted[key]) for key, source in book.sources.items()}
    State.book, State.registry, State.readings = book, Registry(book, formatted), pages.readings(book)


def _take_addresses(config: MkDocsConfig) -> None:
    """Site and repository from the environment: GitHub's own variables do for a fork; without any, no link is guessed."""
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    owner, _, name = repository.partition("/")
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    config.repo_url = os.environ.get("CASEBOOK_REPOSITORY_URL") or (f"{server}/{repository}" if repository else None)
    guessed = f"https://{owner.lower()}.github.io/{name}/" if repository else ""
    config.site_url = (os.environ.get("CASEBOOK_SITE_URL") or guessed) if not State.serving else config.site_url
    branch = os.environ.get("CASEBOOK_BRANCH", "main")
    config.edit_uri = f"edit/{branch}/docs/" if config.repo_url else None


def _build_aside(config: MkDocsConfig) -> None:
    """Builds beside the site, so that the last good one stays until the new one is whole."""
    State.target, State.warnings = Path(config.site_dir), 0
    aside = State.target.with_name(f".{State.target.name}-being-built")
    config.site_dir = str(aside)
    logging.getLogger("mkdocs").addHandler(_Counter(logging.WARNING))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the generated pages, each kept in the cache under its own name so that an unchanged one is not built again."""
    since, made = time.perf_counter(), 0
    folder = State.root / CACHE / "pages"
    for page in pages.pages(State.book):
        path = folder / page.uri
        _write_if_changed(path, page.text)
        file = File.generated(config, page.uri, abs_src_path=str(path))
        file.edit_uri = f"../{page.file}" if page.file else None
        files.append(file)
        made += 1
    say("pages", f"{made} pages, {sum(map(len, State.book._numbered.values()))} statements", since)
    return files


def _write_if_changed(path: Path, text: str) -> None:
    if State.written.get(path) == text:
        return
    State.written[path] = text
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Before the plugin: citations become the ids of their notes, and every other '@' is hidden from it."""
    return State.registry.notes.prepared(markdown)


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """After Markdown: hidden signs back, links between pages resolved, Chinese marked, the search's terms added."""
    html = notes.restored(html)
    html = prose.with_addresses(html, lambda scheme, id_: _relative(scheme, id_, page.url))
    html = tables.boxed(templating.with_languages(html))
    facets = {name: str(page.meta.get(name) or "") for name in ("kind", "chinese", "city", "years")}
    return f"{html}\n{search.hidden(html, State.readings, facets)}"


def _relative(scheme: str, id_: str, base: str) -> str:
    return get_relative_url(State.book.address(scheme, id_) or ".", base)


def on_page_context(context: dict[str, Any], page: Page, **_: Any) -> dict[str, Any]:
    """What the theme's templates may ask: the book, and the way to any of its pages."""
    context["book"] = State.book
    if page.is_homepage:
        context |= {"coast": figures.coast(), "dots": figures.dots(State.book)}
    context["way"] = lambda key: _relative(key.partition(":")[0], key.partition(":")[2], page.url)
    context["source_file"] = (page.file.edit_uri or "").removeprefix("../") if page.file.generated_by else f"docs/{page.file.src_uri}"
    return context


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Last of all: the index, then the new site takes the old one's place, unless a strict build saw a warning."""
    if State.serving:
        return
    for name, write in OUTPUTS.items():
        since = time.perf_counter()
        say(name, write(State.book, Path(config.site_dir)), since)
    since = time.perf_counter()
    say("comparing", f"{comparing.write(State.book, Path(config.site_dir))} cases, to be set side by side", since)
    since = time.perf_counter()
    say("search", f"{search.index(Path(config.site_dir))} pages", since)
    if config.strict and State.warnings:
        return
    _swap(Path(config.site_dir), State.target)
    config.site_dir = str(State.target)


def _swap(new: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}-before")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    new.replace(target)
    shutil.rmtree(old, ignore_errors=True)
