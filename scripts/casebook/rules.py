"""What the content must keep, beyond the form of single values. A rule is one function here: its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from casebook import citations, prose
from casebook.book import Book, texts
from casebook.model import Case, Entry
from casebook.parts import Figure, Location, Statement, Unknown
from casebook.problems import Place, Problem, nearest
from casebook.prose import plain_words
from casebook.sources import Seen
from casebook.values import PartialDate, Prose
from casebook.vocabulary import Grade

Rule = Callable[[Book], Iterator[Problem]]
RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order in which they stand here."""

SUMMARY_WORDS = range(80, 151)
MOST_SENTENCES = 3
WANTED = (
    "introduction",
    "implementation",
    "participation.account",
    "participation.gap",
    "assessment.hierarchical",
    "assessment.horizontal",
    "assessment.fit",
    "outcomes",
    "aftermath",
    "timeline",
    "figures",
)
"""Questions that every case answers, or names among its unknowns."""


def rule(id_: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        RULES[id_] = function
        return function

    return register


def check(book: Book) -> list[Problem]:
    """All problems of the book's content, by file and line."""
    return sorted({problem for check_one in RULES.values() for problem in check_one(book)})


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


def _passages(book: Book) -> Iterator[tuple[str, Callable[[int], Place]]]:
    """Every text that may cite, with the way from a letter in it to its place: entries' texts and hand-written pages."""
    for entry in book.everything:
        for location, text in texts(entry):
            yield text, lambda offset, e=entry, at=location: book.place(e, at, offset)  # type: ignore[misc]
    for page in book.handwritten.values():
        yield page.text, page.place


@rule("malformed-citation")
def malformed_citation(book: Book) -> Iterator[Problem]:
    """A citation is written `[@key, place]`."""
    for text, place in _passages(book):
        for found in citations.find(text):
            if isinstance(found, citations.Malformed):
                yield Problem(place(found.offset), "malformed-citation", f"this citation can't be read: '{found.found}'", found.remedy)


def _citations(book: Book) -> Iterator[tuple[citations.Citation, Callable[[int], Place]]]:
    """Every citation with the way to its place, which is dear and is gone only for a fault."""
    for text, place in _passages(book):
        for citation in citations.cited(text):
            yield citation, place


@rule("unknown-source")
def unknown_source(book: Book) -> Iterator[Problem]:
    """Every citation key stands in the bibliography. One that could not be read at all is its own problem."""
    for citation, place in _citations(book):
        if book.sources and citation.key not in book.sources:
            remedy = nearest(citation.key, book.sources) or "Add the source to bibliography.bib, with its kind and how much of it was seen."
            yield Problem(place(citation.offset), "unknown-source", f"no source in the bibliography has the key '{citation.key}'", remedy)


@rule("citation-without-place")
def citation_without_place(book: Book) -> Iterator[Problem]:
    """Every citation says where in the source: a page, an article, a section, the opening, the abstract."""
    for citation, place in _citations(book):
        if not citation.place:
            remedy = f"Say where in the source, as in [@{citation.key}, p. 12] or [@{citation.key}, abstract]."
            yield Problem(place(citation.offset), "citation-without-place", f"'@{citation.key}' is cited without a place in it", remedy)


@rule("uncited-statement")
def uncited_statement(book: Book) -> Iterator[Problem]:
    """No source, no sentence: every statement and every figure cites."""
    for entry in book.everything:
        for location, value in entry.parts:
            name = "text" if isinstance(value, Statement) else "citation" if isinstance(value, Figure) else ""
            if name and not citations.cited(getattr(value, name)):
                remedy = "Add the source and the place in it, as in [@key, p. 12], or leave the sentence out."
                yield Problem(book.place(entry, (*location, name)), "uncited-statement", "this names no source", remedy)


@rule("grade-too-high")
def grade_too_high(book: Book) -> Iterator[Problem]:
    """A statement graded A can't rest on a source of which only an abstract or a record was seen."""
    for entry in book.everything:
        for location, value in entry.parts:
            if isinstance(value, Statement | Figure) and value.grade == Grade.A:
                text = value.text if isinstance(value, Statement) else value.citation
                weak = {citation.key for citation in citations.cited(text) if _only_summary(book, citation.key)}
                for key in sorted(weak):
                    seen = book.sources[key].seen
                    message = f"graded A, but of '{key}' only this was seen: {seen.label.lower()}"
                    yield Problem(
                        book.place(entry, (*location, "grade")),
                        "grade-too-high",
                        message,
                        "Grade it B, or read the source and record that in bibliography.bib.",
                    )


def _only_summary(book: Book, key: str) -> bool:
    return key in book.sources and book.sources[key].seen in (Seen.ABSTRACT, Seen.RECORD)


@rule("inference-unexplained")
def inference_unexplained(book: Book) -> Iterator[Problem]:
    """A statement graded C says from what it is inferred, and no other does."""
    for entry in book.everything:
        for location, value in entry.parts:
            if isinstance(value, Statement) and (value.grade == Grade.C) != bool(value.because):
                message = "graded C without 'because'" if value.grade == Grade.C else f"graded {value.grade} with a 'because'"
                remedy = "Say in 'because:' from what it is inferred." if value.grade == Grade.C else "Leave out 'because', or grade it C."
                yield Problem(book.place(entry, (*location, "grade")), "inference-unexplained", message, remedy)


_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”’%\u4e00-\u9fff])[.!?][”’\")]?(?=\s+[A-Z“‘\"(])")


@rule("long-statement")
def long_statement(book: Book) -> Iterator[Problem]:
    """A statement has one to three sentences, so that each can be checked against its source."""
    for entry in book.everything:
        for location, value in entry.parts:
            sentences = 1 + len(_SENTENCE_END.findall(plain_words(value.text))) if isinstance(value, Statement) else 0
            if sentences > MOST_SENTENCES:
                yield Problem(
                    book.place(entry, (*location, "text")),
                    "long-statement",
                    f"this statement has {sentences} sentences",
                    "Split it; each part cites for itself.",
                )


@rule("summary-length")
def summary_length(book: Book) -> Iterator[Problem]:
    """A case's summary has 80 to 150 words, citations not counted."""
    for case in book.cases.values():
        words = sum(len(plain_words(statement.text).split()) for statement in case.summary)
        if words not in SUMMARY_WORDS:
            wanted = f"{SUMMARY_WORDS.start} to {SUMMARY_WORDS.stop - 1}"
            yield Problem(
                book.place(case, ("summary",)),
                "summary-length",
                f"the summary has {words} words, not {wanted}",
                "Tell the case so that a student can repeat it.",
            )


@rule("source-never-cited")
def source_never_cited(book: Book) -> Iterator[Problem]:
    """The bibliography holds what the casebook cites, and nothing else."""
    parents = {source.fields.get("crossref", "") for source in book.sources.values()}
    for key, source in book.sources.items():
        if key not in book.mentions and key not in parents and not book.unread:
            yield Problem(source.place, "source-never-cited", f"nothing cites '{key}'", "Cite it, or take it out of bibliography.bib.")


@rule("silent-gap")
def silent_gap(book: Book) -> Iterator[Problem]:
    """What a case can't answer it says so: an empty field is named by an entry in `unknowns`."""
    for case in book.cases.values():
        named = {unknown.field for unknown in case.unknowns}
        for field in WANTED:
            parts = field.split(".")
            if not _value(case, parts) and field not in named:
                place = book.place(case, tuple(parts))
                remedy = f"Write it, or add to 'unknowns': a text that says what is missing, a kind, and 'field: {field}'."
                yield Problem(place, "silent-gap", f"'{field}' is empty, and nothing says why", remedy)


def _value(case: Case, parts: list[str]) -> object:
    value: object = case
    for part in parts:
        value = getattr(value, part)
    return value


@rule("unknown-field")
def unknown_field(book: Book) -> Iterator[Problem]:
    """An unknown names a field that there is, and that is empty."""
    for entry in book.everything:
        known = {".".join(part for part in location if isinstance(part, str)): value for location, value in entry.parts if location}
        for location, value in entry.parts:
            if isinstance(value, Unknown) and value.field:
                place = book.place(entry, (*location, "field"))
                if value.field not in known:
                    yield Problem(place, "unknown-field", f"there is no field '{value.field}'", nearest(value.field, known))
                elif known[value.field]:
                    yield Problem(place, "unknown-field", f"'{value.field}' is not empty", "Leave out 'field' here: the point is still listed.")


@rule("dates-out-of-order")
def dates_out_of_order(book: Book) -> Iterator[Problem]:
    """A case ends after it begins, its timeline runs forward, and it is reviewed after it is written."""
    for case in book.cases.values():
        for first, second, location, what in _dated(case):
            if first.surely_after(second):
                yield Problem(
                    book.place(case, location), "dates-out-of-order", f"{what}: {first.text} comes after {second.text}", "Put the dates in order."
                )


def _dated(case: Case) -> Iterator[tuple[PartialDate, PartialDate, Location, str]]:
    if case.period.to:
        yield case.period.from_, case.period.to, ("period", "to"), "the case ends before it begins"
    if case.editorial.reviewed:
        yield case.editorial.written, case.editorial.reviewed, ("editorial", "reviewed"), "reviewed before it was written"
    for at, (first, second) in enumerate(pairwise(case.timeline), 1):
        yield first.date, second.date, ("timeline", at, "date"), "the timeline runs backward"


@rule("forbidden-markup")
def forbidden_markup(book: Book) -> Iterator[Problem]:
    """Texts hold words, emphasis, links and citations: no HTML, no headings, lists or tables, nothing that runs."""
    for entry in book.everything:
        for location, text in texts(entry):
            for fault in prose.faults(text):
                yield Problem(book.place(entry, location, fault.offset), "forbidden-markup", fault.message, fault.remedy)
    for page in book.handwritten.values():
        for offset, found in prose.running_code(page.text):
            yield Problem(page.place(offset), "forbidden-markup", f"nothing on a page may run: '{found}'", "Leave it out.")


@rule("broken-link")
def broken_link(book: Book) -> Iterator[Problem]:
    """A link in a text leads to a page of the casebook that there is, or to another site by http, https or mailto."""
    for text, place in _passages(book):
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
