"""The grammar of citations: `[@key, p. 12]`, `[see @key, ch. 3; -@other, opening]` - pandoc's syntax, read more strictly.

What isn't right is never passed over: `find` returns it as `Malformed`, so that no citation is lost in silence.
Every scan is linear.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import TypeAlias

from casebook.masking import masked

__all__ = ["KEY", "Citation", "Cluster", "Malformed", "bare", "cited", "find", "masked", "replaced"]

KEY = re.compile(r"\w(?:\w|[.:/+-](?=\w))*")
"""A citation key: letters, digits and '_', with single '.', ':', '/', '+' or '-' between them."""

_BRACKET = re.compile(r"\[(?P<inside>[^\[\]]*)\]|(?P<open>\[)|(?P<inline>(?<![A-Za-z0-9_\[])@(?=[\w{]))")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(rf"(?P<prefix>[^@]*?)(?P<suppressed>(?<!\S)-)?@(?P<key>{KEY.pattern})(?P<tail>[^@]*)", re.S)
_BEGINS = re.compile(r"\[-?@")
_BEGINS_WITH_PLACE = re.compile(rf"\[-?@{KEY.pattern},")
_KEY_HERE = re.compile(rf"@({KEY.pattern})")
_RANGE = re.compile(r"\b(pp?\. ?\d+)-{1,2}(?=\d)")
_RIGHT = "Write [@key, p. 12], or [@key, p. 12; @other, opening] for several sources; a plain '@' is written '&#64;'."


@dataclass(frozen=True, slots=True)
class Citation:
    """One source and the place in it; `offset` is the key's, `block` the start and end of the bracket that it stands in.

    `suppressed` keeps pandoc's `-@key` (leave the author's name out); a note shows the full reference all the same.
    """

    key: str
    place: str
    prefix: str
    suppressed: bool
    offset: int
    block: tuple[int, int]

    @property
    def note_id(self) -> str:
        """An id of ASCII letters, digits and single hyphens, the same for no other (prefix, key, place): `li2018-p-12`."""
        return _plain_id(self) or _hashed_id(self)


@dataclass(frozen=True, slots=True)
class Cluster:
    """One bracket, from `start` to `end` in the text, with the citations in it."""

    start: int
    end: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Malformed:
    """Something meant as a citation that can't be read as one: its first letter, what was found, a sentence on what is right."""

    offset: int
    found: str
    remedy: str


Found: TypeAlias = Cluster | Malformed


def find(markdown: str) -> list[Found]:
    """All citations of a text in its order, and all that only looks like one."""
    return list(_found(markdown))


@lru_cache(maxsize=200_000)
def _found(markdown: str) -> tuple[Found, ...]:
    """Kept by text, since every rule and page asks for the same ones again, and while one serves, at each edit."""
    visible = masked(markdown)
    bounds = [0, *(found.end() - 1 for found in _BLANK_LINE.finditer(markdown)), len(markdown)]
    return tuple(found for start, end in pairwise(bounds) for found in _in_paragraph(markdown, visible, start, end))


def cited(markdown: str) -> list[Citation]:
    """The citations of a text in its order, without what can't be read."""
    return [citation for cluster in _clusters(markdown) for citation in cluster.citations]


def replaced(markdown: str, make: Callable[[Cluster], str]) -> str:
    """The text with every bracket of citations replaced by what `make` makes of it; malformed ones stay."""
    parts, done = [], 0
    for cluster in _clusters(markdown):
        parts += [markdown[done : cluster.start], make(cluster)]
        done = cluster.end
    return "".join([*parts, markdown[done:]])


def bare(markdown: str) -> str:
    """The text without its citations, for excerpts and word counts; the space before each goes with it."""
    clusters = list(_clusters(markdown))
    said = markdown[: clusters[0].start] if clusters else markdown
    for cluster, following in zip_longest(clusters, clusters[1:]):
        said = _joined(said, markdown[cluster.end : following.start if following else None])
    return said


def _clusters(markdown: str) -> Iterator[Cluster]:
    return (found for found in find(markdown) if isinstance(found, Cluster))


def _joined(said: str, piece: str) -> str:
    """What stood on both sides of a bracket; a blank line, which parts two paragraphs, is no space to be mended."""
    kept = said.rstrip()
    if not kept or _BLANK_LINE.search(said, len(kept)):
        return said + piece.lstrip(" \t")
    return kept + (" " if kept != said and piece[:1].isalnum() else "") + piece


# ---------- reading ----------


def _in_paragraph(markdown: str, visible: str, start: int, end: int) -> Iterator[Found]:
    for found in _BRACKET.finditer(visible, start, end):
        if found["open"]:
            yield from _unclosed(markdown, found.start())
        elif found["inline"]:
            yield from _inline(markdown, found.start())
        elif "@" in found["inside"]:
            yield _bracket(markdown, visible, *found.span())
        elif _is_citation_link(markdown, visible, found):
            yield Malformed(found.start(), _shown(markdown, found.start()), "Put a space before the '(', which makes it a link.")


def _unclosed(markdown: str, at: int) -> Iterator[Malformed]:
    """A bracket that is never closed, or holds another one, is told of here only if a citation begins right in it."""
    if _BEGINS.match(markdown, at):
        yield Malformed(at, _shown(markdown, at), "Close the bracket, and put no other bracket inside it. " + _RIGHT)


def _inline(markdown: str, at: int) -> Iterator[Malformed]:
    told_of_as_unclosed = markdown[max(0, at - 2) : at] == "[-"
    if not told_of_as_unclosed:
        yield Malformed(at, _shown(markdown, at), "A citation stands in brackets. " + _RIGHT)


def _is_citation_link(markdown: str, visible: str, found: re.Match[str]) -> bool:
    """True for `[@key, p. 12](...)`: a comma after the key makes it a citation that the '(' behind it would swallow."""
    return visible.startswith("(", found.end()) and bool(_BEGINS_WITH_PLACE.match(markdown, found.start()))


def _bracket(markdown: str, visible: str, start: int, end: int) -> Found:
    citations, at = [], start + 1
    for item in visible[start + 1 : end - 1].split(";"):
        citation = _citation(markdown, item, at, (start, end))
        if isinstance(citation, str):
            return Malformed(start, " ".join(markdown[start:end].split())[:80], citation)
        citations.append(citation)
        at += len(item) + 1
    return Cluster(start, end, tuple(citations))


def _citation(markdown: str, item: str, at: int, block: tuple[int, int]) -> Citation | str:
    """The citation that one part of a bracket holds, or a sentence on what is wrong with it.

    `item` is the part with code and links blanked; prefix and place are taken from the text itself.
    """
    found = _ITEM.fullmatch(item)
    if not found:
        return _what_is_wrong(item)
    prefix, tail = (markdown[at + begin : at + end] for begin, end in (found.span("prefix"), found.span("tail")))
    if tail.strip() and not re.match(r"\s*,\s*\S", tail):
        return _what_is_wrong(item)
    if prefix[-1:].strip() and not found["suppressed"]:
        return f"Put a space before '@{found['key']}'."
    place = _RANGE.sub(r"\1–", " ".join(tail.strip()[1:].split()))
    return Citation(found["key"], place, " ".join(prefix.split()), bool(found["suppressed"]), at + found.start("key"), block)


def _what_is_wrong(item: str) -> str:
    key = _KEY_HERE.search(item)
    if "@" not in item:
        return "Each part between semicolons names its source; for two places in one source write [@key, p. 3, p. 5]."
    if not key:
        return "A key stands right after the '@'. " + _RIGHT
    if item.count("@") > 1:
        return "Put a semicolon between two sources. " + _RIGHT
    if item[key.end() :].strip() == ",":
        return f"Say the place after the comma: [@{key[1]}, p. 12]."
    return f"Put a comma and the place after the key: [@{key[1]}, p. 12]."


def _shown(text: str, at: int) -> str:
    """The first words from a place on, at most forty letters of its own line."""
    return text[at : at + 40].split("\n", 1)[0].rstrip()


# ---------- ids ----------

_PLAIN_KEY = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_PLAIN_PLACE = re.compile(r"[a-z]{1,20}|(?:p|art|ch|sec|para|no|fig|tab)\. [0-9]{1,6}|pp\. [0-9]{1,6}–[0-9]{1,6}")


def _plain_id(citation: Citation) -> str:
    """A readable id, where key and place can be read back from it; else nothing.

    Read from its end, a plain id shows one of three shapes (`-word`, `-word-number`, `-number-number`), and what stands
    before is the key; without a place the key must have no hyphen. So no two pairs share an id.
    """
    key, place = citation.key, citation.place
    if citation.prefix or not _PLAIN_KEY.fullmatch(key) or len(key) + len(place) > 70:
        return ""
    if not place:
        return "" if "-" in key else key
    return f"{key}-{_slug(place)}" if _PLAIN_PLACE.fullmatch(place) else ""


def _hashed_id(citation: Citation) -> str:
    """A slug with a hash; the hash begins `0x`, neither a word nor a number, so no plain id ends like it."""
    whole = "\0".join((citation.prefix, citation.key, citation.place))
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    slug = _slug(f"{citation.prefix} {citation.key} {citation.place}")[:60].strip("-")
    return f"{slug}-0x{digest}" if slug else f"0x{digest}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("–", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
