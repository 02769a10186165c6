"""Templates that write Markdown: plain words are escaped for Markdown and HTML alike, Markdown from the content is let through."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebook.values import HAN, Prose

_SPECIAL = re.compile(r"[&<>\"'*_`\[\]#|~^@\\{}!:]")
_BESIDE_HAN = r"[\s，。、；：？！“”‘’（）《》〈〉〔〕·—…0-9A-Za-z]"
_HAN_RUN = re.compile(rf"{HAN.pattern}(?:{_BESIDE_HAN}{{0,2}}{HAN.pattern})*[》”’）]?")


def escaped(text: str) -> Markup:
    """Plain words as entities wherever a letter could mean something to Markdown or HTML, also inside attributes."""
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text))


def shown(value: object) -> Markup:
    """What a template prints: Markdown texts as they are, all else escaped. A missing value is our mistake, so None is refused."""
    if value is None:
        raise ValueError("a template printed a value that is not there")
    if isinstance(value, Markup):
        return value
    return Markup(value) if isinstance(value, Prose) else escaped(str(value))


def number(value: Decimal) -> str:
    """`1234567` as `1,234,567`; decimals as the source gives them."""
    return f"{value:,f}"


def with_languages(page: str) -> str:
    """HTML with every run of Chinese in its text marked `lang="zh-Hans"`, unless its element says so already."""
    parts = re.split(r"(<[^>]*>)", page)
    depth: list[bool] = []
    for at, part in enumerate(parts):
        if at % 2:
            _follow(part, depth)
        elif not any(depth) and HAN.search(part):
            parts[at] = _HAN_RUN.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', part)
    return "".join(parts)


_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def _follow(tag: str, depth: list[bool]) -> None:
    """Keeps the stack of open elements: True for one that is Chinese already, or whose text is no prose."""
    name = re.match(r"</?([A-Za-z][\w-]*)", tag)
    if not name or tag.endswith("/>") or name[1].lower() in _VOID:
        return
    if tag.startswith("</"):
        del depth[-1:]
    else:
        depth.append('lang="zh' in tag or name[1].lower() in ("script", "style", "title", "svg"))


def plain(markup: str) -> str:
    """The words of a piece of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


class Templates:
    """The templates of one folder; `words` are the functions and values that every template may use."""

    def __init__(self, folder: Path, words: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, finalize=shown,
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False,
        )
        self._environment.globals.update(words)
        self._environment.filters.update(filters)

    def __call__(self, name: str, **values: Any) -> str:
        return self._environment.get_template(name).render(**values)
