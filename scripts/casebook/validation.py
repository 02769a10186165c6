"""Data into the model's classes; what does not fit becomes problems, in the words of editors and at the place of the fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from casebook.parts import Model
from casebook.problems import Place, Problem, nearest
from casebook.source import SOURCE_RULES, Document, Location, Value
from casebook.textfile import TEXTFILE_RULES, shortened
from casebook.values import SLUG, Choice

Kind = TypeVar("Kind", bound=Model)

READING_RULES = {
    **TEXTFILE_RULES,
    **SOURCE_RULES,
    "unknown-key": "Every key is the name of a field that its group has.",
    "missing-field": "Every required field is there.",
    "empty-field": "A field that is there has a value.",
    "wrong-type": "A value is of its field's kind: text, number, list, or group of fields.",
    "unknown-word": "A field with a closed list of words has one of them.",
    "wrong-form": "A value has its field's form: an id, a date, pinyin, Chinese characters, one line.",
    "too-few": "A list has as many items as its field asks for.",
    "out-of-range": "A number lies within its field's bounds.",
}
"""What each rule asks that a file's reading can find broken, by its id: a catalogue of rules begins with these."""


def validated(document: Document, cls: type[Kind], location: Location = ()) -> tuple[Kind | None, list[Problem]]:
    """The value at a location of the document as a `cls`, or a problem for everything in it that does not fit.

    A location that the document doesn't have is a KeyError. Keys are those written in YAML (`from`, never `from_`).
    """
    try:
        return cls.model_validate(document.at(location), by_alias=True, by_name=False), []
    except ValidationError as error:
        faults = list(_faults(error, document, cls, location))
    meant = {fault.meant for fault in faults if fault.meant}
    problems = {_problem(fault) for fault in faults if fault.kind != "missing" or fault.at not in meant}
    return None, sorted(problems)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One finding of pydantic, with the field that it is about, as far as there is one."""

    document: Document
    at: Location
    kind: str
    context: dict[str, Any]
    found: Value
    field: FieldInfo | None
    owner: type[Model]
    """The class whose field it is, or should be."""

    @property
    def key(self) -> str:
        return next((step for step in reversed(self.at) if isinstance(step, str)), "")

    @property
    def name(self) -> str:
        """The value as messages call it."""
        if not self.key:
            return "the file" if not self.at else "this item"
        return f"an item of '{self.key}'" if isinstance(self.at[-1], int) else f"'{shortened(self.key)}'"

    @property
    def help(self) -> str:
        return (self.field.description or "") if self.field else ""

    @property
    def meant(self) -> Location | None:
        """The field that a misspelt key was meant for: it is not called missing as well."""
        word = re.search(r"'(.*)'", nearest(self.key, self.unused)) if self.kind == "extra_forbidden" else None
        return (*self.at[:-1], word[1]) if word else None

    @property
    def unused(self) -> list[str]:
        """The keys that the group could still have."""
        group = self.document.at(self.at[:-1])
        return [key for key in _fields(self.owner) if not isinstance(group, dict) or key not in group]


def _faults(error: ValidationError, document: Document, cls: type[Model], location: Location) -> Iterator[_Fault]:
    """The findings, one for each value: where a field takes several kinds of value, pydantic reports each kind that failed."""
    told: set[Location] = set()
    for detail in error.errors(include_url=False):
        at = _real(document, location, detail)
        if len(at) < len(location) + len(detail["loc"]):
            if at in told:
                continue
            told.add(at)
        owner, field = _owner(cls, at[len(location) :])
        found = None if detail["type"] == "missing" else detail["input"]
        yield _Fault(document, at, detail["type"], detail.get("ctx", {}), found, field, owner)


def _real(document: Document, location: Location, detail: ErrorDetails) -> Location:
    """The location in the file: pydantic's own steps (`function-after`, `str`) that name no key or item are left out."""
    at = location
    for step in detail["loc"]:
        try:
            document.at((*at, step))
        except KeyError:
            if detail["type"] != "missing" or step != detail["loc"][-1]:
                continue
        at = (*at, step)
    return at


def _owner(cls: type[Model], at: Location) -> tuple[type[Model], FieldInfo | None]:
    """The class that a location ends in, and its field there."""
    field = None
    for step in at:
        if isinstance(step, int):
            continue
        if field is not None:
            cls = next((part for part in _classes(field) if issubclass(part, Model)), cls)
        field = _fields(cls).get(step)
    return cls, field


def _fields(cls: type[Model]) -> dict[str, FieldInfo]:
    """A class's fields by the keys that YAML has for them."""
    return {field.alias or name: field for name, field in cls.model_fields.items()}


def _classes(field: FieldInfo) -> Iterator[type]:
    """All classes in a field's type: `list[Statement] | None` has list, Statement and NoneType."""
    waiting: list[Any] = [field.annotation]
    while waiting:
        part = waiting.pop(0)
        waiting += get_args(part)
        if isinstance(part, type):
            yield part


# ---------- findings in words ----------


def _problem(fault: _Fault) -> Problem:
    if fault.kind != "missing" and fault.kind != "extra_forbidden" and fault.found is None:
        return _empty(fault)
    tell = _TELLERS.get(fault.kind)
    if tell is None:
        tell = _wrong_type if fault.kind in _EXPECTED else _wrong_bound if fault.kind in _BOUNDS else _wrong_form
    return tell(fault)


def _made(fault: _Fault, rule: str, message: str, remedy: str, place: Place | None = None) -> Problem:
    return Problem(place or fault.document.place(fault.at), rule, message, remedy.strip())


def _unknown_key(fault: _Fault) -> Problem:
    known = _fields(fault.owner)
    homes = [name for name, field in known.items() if any(fault.key in _fields(part) for part in _models(field))]
    remedy = nearest(fault.key, fault.unused)
    if not remedy and homes:
        remedy = f"It is a field of {_listed(homes)}: indent it under that."
    remedy = remedy or f"The fields that can still stand here are {_listed(fault.unused)}."
    return _made(fault, "unknown-key", f"{fault.name} is no field of this group", remedy, fault.document.key_place(fault.at))


def _models(field: FieldInfo) -> Iterator[type[Model]]:
    """The group that a field holds; a list's items have groups of their own, under which nothing can simply be indented."""
    parts = list(_classes(field))
    return iter(()) if list in parts else (part for part in parts if issubclass(part, Model))


def _missing(fault: _Fault) -> Problem:
    label = f" ({fault.field.title})" if fault.field and fault.field.title else ""
    return _made(fault, "missing-field", f"the field {fault.name}{label} is missing in this group", f"Add it. {fault.help}")


def _empty(fault: _Fault) -> Problem:
    is_item = isinstance(fault.at[-1], int) if fault.at else False
    dispensable = is_item or (fault.field is not None and not fault.field.is_required())
    remedy = f"{'Fill it, or take the line out.' if dispensable else 'Fill it.'} {fault.help}"
    return _made(fault, "empty-field", f"{fault.name} is empty", remedy, fault.document.key_place(fault.at))


def _wrong_type(fault: _Fault) -> Problem:
    expected = _EXPECTED[fault.kind]
    message = f"{fault.name} must be {expected}; found {_found(fault.found)}"
    return _made(fault, "wrong-type", message, _remedy_for_type(expected, fault))


def _unknown_word(fault: _Fault) -> Problem:
    words = [str(word) for part in (_classes(fault.field) if fault.field else ()) if issubclass(part, Choice) for word in part]
    close = nearest(fault.found, words) if isinstance(fault.found, str) else ""
    message = f"{fault.name} can't be {_found(fault.found)}"
    return _made(fault, "unknown-word", message, f"{close} The words are {_listed(words)}.")


def _too_long(fault: _Fault) -> Problem:
    most, found = fault.context.get("max_length", 0), fault.found
    if isinstance(found, str):
        message = f"{fault.name} has {len(found)} letters; {most} are the most"
        return _made(fault, "too-long", message, "Shorten it, or divide it.")
    return _made(fault, "too-long", f"{fault.name} has more than {most} items", "Take some out.")


def _too_short(fault: _Fault) -> Problem:
    if isinstance(fault.found, str):
        return _empty(fault)
    least, count = fault.context.get("min_length", 1), fault.context.get("actual_length", 0)
    message = f"{fault.name} needs at least {least} {'item' if least == 1 else 'items'}; found {count or 'none'}"
    return _made(fault, "too-few", message, fault.help)


def _wrong_pattern(fault: _Fault) -> Problem:
    if fault.context.get("pattern") != f"^{SLUG.pattern}$":
        return _wrong_form(fault)
    plain = "-".join(re.findall("[a-z0-9]+", str(fault.found).lower()))
    message = f"{fault.name} must be an id of lower-case letters a to z, digits and single hyphens: {_found(fault.found)}"
    return _made(fault, "wrong-form", message, f"Write '{shortened(plain)}', if that is its id." if plain else fault.help)


def _wrong_form(fault: _Fault) -> Problem:
    """A validator of our own says what must be (`must be a date ...`); of anything else, the field's help is told."""
    said = str(fault.context.get("error", ""))
    wish = said if said.startswith("must ") else "does not have the form that it must"
    found = f": {_found(fault.found)}" if isinstance(fault.found, str | int) else ""
    return _made(fault, "wrong-form", f"{fault.name} {wish}{found}", fault.help)


def _wrong_bound(fault: _Fault) -> Problem:
    word, name = _BOUNDS[fault.kind]
    limit = fault.context.get(name, "")
    limit = int(limit) if isinstance(limit, float) and limit.is_integer() else limit
    return _made(fault, "out-of-range", f"{fault.name} must be {word} {limit}; found {_found(fault.found)}", fault.help)


def _found(value: Value) -> str:
    """A value as messages quote it, in words of YAML and not of Python."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"'{str(value).lower()}'"
        case int():
            return f"the number {value}"
        case str():
            return f"'{shortened(value)}'"
        case dict():
            return "a group of fields"
        case _:
            return "a list"


def _remedy_for_type(expected: str, fault: _Fault) -> str:
    found = fault.found
    if expected == "text" and isinstance(found, int):
        return f'Put it in quotes: "{str(found).lower() if isinstance(found, bool) else found}".'
    if expected == "text" and isinstance(found, dict):
        return "If the colon or the brace belongs to the text, put the whole text in quotes, or on a line of its own under '>-'."
    if expected == "text":
        return "Write one text; if the brackets or the hyphen belong to it, put it in quotes."
    if expected == "a list":
        return "Begin each item on a line of its own with '- '."
    if expected == "a group of fields" and isinstance(found, str) and "：" in found:
        return "Write ':' and a space after a key, not the full-width '：'."
    if expected == "a group of fields":
        return "Write its fields on the lines below it, indented by two spaces, each with ': ' after its name."
    return fault.help


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_EXPECTED = {
    **dict.fromkeys(("string_type", "string_sub_type", "string_unicode"), "text"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), "a list"),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type"), "a group of fields"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing", "finite_number"), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "'true' or 'false'"),
    "none_required": "empty",
}
"""What an editor should have written, by pydantic's name for its finding."""

_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}

_TELLERS: dict[str, Callable[[_Fault], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "enum": _unknown_word,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_pattern_mismatch": _wrong_pattern,
}
