"""Markdown with everything blanked that is no prose: code, links, addresses, comments, tags. Offsets and lines stay as they are.

Every step is linear in the text: nothing is searched for twice once it was not found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_FENCE = re.compile(r"^[ \t>]*(?P<run>`{3,}|~{3,})(?P<info>[^`\n]*)$", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_INLINE = re.compile(
    r"(?P<escaped>\\[\\`*_{}\[\]()>#+.!-])"
    r"|(?P<code>`+)"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z][^<>@\s]*(?:\s(?:[^<>\n]|\n(?![ \t]*\n))*)?>|<[^<>\s@]+@[^<>\s@]+>)"
)
_TARGET = re.compile(r"""\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)""")
_ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp)://|\bmailto:|\bwww\.)[^\s<>\[\]]*[^\s<>\[\].,;:!?)]"
    r"|(?a:(?<![\w.+-])(?=\w)[\w.+-]+(?<=[\w+-])@[\w-]+(?:\.[\w-]+)+)"
)


def masked(markdown: str) -> str:
    """The text with the same length and lines, where code, escapes, HTML, link targets and bare addresses are spaces.

    The brackets of a link stay; its words are blanked only if they hold an '@', which is then no citation's.
    """
    text = _blanked(markdown, _fences(markdown))
    text = _blanked(text, _inline(text))
    text = _blanked(text, _links(text))
    return _blanked(text, (found.span() for found in _ADDRESS.finditer(text)))


def _blanked(text: str, spans: Iterator[Span]) -> str:
    parts, done = [], 0
    for start, end in sorted(spans):
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[max(start, done) : end])]
        done = max(done, end)
    return "".join([*parts, text[done:]])


def _fences(text: str) -> Iterator[Span]:
    """Fenced blocks that are closed; an opening fence without its end is text, as it is for Python-Markdown."""
    fences = list(_FENCE.finditer(text))
    longest = _longest_after(fences)
    opened: re.Match[str] | None = None
    for fence, after in zip(fences, longest, strict=True):
        run = fence["run"]
        if opened is None:
            opened = fence if after.get(run[0], 0) >= len(run) else None
        elif run.startswith(opened["run"]) and not fence["info"].strip():
            yield opened.start(), fence.end()
            opened = None


def _longest_after(fences: list[re.Match[str]]) -> list[dict[str, int]]:
    """For each fence the longest closing run of either sort that follows it."""
    longest: list[dict[str, int]] = []
    known: dict[str, int] = {}
    for fence in reversed(fences):
        longest.append(known)
        run = fence["run"]
        if not fence["info"].strip():
            known = known | {run[0]: max(len(run), known.get(run[0], 0))}
    return longest[::-1]


def _inline(text: str) -> Iterator[Span]:
    """Escapes, code spans, comments and tags, the leftmost first."""
    code, last_comment = _code_ends(text), text.rfind("-->")
    at = 0
    while found := _INLINE.search(text, at):
        start, end = found.span()
        if found["code"]:
            end = code.get(start, 0)
        elif found["comment"]:
            end = text.find("-->", end) + 3 if end <= last_comment else 0
        if end:
            yield start, end
        at = end or found.end()


def _code_ends(text: str) -> dict[int, int]:
    """Where the code span that begins with each run of backticks ends: behind the next equal run of the same paragraph."""
    breaks = [found.start() for found in _BLANK_LINE.finditer(text)]
    ends: dict[int, int] = {}
    following: dict[int, Span] = {}
    for run in reversed(list(re.finditer(r"`+", text))):
        length = run.end() - run.start()
        start, end = following.get(length, (0, 0))
        if end and bisect_left(breaks, run.start()) == bisect_left(breaks, start):
            ends[run.start()] = end
        following[length] = run.span()
    return ends


def _links(text: str) -> Iterator[Span]:
    """Targets of links and images without their parentheses, and words that hold an '@'."""
    opened: list[int] = []
    for found in re.finditer(r"[\[\]]|\n[ \t]*(?=\n)", text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] != "]":
            opened.clear()
        elif opened:
            yield from _link(text, opened.pop(), found.start())


def _link(text: str, start: int, end: int) -> Iterator[Span]:
    target = _TARGET.match(text, end + 1)
    if not target:
        return
    if "@" in text[start:end]:
        yield start + 1, end
    yield target.start() + 1, target.end() - 1
