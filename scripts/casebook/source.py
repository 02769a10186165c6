"""YAML with places: plain data, and for every key and value the line and column where it stands.

The only module that knows PyYAML. It reads a strict part of YAML: groups, lists and texts; no aliases, no tags, no second
document, and no word that turns into something else: `no` stays a word and `2014-05-01` stays a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import yaml

from casebook.problems import Place, Problem
from casebook.scalars import index_in_scalar
from casebook.syntax import IN_QUOTES, explained
from casebook.textfile import hidden_characters, place_at, read_text, shortened
from casebook.values import TEXT_LIMIT

__all__ = ["SOURCE_RULES", "Document", "Location", "Value", "parse", "read", "read_text"]

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | None"
Location: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: `("participation", "gap", 0, "text")`."""

DEPTH_LIMIT = 12
"""Groups and lists inside each other; the model needs six."""
VALUES_LIMIT = 20_000
"""Values in one file, a hundred times a long case."""
KEY_LIMIT = 200
"""Letters in a key; a longer one is a sentence with a colon in it."""
PROBLEMS_LIMIT = 100
"""After so many problems in one file, no more are looked for."""

SOURCE_RULES = {
    "yaml-syntax": "The file can be read as YAML.",
    "alias": "Nothing is written once and referred to by `&name` and `*name`: every entry is read by itself.",
    "tag": "No value has a type written before it, such as `!!str`.",
    "several-documents": "A file holds one document: `---` stands at most at its top.",
    "too-deep": f"Groups and lists lie at most {DEPTH_LIMIT} deep in each other.",
    "too-many-values": f"A file has at most {VALUES_LIMIT} values.",
    "duplicate-key": "No key stands twice in one group, not even in other letters.",
    "key-not-text": "A key is a short word.",
    "too-long": "A text has no more letters than its field takes.",
    "merge-key": "No group is merged into another by `<<`.",
}
"""What each rule of this module asks, by its id."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file's data, plain and with the places of all its parts."""

    file: str
    data: Value
    _text: str = field(repr=False)
    _values: dict[Location, int] = field(repr=False)
    _keys: dict[Location, int] = field(repr=False)

    def at(self, location: Location) -> Value:
        """The value at a location; KeyError if there is none."""
        value = self.data
        for step in location:
            if isinstance(value, dict) and step in value and isinstance(step, str):
                value = value[step]
                continue
            if not isinstance(value, list) or not isinstance(step, int) or not 0 <= step < len(value):
                raise KeyError(location)
            value = value[step]
        return value

    def place(self, location: Location) -> Place:
        """Where the value stands; for a value that is not there, the nearest group or list around it."""
        while location and location not in self._values:
            location = location[:-1]
        return place_at(self._text, self.file, self._values.get(location, 0))

    def key_place(self, location: Location) -> Place:
        """Where the key of the value stands; a list's item has none, so it is the item's own place."""
        if location not in self._keys:
            return self.place(location)
        return place_at(self._text, self.file, self._keys[location])

    def text_place(self, location: Location, offset: int) -> Place:
        """Where a text's letter stands, counted from 0 in the text as the model keeps it: trimmed, its accents composed.

        Line and column are those of the letter, however the text is written: plain, quoted, folded or literal, on one
        line or many. For a space it is the place right after the letter before it.
        """
        try:
            value = self.at(location)
        except KeyError:
            return self.place(location)
        if not isinstance(value, str):
            return self.place(location)
        return place_at(self._text, self.file, index_in_scalar(self._text, self._values[location], value, offset))

    def line(self, number: int) -> str:
        """The line of the file with this number, counted from 1, as it is written; empty past the end."""
        lines = self._text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


def read(root: Path, file: str) -> tuple[Document | None, list[Problem]]:
    """The document in a file under `root`; see `read_text` and `parse`."""
    text, problems = read_text(root, file)
    return parse(text, file) if text is not None else (None, problems)


def parse(text: str, file: str) -> tuple[Document | None, list[Problem]]:
    """The document in a text, and all that is wrong with its form.

    A document may come with problems, when its shape is still certain: it can then be searched for further problems, but is
    not what the editor meant. There is none where going on would only blame the editor for what follows from the first fault.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = hidden_characters(text, file)
    if problems:
        return None, problems
    reader = _Reader(text, file)
    reader.read()
    problems = sorted(reader.problems)
    return (None if reader.broken else Document(file, reader.data, text, reader.values, reader.keys)), problems


@dataclass(slots=True)
class _Open:
    """A group or list whose end is not yet read; in a group, `key` waits for its value."""

    at: Location
    group: dict[str, Value] | None
    items: list[Value]
    key: str | None = None
    known: dict[str, str] = field(default_factory=dict)
    """The group's keys by their folded form."""
    dropped: list[str] = field(default_factory=list)
    """Stand-ins for keys that can't stand: their values are read, for what is wrong in them, and then forgotten."""


class _Reader:
    """Turns the parser's events into data and places in one pass, with a stack of its own: nesting can't exhaust Python's.

    PyYAML's own loader would read the text in three passes, resolve aliases by itself, and let the last of two equal keys win.
    """

    def __init__(self, text: str, file: str) -> None:
        self.data: Value = None
        self.values: dict[Location, int] = {}
        self.keys: dict[Location, int] = {}
        self.problems: list[Problem] = []
        self.broken = False
        self._text, self._file = text, file
        self._open: list[_Open] = []
        self._documents = 0
        self._over = False

    def read(self) -> None:
        take: dict[type, Callable[..., None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._begin,
            yaml.SequenceStartEvent: self._begin,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        loader = yaml.CSafeLoader(self._text)
        try:
            while not self._over and type(event := loader.get_event()) is not yaml.StreamEndEvent:
                handler = take.get(type(event))
                if handler:
                    handler(event)
        except yaml.YAMLError as error:
            self._syntax(error)
        finally:
            loader.dispose()

    # ---------- what the parser meets ----------

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag or event.anchor:
            self._refuse_properties(event)
        if self._key_is_due():
            self._key(event)
        elif len(event.value) > TEXT_LIMIT:
            message = f"this text has {len(event.value)} letters; {TEXT_LIMIT} are the most"
            self._report(event, "too-long", message, "Divide it into statements, or shorten it.")
            self._put(event.value[:TEXT_LIMIT], _start(event))
        else:
            self._put(event.value if event.style else _meaning(event.value), _start(event))

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if event.tag or event.anchor:
            self._refuse_properties(event)
        if self._key_is_due():
            self._stop(event, "key-not-text", "a group or list stands where a key should", IN_QUOTES)
        elif len(self._open) == DEPTH_LIMIT:
            self._stop(event, "too-deep", f"groups and lists lie more than {DEPTH_LIMIT} deep here", IN_QUOTES)
        else:
            group: dict[str, Value] | None = {} if type(event) is yaml.MappingStartEvent else None
            items: list[Value] = []
            at = self._put(items if group is None else group, _start(event))
            self._open.append(_Open(at, group, items))

    def _end(self, event: yaml.Event) -> None:
        ended = self._open.pop()
        for key in ended.dropped:
            if ended.group:
                ended.group.pop(key, None)

    def _alias(self, event: yaml.AliasEvent) -> None:
        message = f"'*{shortened(event.anchor or '')}' refers to another place, which is not followed"
        self._report(event, "alias", message, "Write the value out; if the asterisk belongs to a text, put the text in quotes.")
        self.broken = True
        if self._key_is_due():
            self._over = True
        else:
            self._put(None, _start(event))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            remedy = "Leave out the line '---', or make two files."
            self._stop(event, "several-documents", "a second document begins here", remedy)

    # ---------- what becomes of it ----------

    def _key_is_due(self) -> bool:
        return bool(self._open) and self._open[-1].group is not None and self._open[-1].key is None

    def _key(self, event: yaml.ScalarEvent) -> None:
        top, key = self._open[-1], event.value
        if self._refuses_key(event, key) or self._repeats_key(event, top):
            key += "\0"  # No key of a file can be this: NUL is refused before.
            top.dropped.append(key)
        top.key = key
        self.keys[(*top.at, key)] = _start(event)

    def _refuses_key(self, event: yaml.ScalarEvent, key: str) -> bool:
        if key == "<<":
            self._report(event, "merge-key", "'<<' would merge another group into this one", "Write the fields out.")
        elif not event.style and not isinstance(_meaning(key), str):
            message = f"'{key}' can't be a key" if key else "the key before this colon is missing"
            self._report(event, "key-not-text", message, "Begin with a word, then a colon and a space, then the value.")
        elif len(key) > KEY_LIMIT:
            self._report(event, "key-not-text", f"'{shortened(key)}' is too long for a key", IN_QUOTES)
        else:
            return False
        return True

    def _repeats_key(self, event: yaml.ScalarEvent, top: _Open) -> bool:
        first = top.known.setdefault(_folded(event.value), event.value)
        if (*top.at, first) not in self.keys:
            return False
        place = place_at(self._text, self._file, self.keys[(*top.at, first)])
        name = f"'{shortened(event.value)}'" + ("" if first == event.value else f" repeats '{shortened(first)}', which")
        message = f"{name} stands already in this group: {place}"
        self._report(event, "duplicate-key", message, "Put both together, or take one out.")
        return True

    def _put(self, value: Value, index: int) -> Location:
        """Sets a value into the group or list that is open, and returns its location."""
        at: Location = ()
        if not self._open:
            self.data = value
        elif (top := self._open[-1]).group is None:
            at = (*top.at, len(top.items))
            top.items.append(value)
        elif top.key is not None:
            at = (*top.at, top.key)
            top.group[top.key] = value
            top.key = None
        self.values[at] = index
        if len(self.values) > VALUES_LIMIT:
            self._over_limit(index)
        return at

    # ---------- what is wrong with it ----------

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self.broken = True
        if event.anchor:
            message = f"'&{shortened(event.anchor)}' gives the value a name for use elsewhere"
            self._report(event, "alias", message, "Take it out; if it belongs to a text, put the text in quotes.")
        if event.tag:
            message = f"'{shortened(event.tag)}' gives the value a type, or runs code elsewhere"
            self._report(event, "tag", message, "Take it out; if the exclamation mark belongs to a text, put the text in quotes.")

    def _over_limit(self, index: int) -> None:
        self.broken = self._over = True
        place = place_at(self._text, self._file, index)
        self.problems.append(Problem(place, "too-many-values", f"the file has more than {VALUES_LIMIT} values", "Divide it."))

    def _report(self, event: yaml.Event, rule: str, message: str, remedy: str) -> None:
        place = place_at(self._text, self._file, _start(event))
        self.problems.append(Problem(place, rule, message, remedy))
        if len(self.problems) == PROBLEMS_LIMIT:
            self.broken = self._over = True

    def _stop(self, event: yaml.Event, rule: str, message: str, remedy: str) -> None:
        self._report(event, rule, message, remedy)
        self.broken = self._over = True

    def _syntax(self, error: yaml.YAMLError) -> None:
        self.broken = True
        at, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        complaint = str(getattr(error, "problem", ""))
        fault = explained(self._text, complaint, at.index if at else 0, begun.index if begun else 0)
        place = place_at(self._text, self._file, fault.index)
        self.problems.append(Problem(place, "yaml-syntax", fault.message, fault.remedy))


def _start(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.index if mark is not None else 0


_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")


def _meaning(text: str) -> str | int | bool | None:
    """What a plain word means. Everything but these is text: `no`, `08`, `1:30`, `1e3`, `2014-05-01`, `=`."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if text[0] in "-0123456789" and _INTEGER.fullmatch(text) else text


@lru_cache(maxsize=1_000)
def _folded(key: str) -> str:
    """What two keys share that an editor would take for the same."""
    return unicodedata.normalize("NFC", key).casefold()
