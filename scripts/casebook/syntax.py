"""What an editor most likely did where the YAML parser gave up: its own words name tokens, not mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

IN_QUOTES = "If the sign belongs to a text, put the whole text in quotes, or on a line of its own under '>-'."
INDENT = "Indent with two spaces for each level, and begin the fields of one group in one column."


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake in the form of a file: the index of the letter where it stands, what is wrong, and what to do."""

    index: int
    message: str
    remedy: str


def explained(text: str, complaint: str, index: int, start: int) -> Fault:
    """The mistake behind a parser's complaint; `index` is where it stopped, `start` where that began which it was reading."""
    spot = _Spot(text, complaint, index, start)
    for habit in _HABITS:
        if fault := habit(spot):
            return fault
    remedy = "Compare the line and the one above with other files: indentation, quotes, colons."
    return Fault(index, "this can't be read as YAML", remedy)


@dataclass(frozen=True, slots=True)
class _Spot:
    text: str
    complaint: str
    index: int
    start: int

    def says(self, words: str) -> bool:
        return words in self.complaint

    @property
    def letter(self) -> str:
        return self.text[self.index : self.index + 1]

    @property
    def first_letter(self) -> str:
        return self.text[self.start : self.start + 1]

    @property
    def before(self) -> str:
        """The line up to where the parser stopped."""
        return self.text[self.text.rfind("\n", 0, self.index) + 1 : self.index]

    def find(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """The form at the head of a line that may hold the mistake: where the parser began, stopped, or the line before."""
        here = self.text.rfind("\n", 0, self.index) + 1
        above = self.text.rfind("\n", 0, max(here - 1, 0)) + 1
        began = self.text.rfind("\n", 0, self.start) + 1
        return form.match(self.text, here) or form.match(self.text, above) or form.match(self.text, began)


_WIDE_COLON = re.compile(r"[ ]*(?:- )*[\w-]+ *(?=：)")
_CLOSE_COLON = re.compile(r"[ ]*(?:- )*[a-z_]+(?=:[^\s:/])")
_KEY_BEFORE = re.compile(r"\s*(?:- )*[^\s'\"][^:]*: +\S")


def _tab(spot: _Spot) -> Fault | None:
    if spot.letter != "\t" and not spot.says("tab"):
        return None
    return Fault(spot.index, "a tab stands where spaces should", INDENT)


def _open_quote(spot: _Spot) -> Fault | None:
    if spot.first_letter not in ("'", '"') or not (spot.says("end of stream") or spot.says("document indicator")):
        return None
    return Fault(spot.start, "this quotation mark is never closed", f"Close it at the end of the text. {IN_QUOTES}")


def _wide_colon(spot: _Spot) -> Fault | None:
    found = spot.find(_WIDE_COLON)
    remedy = "Write ':' and a space, in half-width letters."
    return Fault(found.end(), "a full-width colon '：' follows the key", remedy) if found else None


def _close_colon(spot: _Spot) -> Fault | None:
    found = spot.find(_CLOSE_COLON) if spot.says("mapping values") or spot.says("expected ':'") else None
    return Fault(found.end(), "no space follows the colon of a key", "Write a space after the colon.") if found else None


def _bracketed_text(spot: _Spot) -> Fault | None:
    """`text: [@key, p. 1] says ...`: a text that begins with its citation."""
    found = re.search(r"(?:^|: +|- +)(?=([\[{]))", spot.before)
    if not found or not spot.letter or spot.says("mapping values"):
        return None
    index = spot.index - len(spot.before) + found.end()
    message = f"what begins with '{found[1]}' is a list or group; this one doesn't end where its bracket closes"
    return Fault(index, message, IN_QUOTES)


def _bad_beginning(spot: _Spot) -> Fault | None:
    if spot.says("cannot start any token") or spot.says("node content") or spot.says("directive"):
        index = spot.start if spot.says("directive") else spot.index
    elif spot.first_letter in ("*", "&", "!", ">", "|") and spot.start < spot.index:
        index = spot.start
    else:
        return None
    letter = spot.text[index : index + 1]
    return Fault(index, f"a text can't begin with '{letter}'" if letter.strip() else "a value is missing here", IN_QUOTES)


def _colon_in_text(spot: _Spot) -> Fault | None:
    if not spot.says("mapping values") or not (_KEY_BEFORE.match(spot.before) or " " in spot.before.strip(" -")):
        return None
    return Fault(spot.index, "a colon with a space inside a text begins a new field", IN_QUOTES.replace("sign", "colon"))


def _field_under_value(spot: _Spot) -> Fault | None:
    if not spot.says("mapping values"):
        return None
    index = spot.index - len(spot.before.lstrip())
    remedy = f"{INDENT} A text of several lines begins with '>-'."
    return Fault(index, "this field is indented under one that has a value already", remedy)


def _list_on_key_line(spot: _Spot) -> Fault | None:
    if not spot.says("block sequence entries"):
        return None
    return Fault(spot.index, "a list begins on the line of its key", "Begin it on the next line, or write it as [one, two].")


def _after_the_end(spot: _Spot) -> Fault | None:
    last = spot.before.rstrip()[-1:]
    if last not in ("'", '"', "]", "}") or not spot.says("expected"):
        return None
    what = "quotation mark" if last in "'\"" else "bracket"
    remedy = "In a text between single quotes, write two for an apostrophe. " if last == "'" else ""
    return Fault(spot.index, f"the text goes on after the closing {what}", f"{remedy}{IN_QUOTES.replace('sign', what)}")


def _no_colon(spot: _Spot) -> Fault | None:
    if not spot.says("expected ':'"):
        return None
    remedy = "Write 'key: value'; a line that goes on with the text above is indented further than its key."
    return Fault(spot.start, "this line is neither a field nor part of the text above", remedy)


def _open_bracket(spot: _Spot) -> Fault | None:
    if not spot.says("','"):
        return None
    message = f"what begins with '{spot.first_letter}' here is not closed, or lacks a comma"
    return Fault(spot.start, message, f"Close it. {IN_QUOTES}")


def _bad_escape(spot: _Spot) -> Fault | None:
    if not spot.says("escape"):
        return None
    message = "a backslash in a text between double quotes has a meaning of its own"
    return Fault(spot.index, message, "Use single quotes, or write two backslashes.")


def _bad_indentation(spot: _Spot) -> Fault | None:
    if spot.says("'-' indicator"):
        return Fault(spot.index, "this line stands at the same level as a list, but doesn't begin with '- '", INDENT)
    if spot.says("expected key") and spot.text.startswith("- ", spot.index):
        return Fault(spot.index, "a list's item stands here among the fields of a group", INDENT)
    if spot.says("expected key") or spot.says("document start"):
        return Fault(spot.index, "this line is indented neither like the one above nor like any group around it", INDENT)
    return None


_HABITS: tuple[Callable[[_Spot], Fault | None], ...] = (
    _tab,
    _open_quote,
    _wide_colon,
    _close_colon,
    _bracketed_text,
    _bad_beginning,
    _bad_escape,
    _colon_in_text,
    _field_under_value,
    _list_on_key_line,
    _after_the_end,
    _no_colon,
    _open_bracket,
    _bad_indentation,
)
"""From the surest sign to the vaguest; the first that fits is told."""
