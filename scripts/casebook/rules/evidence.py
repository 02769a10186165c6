"""Whether every sentence rests on a source, with a place in it and a grade that the source allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook import citations
from casebook.book import Book
from casebook.parts import Figure, Statement
from casebook.problems import Problem, nearest
from casebook.rules.registry import cited, passages, rule
from casebook.sources import Seen
from casebook.vocabulary import Grade


@rule("malformed-citation")
def malformed_citation(book: Book) -> Iterator[Problem]:
    """A citation is written `[@key, place]`."""
    for text, place in passages(book):
        for found in citations.find(text):
            if isinstance(found, citations.Malformed):
                yield Problem(place(found.offset), "malformed-citation", f"this citation can't be read: '{found.found}'", found.remedy)


@rule("unknown-source")
def unknown_source(book: Book) -> Iterator[Problem]:
    """Every citation key stands in the bibliography. One that could not be read at all is its own problem."""
    for citation, place in cited(book):
        if book.sources and citation.key not in book.sources:
            remedy = nearest(citation.key, book.sources) or "Add the source to bibliography.bib, with its kind and how much of it was seen."
            yield Problem(place(citation.offset), "unknown-source", f"no source in the bibliography has the key '{citation.key}'", remedy)


@rule("citation-without-place")
def citation_without_place(book: Book) -> Iterator[Problem]:
    """Every citation says where in the source: a page, an article, a section, the opening, the abstract."""
    for citation, place in cited(book):
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


@rule("source-never-cited")
def source_never_cited(book: Book) -> Iterator[Problem]:
    """The bibliography holds what the casebook cites, and nothing else."""
    parents = {source.fields.get("crossref", "") for source in book.sources.values()}
    for key, source in book.sources.items():
        if key not in book.mentions and key not in parents and not book.unread:
            yield Problem(source.place, "source-never-cited", f"nothing cites '{key}'", "Cite it, or take it out of bibliography.bib.")
