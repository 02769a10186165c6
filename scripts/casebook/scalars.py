"""Where a letter of a YAML text stands in the file, whichever of the five ways the text is written."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from itertools import islice

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SPACE = frozenset(" \t\n\r")
_SPACE_ESCAPES = frozenset("nrt \t\n")
"""Escapes that stand for a space, a tab or a line end, or for nothing: a line end escaped."""


def index_in_scalar(text: str, start: int, value: str, offset: int) -> int:
    """The index in the file's text of a value's letter; `start` is the index at which the value begins in the file.

    Folding changes nothing but white space and accents written apart, so both sides are walked by their solid letters:
    the fifth of the value is the fifth of the file. The offset counts in the value trimmed and composed (NFC).
    """
    kept = unicodedata.normalize("NFC", value.strip())[: max(offset, 0) + 1]
    before, letter = kept[: max(offset, 0)], kept[max(offset, 0) :]
    count = sum(map(_is_solid, before))
    if letter and _is_solid(letter):
        return _solid(text, start, count)
    if not count:
        return _solid(text, start, 0)
    return _solid(text, start, count - 1) + 1 + _spaces_at_end(before)


def _is_solid(letter: str) -> bool:
    return letter not in _SPACE and not unicodedata.combining(letter)


def _spaces_at_end(before: str) -> int:
    return len(before) - len(before.rstrip(" "))


def _solid(text: str, start: int, count: int) -> int:
    """The index of the solid letter with this number, counted from 0; the last one where there are fewer."""
    found = deque(islice(_solids(text, start), count + 1), maxlen=1)
    return found[0] if found else start


def _solids(text: str, start: int) -> Iterator[int]:
    match text[start : start + 1]:
        case '"':
            return _in_double_quotes(text, start + 1)
        case "'":
            return _in_single_quotes(text, start + 1)
        case "|" | ">":
            header = text.find("\n", start)
            return _bare(text, len(text) if header < 0 else header)
        case _:
            return _bare(text, start)


def _bare(text: str, index: int) -> Iterator[int]:
    return (at for at in range(index, len(text)) if _is_solid(text[at]))


def _in_single_quotes(text: str, index: int) -> Iterator[int]:
    while index < len(text):
        if text.startswith("''", index):
            yield index
            index += 2
        elif text[index] == "'":
            return
        else:
            if _is_solid(text[index]):
                yield index
            index += 1


def _in_double_quotes(text: str, index: int) -> Iterator[int]:
    while index < len(text) and text[index] != '"':
        escape = _ESCAPE.match(text, index)
        if escape:
            if _is_solid(_escaped(escape)):
                yield index
            index = escape.end()
        else:
            if _is_solid(text[index]):
                yield index
            index += 1


def _escaped(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    if digits:
        return chr(int(digits, 16))
    return " " if escape[4] in _SPACE_ESCAPES else "x"
