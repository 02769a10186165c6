"""Whether everything that is named is there: themes, actors, cases, and what links lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebook import prose
from casebook.book import Book
from casebook.model import Entry
from casebook.parts import Location
from casebook.problems import Place, Problem, nearest
from casebook.rules.registry import passages, rule
from casebook.values import Prose


def _unknown(place: Place, what: str, id_: str, known: Iterable[str]) -> Problem:
    known = list(known)
    listed = f"Known: {', '.join(sorted(known)[:12])}{' ...' if len(known) > 12 else ''}."
    return Problem(place, "unknown-reference", f"there is no {what} '{id_}'", nearest(id_, known) or listed)


_NAMING = {"themes": "theme", "actor": "actor", "case": "case", "cases": "case", "see": "term"}
"""Fields that hold ids, and the kind of entry that each names."""


def _references(entry: Entry) -> Iterator[tuple[Location, str, str]]:
    """Every id in an entry that names another entry: its location, the kind named, the id."""
    for location, value in entry.parts:
        if not isinstance(value, str) or isinstance(value, Prose):
            continue
        name = next((part for part in reversed(location) if isinstance(part, str)), "")
        if name in _NAMING:
            yield location, _NAMING[name], value


@rule("unknown-reference")
def unknown_reference(book: Book) -> Iterator[Problem]:
    """Every theme, actor, case, term and city that is named exists."""
    known = {kind.kind: entries for kind, entries in book.entries.items()}
    for entry in book.everything:
        for location, kind, id_ in _references(entry):
            if id_ not in known[kind] and f"{kind}:{id_}" not in book.unread:
                yield _unknown(book.place(entry, location), kind, id_, known[kind])
    for case in book.cases.values():
        if case.city not in book.cities and f"city:{case.city}" not in book.unread:
            remedy = f"Write 'cases/{case.city}/city.yml', or move the file. {nearest(case.city, book.cities)}".strip()
            yield Problem(Place(case.file), "unknown-reference", f"the folder '{case.city}' is no city of the casebook", remedy)


@rule("broken-link")
def broken_link(book: Book) -> Iterator[Problem]:
    """A link in a text leads to a page of the casebook that there is, or to another site by http, https or mailto."""
    for text, place in passages(book):
        for link in prose.links(text):
            fault = _link_fault(book, link)
            if fault:
                yield Problem(place(link.offset), "broken-link", *fault)


def _link_fault(book: Book, link: prose.Link) -> tuple[str, str] | None:
    if link.scheme in prose.OUTSIDE or (not link.scheme and link.target.startswith("#")):
        return None
    if link.scheme not in prose.INSIDE:
        shown = f"{link.scheme}:{link.target}" if link.scheme else link.target
        if not link.scheme and link.target.endswith(".md"):
            return None
        return (
            f"the link '{shown[:60]}' has a form that is not allowed",
            "Write https://..., or a page of the casebook as in case:guiyang/xinhua-community or theme:financing.",
        )
    if f"{link.scheme}:{link.id}" in book.unread:
        return None
    return _dead(book, link)


def _dead(book: Book, link: prose.Link) -> tuple[str, str] | None:
    try:
        book.address(link.scheme, link.id)
    except LookupError:
        known: Iterable[str] = book.sources if link.scheme == "source" else book.handwritten
        known = next((ids for kind, ids in book.entries.items() if kind.kind == link.scheme), known)
        return f"there is no {link.scheme} '{link.id}' to link to", nearest(link.id, known)
    return None


@rule("repeated")
def repeated(book: Book) -> Iterator[Problem]:
    """No title stands twice within a kind, no id twice in a list, and a case is not related to itself."""
    for kind, entries in book.entries.items():
        titles: dict[str, Entry] = {}
        for entry in entries.values():
            first = titles.setdefault(entry.title.casefold(), entry)
            if first is not entry:
                message = f"another {kind.kind} has this title: {book.place(first, ('title',))}"
                yield Problem(book.place(entry, ("title",)), "repeated", message, "Give each its own title.")
    for case in book.cases.values():
        for at, old in enumerate(case.formerly):
            if old in book.cases:
                yield Problem(
                    book.place(case, ("formerly", at)), "repeated", f"'{old}' is a case of today", "An address leads to one case: take it out here."
                )
    for entry in book.everything:
        yield from _repeated_ids(book, entry)


def _repeated_ids(book: Book, entry: Entry) -> Iterator[Problem]:
    seen: dict[tuple[Location, str], Location] = {}
    for location, _, id_ in _references(entry):
        group = (location[:-1], id_)
        if (isinstance(location[-1], int) and group in seen) or (location[-1] == "case" and id_ == entry.id):
            message = f"'{id_}' stands here twice" if group in seen else "a case is not related to itself"
            yield Problem(book.place(entry, location), "repeated", message, "Take one out.")
        seen[group] = location


@rule("unused-entry")
def unused_entry(book: Book) -> Iterator[Problem]:
    """Every theme is spoken to by a case, and every actor has a role in one."""
    themes = {theme for case in book.narratives for theme in case.themes}
    actors = {role.actor for case in book.narratives for role in case.actors}
    for entry in [*book.themes.values(), *book.actors.values()]:
        if entry.id not in themes | actors and not book.unread:
            remedy = f"Name it in a case, or take it out of {entry.file}."
            yield Problem(book.place(entry), "unused-entry", f"no case names the {entry.kind} '{entry.id}'", remedy)
