"""HTML on one line that passes through Markdown unharmed: known tags only, and entities for all that Markdown could read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from casebook.values import HAN

_KEPT = frozenset("a abbr b bdi cite code em i q s small span strong sub sup u".split())
_SIGNS = re.compile(r"[!-+/:-@\[-`{-~]|-(?=-)|\.(?=\.)|(?<=www)\.", re.I)
"""ASCII punctuation but for comma, single hyphen and full stop, which mean nothing inside a line (save after `www`)."""
_ATTRIBUTE_SIGNS = re.compile(r"[\"&'()*<>@\[\\\]^_`{|}~!]")
_LIST_START = re.compile(r"\A(\d+(?=\.)|(?=-))([.-])")
_HAN_RUN = re.compile(rf"{HAN.pattern}(?:[，。、；：？！“”‘’（）《》〈〉〔〕·—…0-9,:;|]*{HAN.pattern})*")
_ADDRESS = re.compile(r"(?:https?|mailto):[^\s\x00-\x20]+", re.I)


def inline_html(html: str) -> str:
    """The HTML as one line for Markdown text: safe tags, links to http(s) and mailto, Chinese marked `lang="zh-Hans"`.

    Words of other tags stay as words; attributes other than `href` and `lang` go.
    """
    writer = _Writer()
    writer.feed(" ".join(re.sub(r"[\x00-\x1f\x7f]", " ", html).split()))
    return _LIST_START.sub(lambda start: f"{start[1]}&#{ord(start[2])};", writer.written())


def plain_text(text: str) -> str:
    """Plain words for the same use: nothing in them is read as Markdown or HTML."""
    return inline_html(text.replace("&", "&amp;").replace("<", "&lt;"))


def _entities(signs: re.Pattern[str], text: str) -> str:
    return signs.sub(lambda found: f"&#{ord(found[0])};", text)


class _Writer(HTMLParser):
    """Writes what it is fed; `_open` holds each open tag, as written or by name, with the closing tag to write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[tuple[str, str]] = []

    def written(self) -> str:
        """All that was fed, with every tag closed."""
        self.close()
        return "".join([*self._parts, *(closing for _, closing in reversed(self._open))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opening = _opening(tag, dict(attrs))
        self._parts.append(opening)
        self._open.append((opening or tag, f"</{tag}>" if opening else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` and its like have no words and are left out."""

    def handle_endtag(self, tag: str) -> None:
        if self._open and re.match(rf"<?{re.escape(tag)}\b", self._open[-1][0]):
            self._parts.append(self._open.pop()[1])

    def handle_data(self, data: str) -> None:
        in_chinese = any(opening.startswith('<span lang="zh') for opening, _ in self._open)
        marked = data if in_chinese else _HAN_RUN.sub(lambda run: f"\x00{run[0]}\x01", data)
        text = _entities(_SIGNS, marked)
        self._parts.append(text.replace("\x00", '<span lang="zh-Hans">').replace("\x01", "</span>"))


def _opening(tag: str, attributes: dict[str, str | None]) -> str:
    """The tag to write, or nothing where it isn't safe or says nothing."""
    address, language = attributes.get("href") or "", attributes.get("lang") or ""
    if tag == "a":
        return f'<a href="{_entities(_ATTRIBUTE_SIGNS, address)}">' if _ADDRESS.fullmatch(address) else ""
    if tag == "span":
        return f'<span lang="{language}">' if re.fullmatch(r"[A-Za-z-]{2,20}", language) else ""
    return f"<{tag}>" if tag in _KEPT else ""
