"""The text of one file, or why it can't be had: only regular files under the root, only UTF-8, only letters that show."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from pathlib import Path

from casebook.problems import Place, Problem

SIZE_LIMIT = 400_000
"""Bytes in one file, some fifty times a long case: what is larger was put there by mistake or in bad faith."""
SHOWN_LIMIT = 20
"""Problems of one kind named in one file: a damaged file has the same fault on every line."""

TEXTFILE_RULES = {
    "missing-file": "Every file that the book needs is there and can be opened.",
    "strange-file": "Content stands in plain files inside the project: no links that lead out, no devices.",
    "file-size": f"A file has at most {SIZE_LIMIT // 1000} kB.",
    "encoding": "Files are saved as UTF-8.",
    "hidden-character": "Every character shows: none without width, none that controls or turns the direction of reading.",
}
"""What each rule of this module asks, by its id."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, all but tab and line feed
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # soft hyphen, joiners, fillers: letters that draw nothing
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero width, invisible line ends, overrides of direction
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\ufffd\ufffe\uffff"  # halves of letters, private letters, lost letters
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"  # tags, and all that has no agreed meaning
    "|^[ \t]*[\xa0\u2000-\u200a\u202f\u205f\u3000]",  # an indentation that is not made of spaces, although it looks so
    re.MULTILINE,
)
_SO_CALLED_PRINTABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\ufffd]")
"""Those of the hidden that Python calls printable."""
_RETYPE = "Delete it, and type anew what stands around it."
_FAMILIES = (
    (re.compile("\x00"), "a NUL character", "This is not a text file, or one in UTF-16: save it as UTF-8."),
    (re.compile("\ufffd"), "the mark of a lost letter", "A conversion destroyed the letter: put in what the source has."),
    (re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"), "a character that turns the direction of reading", _RETYPE),
    (re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]"), "a letter that only some fonts have", "Type the real letter."),
    (re.compile("[ \t]*[\xa0\u2000-\u200a\u202f\u205f\u3000]"), "a wide space at the start", "Indent with ordinary spaces."),
    (re.compile("[\x00-\x1f\x7f-\x9f]"), "a control character", _RETYPE),
    (re.compile(""), "an invisible character", _RETYPE),
)
"""What a hidden character is and what to do; the first that fits is told."""


def read_text(root: Path, file: str, limit: int = SIZE_LIMIT) -> tuple[str | None, list[Problem]]:
    """The text of `file`, a path relative to `root`, with line ends as line feeds and a byte order mark dropped.

    Without text there is at least one problem; with text there is none.
    """
    data, problem = _bytes(root, file, limit)
    if data is None:
        return None, [problem] if problem else []
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, data, error.start)]
    text = _with_line_feeds(text)
    problems = hidden_characters(text, file)
    return (None, problems) if problems else (text, [])


def hidden_characters(text: str, file: str) -> list[Problem]:
    """A problem for each of the first characters that a reader can't see, or that can't be what an editor meant."""
    # The pattern takes three times as long as this question, and nearly every file is clean.
    if text.replace("\n", "").isprintable() and not _SO_CALLED_PRINTABLE.search(text):
        return []
    return [_hidden(text, file, found) for found in islice(_HIDDEN.finditer(text), SHOWN_LIMIT)]


def place_at(text: str, file: str, index: int) -> Place:
    """The place of a text's letter, counted from 0."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def shortened(text: str, limit: int = 40) -> str:
    """A text as messages quote it: on one line, its end left out if it is long."""
    words = " ".join(text[: 2 * limit].split())
    return words if len(words) <= limit and len(text) <= 2 * limit else f"{words[: limit - 4].rstrip()} ..."


def _bytes(root: Path, file: str, limit: int) -> tuple[bytes | None, Problem | None]:
    try:  # Before Python 3.13 a loop of links is a RuntimeError; NUL in a path is a ValueError.
        path = (root / file).resolve(strict=True)
        strange = _strangeness(root.resolve(), path)
        if strange:
            return None, Problem(Place(file), "strange-file", strange, "Put a plain file in its place.")
        with path.open("rb") as opened:
            data = opened.read(limit + 1)
    except (OSError, RuntimeError, ValueError) as error:
        message = f"the file can't be read: {_reason(error)}"
        return None, Problem(Place(file), "missing-file", message, "See that it is there and may be read.")
    if len(data) > limit:
        message = f"the file has more than {limit // 1000} kB"
        return None, Problem(Place(file), "file-size", message, "Divide it, or take out what is no text.")
    return data.removeprefix(codecs.BOM_UTF8), None


def _strangeness(root: Path, path: Path) -> str:
    if not path.is_relative_to(root):
        return "the path leads out of the project"
    # Opening a pipe or a device would wait for ever; so the kind is asked first.
    return "" if path.is_file() else "this is no plain file"


def _reason(error: Exception) -> str:
    words = getattr(error, "strerror", None)
    return str(words).lower() if words else "its path leads nowhere"


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(file: str, data: bytes, start: int) -> Problem:
    save = "Open the file in the encoding it was written in, and save it as UTF-8."
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return Problem(Place(file), "encoding", "the file is written in UTF-16", save)
    before = _with_line_feeds(data[:start].decode())
    place = place_at(before, file, len(before))
    message = f"the file is not written in UTF-8 ({_guess(data[start:])}); the first letter that can't be read stands here"
    return Problem(place, "encoding", message, save)


def _guess(rest: bytes) -> str:
    """Two bytes above ASCII in a row are a Chinese letter in GBK; a European letter stands alone in Latin-1."""
    return "perhaps in GBK" if rest[1:2] >= b"\x81" else "perhaps in Latin-1"


def _hidden(text: str, file: str, found: re.Match[str]) -> Problem:
    letter = found[0][-1]
    name, remedy = next((name, remedy) for form, name, remedy in _FAMILIES if form.match(found[0]))
    place = place_at(text, file, found.end() - 1)
    return Problem(place, "hidden-character", f"{name} (U+{ord(letter):04X}) stands here", remedy)
