"""The search index, made over the finished pages by Pagefind; the hidden terms make Chinese and pinyin findable.

Pagefind takes a run of Chinese as one word, of which only the beginning matches. So each page carries, hidden and as
metadata that no excerpt shows, for every run: its pinyin joined and by syllable, and each pair of neighbouring characters.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup
from pypinyin import lazy_pinyin

from casebook.templating import plain
from casebook.values import HAN

NOT_SEARCHED = ".headerlink,.footnote-backref,.footnote,.pilcrow,.grade,.facts dt"
"""What no reader looks for; references have pages of their own."""

_FOOTNOTES = re.compile(r'<div class="footnote">.*', re.S)


def terms(page: str, readings: Mapping[str, str]) -> str:
    """The hidden terms of a page's HTML. `readings` gives the pinyin that the casebook itself writes, by Chinese name."""
    runs = sorted(set(HAN.findall(plain(_FOOTNOTES.sub("", page)))))
    found: dict[str, None] = {}
    for run in runs:
        syllables = _without_tones(readings[run]).split() if run in readings else lazy_pinyin(run)
        found.update(dict.fromkeys(["".join(syllables), *syllables, *_pairs(run)]))
    return " ".join(found)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _without_tones(pinyin: str) -> str:
    """`Hǎicāng Qū` as `haicang qu`; ü stays u, as most keyboards type it."""
    letters = unicodedata.normalize("NFD", pinyin.lower())
    return re.sub(r"[^a-z0-9 ]", "", letters)


def hidden(page: str, readings: Mapping[str, str], facets: Mapping[str, str]) -> Markup:
    """The block that a page carries for the search alone: its terms, and what its result shows."""
    spans = [f'<span data-pagefind-meta="{name}">{html.escape(value)}</span>' for name, value in facets.items() if value]
    spans.append(f'<span data-pagefind-meta="terms">{html.escape(terms(page, readings))}</span>')
    return Markup(f'<div hidden data-pagefind-ignore="index">{"".join(spans)}</div>')


def index(site: Path) -> int:
    """Writes the index into `site/pagefind/` and returns the number of pages in it. Raises RuntimeError with Pagefind's own words."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--exclude-selectors", NOT_SEARCHED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    counted = re.search(r"Indexed (\d+) pages?", done.stdout)
    if done.returncode or not counted:
        raise RuntimeError(f"the search index was not made:\n{done.stdout}{done.stderr}")
    return int(counted[1])
