"""A blank file for a new entry, made from the model: every field in order with its help, the required ones filled in with a start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from casebook.fields import inner, optional
from casebook.model import Entry
from casebook.parts import Model
from casebook.values import Choice, PartialDate

SAMPLES = {
    "chinese": "名称", "pinyin": "míngchēng", "themes": "[state-initiation]", "actor": "resident", "roles": "[takes part]",
    "text": ">-\n{indent}  What happened, in one to three sentences. [@KEY, place in the source]", "citation": '"[@KEY, place in the source]"',
    "status": "unknown", "written": "{today}",
}
"""What stands in a blank where a plain placeholder would not be valid."""


def blank(kind: type[Entry], today: str, title: str) -> str:
    """The text of a new file. `today` is the date of writing, `title` the entry's title."""
    lines = [f"# A new {kind.kind}. Fill in, take out what stays empty, then run: python scripts/check.py"]
    lines += _fields(kind, "")
    return "\n".join(lines).replace("{today}", today).replace("title: ...", f"title: {_quoted(title)}", 1) + "\n"


def _quoted(title: str) -> str:
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fields(model: type[Model], indent: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield f"{indent}# {info.title}: {info.description}{_choices(info.annotation)}"
        if info.is_required() or _group(info):
            yield from _written(info.alias or name, info, indent)
        else:
            yield f"{indent}# {name}:"


def _written(name: str, info: FieldInfo, indent: str) -> Iterator[str]:
    kind, many = inner(info.annotation)
    if kind is not None and issubclass(kind, Model):
        lines = list(_fields(kind, indent + ("    " if many else "  ")))
        empty = all(line.lstrip().startswith("#") for line in lines)
        yield f"{indent}{'# ' * empty}{name}:"
        yield from _as_item(lines, indent) if many else lines
    else:
        yield f"{indent}{name}: {_sample(name, kind, many).replace('{indent}', indent)}"


def _as_item(lines: list[str], indent: str) -> Iterator[str]:
    """Fields as the first item of a list: the dash goes before the first of them that is no comment."""
    first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
    for at, line in enumerate(lines):
        yield f"{indent}  - {line[len(indent) + 4 :]}" if at == first else line


def _group(info: FieldInfo) -> bool:
    """A group of fields that may be empty is still shown, so that its fields are known."""
    kind, many = inner(info.annotation)
    return bool(kind and issubclass(kind, Model) and not many and not optional(info.annotation))


def _choices(annotation: Any) -> str:
    kind, _ = inner(annotation)
    return f" One of: {', '.join(map(str, kind))}." if kind is not None and issubclass(kind, Choice) else ""


def _sample(name: str, inner: type | None, many: bool) -> str:
    if name in SAMPLES:
        return SAMPLES[name]
    value = "..."
    if inner is not None and issubclass(inner, Choice):
        value = str(next(iter(inner)))
    elif inner is PartialDate:
        value = "2012"
    elif inner in (int, float):
        value = "0"
    return f"[{value}]" if many else value
