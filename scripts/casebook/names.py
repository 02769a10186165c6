"""People's names as a .bib writes them: `Li, Bingqin and 李, 郇 and {Guiyang City Government} and others`."""

from __future__ import annotations

import re

from casebook.latex import decoded
from casebook.values import HAN

FIELDS = ("author", "editor", "translator", "bookauthor", "holder", "director")
"""Fields that hold names."""

_AND = re.compile(r"\\.|[{}]|\s+and(?=\s)", re.S)
_COMMA = re.compile(r"\\.|[{},]", re.S)


def split(value: str) -> list[str]:
    """The single names, braces kept."""
    return [name for name in (" ".join(part.split()) for part in _parts(value, _AND)) if name]


def shown(name: str) -> str:
    """The name in reading order: `Bingqin Li`, `Martin King Jr.`; a Chinese name stays family first, without a space: `李郇`."""
    parts = [decoded(part) for part in _parts(name, _COMMA)]
    if is_chinese(name):
        return "".join(parts).replace(" ", "")
    given, family_and_suffix = parts[-1:], parts[:-1]
    return " ".join(filter(None, given + family_and_suffix))


def for_pandoc(value: str) -> str:
    """The names for pandoc: Chinese ones as wholes, or it would put the given name first, or a full stop behind it."""
    return " and ".join(f"{{{shown(name)}}}" if is_chinese(name) else name for name in split(value))


def is_chinese(name: str) -> bool:
    """True for a name in Chinese characters alone."""
    return bool(HAN.search(name)) and not re.search(r"[A-Za-z\\]", name)


def _parts(text: str, separator: re.Pattern[str]) -> list[str]:
    """The text cut at separators that stand outside braces."""
    parts, depth, done = [], 0, 0
    for found in separator.finditer(text):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth == 0 and found[0][0] != "\\":
            parts.append(text[done : found.start()])
            done = found.end()
    return [*parts, text[done:]]
