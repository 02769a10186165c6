"""The model about itself: which fields each group has, what they hold, and how their values are written."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from casebook.model import KINDS
from casebook.parts import Model
from casebook.values import Choice


def optional(annotation: Any) -> bool:
    """Whether a field may be left out because it may be nothing."""
    return get_origin(annotation) in (Union, types.UnionType)


def inner(annotation: Any) -> tuple[type | None, bool]:
    """The class within a list, an optional or an annotated type, and whether there may be many."""
    if get_origin(annotation) is Annotated:
        return inner(get_args(annotation)[0])
    if get_origin(annotation) is list:
        return inner(get_args(annotation)[0])[0], True
    if optional(annotation):
        return inner(next(part for part in get_args(annotation) if part is not type(None)))
    return (annotation, False) if isinstance(annotation, type) else (None, False)



PLAIN = {
    "str": "text", "int": "whole number", "float": "number", "Decimal": "number", "Prose": "Markdown", "PartialDate": "date", "bool": "true or false",
}  # fmt: skip
"""What editors call the plain kinds of value."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as a codebook lists it: its key in YAML, its label for readers, its help for editors, what it holds."""

    key: str
    label: str
    help: str
    holds: type | None
    many: bool
    required: bool

    @property
    def form(self) -> str:
        """What the value is: a group of this name, one of a list of words, or a plain kind of value."""
        name = self.holds.__name__ if self.holds else "text"
        return PLAIN.get(name, name)

    @property
    def group(self) -> bool:
        return bool(self.holds and issubclass(self.holds, Model | Choice))


def rows(model: type[Model]) -> list[FieldRow]:
    """The fields of a group, in their order."""
    return [_row(name, info) for name, info in model.model_fields.items()]


def _row(name: str, info: FieldInfo) -> FieldRow:
    holds, many = inner(info.annotation)
    return FieldRow(info.alias or name, str(info.title), info.description or "", holds, many, info.is_required())


def groups() -> list[type[Model]]:
    """Every group of fields: the kinds of page, then their parts in the order in which they come up."""
    found: dict[type[Model], None] = dict.fromkeys(KINDS)
    queue: list[type[Model]] = list(KINDS)
    while queue:
        for part in _parts(queue.pop(0), Model):
            if part not in found:
                found[part] = None
                queue.append(part)
    return list(found)


def vocabularies() -> list[type[Choice]]:
    """Every closed list of words, in the order in which it comes up."""
    return list(dict.fromkeys(choice for group in groups() for choice in _parts(group, Choice)))


def _parts(model: type[Model], base: type) -> Iterator[Any]:
    return (row.holds for row in rows(model) if row.holds and issubclass(row.holds, base))
