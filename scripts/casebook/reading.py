"""From files to the book: finds what there is, reads it, and keeps every problem found on the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from casebook import bibliography, source
from casebook.book import Book, HandwrittenPage
from casebook.model import KINDS, Case, Chapter, City, Entry, Milestone
from casebook.problems import Place, Problem, nearest
from casebook.source import Document
from casebook.sources import Source
from casebook.validation import validated
from casebook.values import SLUG

BIBLIOGRAPHY = "bibliography.bib"
CITY_FILE = "city.yml"
COLLECTIONS = {kind.collection: kind for kind in KINDS if kind.collection}
"""The files in `cases/` that hold many entries, by id."""

FOLDERS = {kind.folder: kind for kind in KINDS if kind.folder}
"""The folders in `cases/` that hold one kind; every other folder is a city's."""

NO_CONTENT = ("docs/overrides/", "docs/assets/")
"""Folders under `docs/` that hold the theme and not pages."""


def read_book(root: Path) -> tuple[Book, list[Problem]]:
    """Reads the whole tree under `root`. What could not be read is left out of the book and named in the problems."""
    book, problems = Book(), []
    for file in _files(root, "cases"):
        problems += _take_case_file(root, file, book)
    problems += _take_bibliography(root, book)
    for file in _files(root, "docs"):
        if file.endswith(".md") and not file.startswith(NO_CONTENT):
            problems += _take_page(root, file, book)
    _put_in_order(book)
    return book, problems


def _files(root: Path, folder: str) -> Iterator[str]:
    """Paths relative to the root, sorted, so that every machine reads in the same order."""
    found = sorted(path for path in (root / folder).rglob("*") if path.is_file() or path.is_symlink())
    return (path.relative_to(root).as_posix() for path in found)


def _take_case_file(root: Path, file: str, book: Book) -> list[Problem]:
    parts = Path(file).parts[1:]
    if parts[-1].startswith(".") or parts == ("README.md",):
        return []
    if len(parts) == 1 and parts[0] in COLLECTIONS:
        return _take_collection(root, file, COLLECTIONS[parts[0]], book)
    if len(parts) != 2 or not file.endswith(".yml"):
        return [_stray(file)]
    return _take_one(root, file, book)


def _stray(file: str) -> Problem:
    name = Path(file).name
    known = [*COLLECTIONS, CITY_FILE, f"{Path(file).stem}.yml"]
    others = [f"cases/{name}" for name in ("CITY/city.yml", *(f"{folder}/NAME.yml" for folder in FOLDERS), *COLLECTIONS)]
    remedy = f"Cases are 'cases/CITY/NAME.yml'; the other files are {', '.join(map(repr, others))}."
    return Problem(Place(file), "stray-file", f"'{name}' is no file that the casebook knows here", f"{nearest(name, known)} {remedy}".strip())


def _take_one(root: Path, file: str, book: Book) -> list[Problem]:
    folder, name = Path(file).parts[1:]
    kind, id_ = _identity(folder, name)
    problems = _name_faults(file, id_)
    book.unread.add(f"{kind.kind}:{id_}")
    text, unreadable = source.read_text(root, file)
    if text is None:
        return problems + unreadable
    document, entry, found = _entry(file, text, kind)
    if document:
        book.documents[file] = document
    if entry:
        _add(book, entry, id_, file)
    return problems + unreadable + found


def _identity(folder: str, name: str) -> tuple[type[Entry], str]:
    stem = name.removesuffix(".yml")
    if folder in FOLDERS:
        return FOLDERS[folder], stem
    return (City, folder) if name == CITY_FILE else (Case, f"{folder}/{stem}")


@lru_cache(maxsize=20_000)
def _entry(file: str, text: str, kind: type[Entry]) -> tuple[Document | None, Entry | None, list[Problem]]:
    """Kept by text: while one serves and edits, only the file that changed is read again."""
    document, problems = source.parse(text, file)
    if document is None:
        return None, None, problems
    entry, found = validated(document, kind)
    if entry:
        _ = entry.parts  # Found once here, and shared by every copy.
    return document, entry, problems + found


@lru_cache(maxsize=100)
def _parsed(file: str, text: str) -> tuple[Document | None, list[Problem]]:
    return source.parse(text, file)


@lru_cache(maxsize=20_000)
def _member(document: Document, id_: str, kind: type[Entry]) -> tuple[Entry | None, list[Problem]]:
    entry, found = validated(document, kind, (id_,))
    if entry:
        _ = entry.parts
    return entry, found


@lru_cache(maxsize=4)
def _sources(text: str) -> tuple[dict[str, Source], list[Problem]]:
    return bibliography.read(text, BIBLIOGRAPHY)


def _take_collection(root: Path, file: str, kind: type[Entry], book: Book) -> list[Problem]:
    text, problems = source.read_text(root, file)
    document, found = _parsed(file, text) if text is not None else (None, [])
    problems += found
    if document is None:
        return problems
    book.documents[file] = document
    if not isinstance(document.data, dict):
        remedy = f"Begin each {kind.kind} with its id and a colon at the start of a line."
        return [*problems, Problem(Place(file), "wrong-type", f"the file must hold {kind.plural} by id", remedy)]
    for id_ in document.data:
        problems += _take_member(document, id_, kind, book)
    return problems


def _take_member(document: Document, id_: str, kind: type[Entry], book: Book) -> list[Problem]:
    problems = []
    if not SLUG.fullmatch(id_):
        problems.append(_bad_id(document.key_place((id_,)), id_))
    book.unread.add(f"{kind.kind}:{id_}")
    entry, found = _member(document, id_, kind)
    if entry:
        _add(book, entry, id_, document.file)
    return problems + found


def _add(book: Book, entry: Entry, id_: str, file: str) -> None:
    """Gives the entry its identity. A copy is taken, since a parsed file may be shared by several books."""
    named = entry.model_copy()
    named._id, named._file = id_, file
    book.entries[type(entry)][id_] = named
    book.unread.discard(named.key)


def _name_faults(file: str, id_: str) -> list[Problem]:
    return [_bad_id(Place(file), part) for part in id_.split("/") if not SLUG.fullmatch(part)]


def _bad_id(place: Place, id_: str) -> Problem:
    plain = unicodedata.normalize("NFKD", id_).encode("ascii", "ignore").decode().lower()
    better = "-".join(filter(None, "".join(c if c.isalnum() else " " for c in plain).split()))
    remedy = f"Use lower-case letters a to z, digits and single hyphens{f', such as {better!r}' if better else ''}."
    return Problem(place, "bad-id", f"'{id_}' can't stand in an address", remedy)


def _take_bibliography(root: Path, book: Book) -> list[Problem]:
    text, problems = source.read_text(root, BIBLIOGRAPHY)
    if text is None:
        return problems
    found, faults = _sources(text)
    book.sources = dict(found)
    return problems + faults


def _take_page(root: Path, file: str, book: Book) -> list[Problem]:
    text, problems = source.read_text(root, file)
    if text is not None:
        page = HandwrittenPage(file, text)
        book.handwritten[page.id] = page
    return problems


def _put_in_order(book: Book) -> None:
    """Cities and chapters by their own order, cases after their cities, milestones by date; all else stays as its file has it."""
    cities = sorted(book.cities.values(), key=lambda city: (city.order, city.id))
    book.entries[City] = {city.id: city for city in cities}
    book.entries[Chapter] = {chapter.id: chapter for chapter in sorted(book.chapters.values(), key=lambda chapter: (chapter.order, chapter.id))}
    book.entries[Milestone] = {m.id: m for m in sorted(book.milestones.values(), key=lambda milestone: (milestone.date.parts, milestone.id))}
    rank = {city.id: number for number, city in enumerate(cities)}
    cases = sorted(book.cases.values(), key=lambda case: (rank.get(case.city, len(rank)), case.period.from_.parts, case.id))
    book.entries[Case] = {case.id: case for case in cases}
