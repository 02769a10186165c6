"""The sections of every case page in a file of its own, from which the page "Compare" puts cases side by side.

Each is a script and no JSON, since a page that was opened from a folder may load the one and not the other.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from casebook.book import Book

FOLDER = "compare/cases"
_ARTICLE = re.compile(r'<div class="page page-case[^"]*"[^>]*>(?P<body>.*?)<div hidden data-pagefind-ignore', re.S)
_HEADING = re.compile(r'<h2 id="(?P<id>[^"]+)">(?P<label>.*?)<a class="headerlink".*?</a></h2>', re.S)
_NOTES = re.compile(r'<sup id="[^"]*"><a class="footnote-ref" href="(?P<way>#[^"]*)">(?P<number>.*?)</a></sup>', re.S)
_HREF = re.compile(r'(?P<before>\shref=")(?P<way>[^"]*)')
_NOT_COMPARED = ("references", "whose-account", "related", "questions")


def write(book: Book, site: Path) -> int:
    """Writes one script a case below `site/compare/cases/`; returns how many."""
    for case in book.cases.values():
        page = (site / case.address / "index.html").read_text(encoding="utf-8")
        text = json.dumps({"title": case.title, "city": case.city, "sections": sections(page, case.address)}, ensure_ascii=False)
        path = site / FOLDER / f"{case.id}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"casebookCompare({json.dumps(case.id)}, {text});\n", encoding="utf-8", newline="\n")
    return len(book.cases)


def sections(page: str, address: str) -> list[list[str]]:
    """Id, heading and HTML of each section of a finished case page, its links made good for a page one level below the top."""
    found = _ARTICLE.search(page)
    if not found:
        raise ValueError(f"the page {address} has no body that can be compared")
    body = found["body"]
    facts = re.search(r'<dl class="facts">.*?</dl>', body, re.S)
    rows = [["facts", "At a glance", _elsewhere(facts[0], address)]] if facts else []
    parts = _HEADING.split(body)
    for id_, label, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if id_ not in _NOT_COMPARED:
            rows.append([id_, label.strip(), _elsewhere(text, address)])
    return rows


def _elsewhere(text: str, address: str) -> str:
    """HTML moved from its page: ids go, since two cases have the same; links lead back to the page or on from it."""
    text = _NOTES.sub(lambda note: f'<sup><a class="footnote-ref" href="{note["way"]}">{note["number"]}</a></sup>', text)
    text = re.sub(r'\sid="[^"]*"', "", text)
    return _HREF.sub(lambda href: href["before"] + _moved(href["way"], address), text)


def _moved(way: str, address: str) -> str:
    if way.startswith(("http:", "https:", "mailto:")):
        return way
    if way.startswith("#"):
        return f"../{address}{way}"
    return "../" + _joined(address, way)


def _joined(address: str, way: str) -> str:
    parts = [part for part in address.split("/") if part]
    path, hash_, anchor = way.partition("#")
    for step in path.split("/"):
        if step == "..":
            parts.pop()
        elif step not in (".", ""):
            parts.append(step)
    end = "/" if parts and "." not in parts[-1] else ""
    return "/".join(parts) + end + hash_ + anchor
