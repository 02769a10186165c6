"""What may stand in a text written in YAML: emphasis, links and citations, in one paragraph, and nothing that runs or breaks a page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from casebook import citations
from casebook.citations import masked
from casebook.model import KINDS

OUTSIDE = ("http", "https", "mailto")
"""Schemes of links that leave the casebook."""

INSIDE = (*(kind.kind for kind in KINDS), "source", "page")
"""Schemes of links to the casebook's own pages: `[the reform](case:guiyang/xinhua-community)`."""

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]{1,300})\]\((?P<target>(?:[^()\s<>\"']|\([^()\s<>\"']{0,100}\)){1,500})\)")
_IMAGE = re.compile(r"!\[[^\[\]]*$")
_ANY_LINK = re.compile(r"\]\(")
_HREF = re.compile(r'(?<= href=")[^"]*(?=")')
_INSIDE = re.compile(rf"(?P<scheme>{'|'.join(INSIDE)}):(?P<id>[^#]*)(?P<anchor>#.*)?")


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text; `offset` is the letter at which its target begins."""

    words: str
    scheme: str
    target: str
    offset: int

    @property
    def id(self) -> str:
        """The id of the page that it leads to, without an anchor."""
        return self.target.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Fault:
    """Markup that is refused: where in the text, what was found, what to do."""

    offset: int
    message: str
    remedy: str


_REFUSED: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"</?[A-Za-z!?][^<>\n]{0,40}>?"), "HTML", "Write plain words or Markdown emphasis; a bare '<' is written '&lt;'."),
    (re.compile(r"!\["), "an image", "Texts hold no images; describe it in words."),
    (re.compile(r"\{[:#.%{]"), "a template or attribute brace", "Leave out the braces."),
    (re.compile(r"\[\^"), "a footnote", "Cite a source instead: [@key, p. 12]."),
    (re.compile(r"^#{1,6}\s", re.M), "a heading", "The field's own label is the heading; leave out the '#'."),
    (re.compile(r"^\s{0,3}(?:[-*+]|\d+[.)])\s", re.M), "a list", "Write sentences, or make each point a statement of its own."),
    (re.compile(r"^\s{0,3}>", re.M), "a block quotation", "Put the words in quotation marks."),
    (re.compile(r"^(?:```|~~~)|^ {4,}\S", re.M), "a code block", "Write plain words."),
    (re.compile(r"^\s*\|.*\|", re.M), "a table", "Use the field 'figures', or a sentence."),
    (
        re.compile(r"\[[^\[\]\n]{1,300}\]\[[^\[\]\n]{0,300}\]|^\[[^\[\]\n]{1,300}\]:", re.M),
        "a reference link",
        "Write the target beside the words: [words](target).",
    ),
    (re.compile(r"^///|\\bibliography|\\full_bibliography", re.M), "a page command", "Leave it out."),
    (re.compile(r"\n\s*\n"), "a second paragraph", "Make it a statement of its own."),
)


@lru_cache(maxsize=50_000)
def faults(text: str) -> tuple[Fault, ...]:
    """All refused markup in a text that stands in YAML, in the order of its rules."""
    return tuple(_faults(text))


def _faults(text: str) -> Iterator[Fault]:
    visible = masked(text)
    for pattern, what, remedy in _REFUSED:
        for found in pattern.finditer(text if what in ("HTML", "a code block", "a page command") else visible):
            yield Fault(found.start(), f"{what} is not allowed here: '{_shown(found[0])}'", remedy)
    yield from _unread_links(text)


def _unread_links(text: str) -> Iterator[Fault]:
    """What Markdown may take for a link and we do not: a target with a title, a space, angle brackets or quotes."""
    rest = _LINK.sub(lambda link: " " * len(link[0]), _without_code(text))
    for found in _ANY_LINK.finditer(rest):
        if _IMAGE.search(rest[: found.start()]):
            continue
        shown = text[found.start() + 2 :][:30]
        yield Fault(
            found.start(), f"this link can't be read: '{_shown(shown)}'", "Write [words](target), the target without spaces, quotes or a title."
        )


def _shown(found: str) -> str:
    return found.strip().replace("\n", " ")[:40] or "an empty line"


def links(text: str) -> list[Link]:
    """Every `[words](target)` of a text; a target without a scheme has scheme ''."""
    found = []
    for match in _LINK.finditer(_without_code(text)):
        scheme, colon, rest = match["target"].partition(":")
        known = scheme.lower() if colon and scheme.isalpha() else ""
        found.append(Link(match["words"], known, rest if known else match["target"], match.start("target")))
    return found


def without_links(text: str) -> str:
    """The text with each link replaced by its words, and Markdown emphasis left as it is."""
    return _LINK.sub(lambda match: match["words"], text)


@lru_cache(maxsize=50_000)
def quoted(text: str) -> str:
    """The text for another page: Markdown without citations, and with links as plain words."""
    return without_links(citations.bare(text))


def plain_words(text: str) -> str:
    """The text as words alone: no citations, links or emphasis, on one line."""
    return " ".join(quoted(text).replace("*", "").split())


def with_addresses(page: str, address: Callable[[str, str], str]) -> str:
    """HTML with every link to a page of the casebook resolved.

    `address` takes a scheme and an id and returns the address to write; it raises LookupError for one that has no page.
    """

    def resolved(href: re.Match[str]) -> str:
        inside = _INSIDE.fullmatch(html.unescape(href[0]))
        return html.escape(address(inside["scheme"], inside["id"]) + (inside["anchor"] or "")) if inside else href[0]

    return _HREF.sub(resolved, page)


_CODE = re.compile(r"^```.*?^```|(`+)[^`]+?\1", re.S | re.M)
_RUNNING = re.compile(
    r"<\s*(?:script|iframe|object|embed|form|style|link|base|meta)\b|\bon[a-z]+\s*=\s*[\"']|(?:javascript|data|vbscript)\s*:(?=\S)|\{\{|\{%", re.I
)


def running_code(text: str) -> Iterator[tuple[int, str]]:
    """What a hand-written page may not hold: scripts, frames, forms, handlers, template braces; each with its offset."""
    return ((found.start(), found[0]) for found in _RUNNING.finditer(_without_code(text)))


def _without_code(text: str) -> str:
    """The text with fences and code spans blanked, letter for letter."""
    return _CODE.sub(lambda code: " " * len(code[0]), text)
