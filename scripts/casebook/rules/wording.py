"""How the texts are written: their length, their marks, Chinese with its pinyin, no sentence twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook import citations, prose
from casebook.book import Book, texts
from casebook.model import Entry
from casebook.parts import Location, Statement
from casebook.problems import Problem
from casebook.prose import plain_words
from casebook.rules.registry import rule
from casebook.values import HAN

SUMMARY_WORDS = range(80, 151)
CHAPTER_WORDS = range(600, 1201)
MOST_SENTENCES = 3
COPIED_WORDS = 8

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”’%\u4e00-\u9fff])[.!?][”’\")]?(?=\s+[A-Z“‘\"(])")


@rule("long-statement")
def long_statement(book: Book) -> Iterator[Problem]:
    """A statement has one to three sentences, so that each can be checked against its source."""
    for entry in book.everything:
        for location, value in entry.parts:
            found = len(sentences(plain_words(value.text))) if isinstance(value, Statement) else 0
            if found > MOST_SENTENCES:
                yield Problem(
                    book.place(entry, (*location, "text")),
                    "long-statement",
                    f"this statement has {found} sentences",
                    "Split it; each part cites for itself.",
                )


@rule("summary-length")
def summary_length(book: Book) -> Iterator[Problem]:
    """A case's summary has 80 to 150 words, citations not counted."""
    for entry in book.narratives:
        words = _words(entry.summary)
        if words not in SUMMARY_WORDS:
            message = f"the summary has {words} words, not {SUMMARY_WORDS.start} to {SUMMARY_WORDS.stop - 1}"
            yield Problem(book.place(entry, ("summary",)), "summary-length", message, "Tell the case so that a student can repeat it.")


@rule("chapter-length")
def chapter_length(book: Book) -> Iterator[Problem]:
    """A chapter has 600 to 1,200 words, its tables, citations and marks not counted."""
    for chapter in book.chapters.values():
        words = _words(chapter.summary) + sum(_words(section.statements) for section in chapter.sections)
        if words not in CHAPTER_WORDS:
            message = f"the chapter has {words} words, not {CHAPTER_WORDS.start} to {CHAPTER_WORDS.stop - 1}"
            yield Problem(book.place(chapter, ("sections",)), "chapter-length", message, "Say what the evidence carries, and no more.")


def _words(statements: list[Statement]) -> int:
    return sum(len(plain_words(statement.text).split()) for statement in statements)


@rule("repeated-sentence")
def repeated_sentence(book: Book) -> Iterator[Problem]:
    """No sentence of eight or more words stands twice in the casebook."""
    first: dict[str, tuple[Entry, Location]] = {}
    for entry in book.everything:
        for location, text in ((at, text) for at, text in texts(entry) if at[-1] == "text"):
            for sentence in sentences(plain_words(text)):
                words = " ".join(re.findall(r"\w+", sentence.casefold()))
                before = first.setdefault(words, (entry, location)) if words.count(" ") >= COPIED_WORDS - 1 else (entry, location)
                if before != (entry, location):
                    message = f"this sentence stands also at {book.place(*before)}: '{sentence[:60]}...'"
                    yield Problem(book.place(entry, location), "repeated-sentence", message, "Say it in one place and link to it, or in other words.")


def sentences(text: str) -> list[str]:
    """The sentences of a text without citations."""
    return [part.strip() for part in _SENTENCE_END.sub("\n", text).split("\n")]


_TONE = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈŌÓǑÒ]")


@rule("chinese-without-pinyin")
def chinese_without_pinyin(book: Book) -> Iterator[Problem]:
    """On each page, Chinese characters stand with their pinyin where they are first used."""
    for entry in book.everything:
        told = "".join(str(getattr(value, "chinese", None) or "") + " ".join(getattr(value, "other", ())) for _, value in entry.parts)
        for location, text in texts(entry):
            words = citations.replaced(text, lambda _: "")
            for run in HAN.finditer(words):
                near = words[max(0, run.start() - 40) : run.start()] + words[run.end() : run.end() + 60]
                if run[0] not in told and not _TONE.search(near):
                    place = book.place(entry, location, text.find(run[0]))
                    remedy = f"Write it as ({run[0]}, pinyin with tone marks)."
                    yield Problem(place, "chinese-without-pinyin", f"'{run[0]}' stands here without its pinyin", remedy)
                told += f" {run[0]}"


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
