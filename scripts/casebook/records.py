"""An entry of the bibliography as its file has it, and what is wrong with it. A rule is a function, listed in `RULES`."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from casebook import latex, names
from casebook.citations import KEY
from casebook.problems import Place, Problem, nearest
from casebook.sources import Seen, SourceKind, slug
from casebook.values import PartialDate

TYPES = frozenset(
    """
    article artwork audio book bookinbook booklet collection data dataset electronic image inbook incollection
    inproceedings inreference jurisdiction legal legislation letter letters manual mastersthesis misc movie music mvbook
    mvcollection mvproceedings mvreference newsarticle online patent performance periodical phdthesis proceedings reference
    report review software standard suppbook suppcollection suppperiodical techreport thesis unpublished video www
    """.split()
)
"""Entry types that pandoc's reader of biblatex knows; any other would be printed as nothing in particular."""

_NEEDED = {
    "article": ("journaltitle",), "newsarticle": ("journaltitle",), "review": ("journaltitle",),
    "report": ("institution",), "techreport": ("institution",),
    "thesis": ("institution",), "phdthesis": ("institution",), "mastersthesis": ("institution",),
    "incollection": ("booktitle",), "inbook": ("booktitle",), "inproceedings": ("booktitle",), "inreference": ("booktitle",),
}  # fmt: skip
_ONLINE = ("online", "www", "electronic")
MAKERS = ("author", "editor", "organization", "institution")
"""Fields that can say who made a source; the first that is there counts."""

VERBATIM = frozenset("url doi eprint file crossref xref keywords langid".split())
"""Fields that are no prose: LaTeX's signs mean nothing in them."""

_NOT_INHERITED = frozenset("crossref xref keywords note label ids shorthand subtitle titleaddon".split())
_LONGEST_CHAIN = 5
"""Entries that refer to each other by `crossref`; in a ring, pandoc would not come to an end."""
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@dataclass(frozen=True, slots=True)
class Record:
    """One entry: LaTeX kept, @string resolved, fields under biblatex's names, each with its line."""

    type: str
    key: str
    place: Place
    values: Mapping[str, str]
    lines: Mapping[str, int] = field(default_factory=dict)

    def at(self, name: str) -> Place:
        """Where a field stands, or the entry if it has none of that name."""
        return Place(self.place.file, self.lines.get(name, self.place.line))

    @property
    def said(self) -> str:
        return f"'{self.key}'"

    @property
    def keywords(self) -> list[str]:
        return [word for word in (" ".join(part.split()) for part in self.values.get("keywords", "").split(",")) if word]


Records: TypeAlias = Mapping[str, Record]
Rule: TypeAlias = Callable[[Record, Records], Iterator[Problem]]


def faults(records: Records) -> list[Problem]:
    """All that is wrong with the entries, one by one and beside each other."""
    alone = [problem for record in records.values() for rule in RULES for problem in rule(record, records)]
    return alone + list(_clashes(records.values()))


def whole(record: Record, records: Records) -> dict[str, str]:
    """The entry's fields with those that it inherits by `crossref`; the title of what it stands in becomes its `booktitle`."""
    values: dict[str, str] = {}
    for ancestor in reversed(list(_line(record, records))):
        inherited = {name: value for name, value in values.items() if name not in _NOT_INHERITED}
        title = {"booktitle": inherited.pop("title")} if "title" in inherited else {}
        values = title | inherited | dict(ancestor.values)
    return values


def _line(record: Record, records: Records) -> Iterator[Record]:
    """The record and what it refers to, entry by entry, but no further than rings and chains without end may lead."""
    current: Record | None = record
    for _ in range(_LONGEST_CHAIN):
        if current:
            yield current
            current = records.get(current.values.get("crossref", ""))


# ---------- rules ----------


def _fault(record: Record, name: str, rule: str, message: str, remedy: str) -> Problem:
    return Problem(record.at(name), rule, message, remedy)


def _key_can_be_cited(record: Record, _: Records) -> Iterator[Problem]:
    if not KEY.fullmatch(record.key) or not record.key.isascii() or not slug(record.key):
        remedy = "Use letters a to z, digits, and single '-', '_', '.', ':', '/' or '+' between them, such as 'li2018'."
        yield _fault(record, "", "bad-key", f"the key {record.said} can't be cited", remedy)


def _type_is_known(record: Record, _: Records) -> Iterator[Problem]:
    if record.type not in TYPES:
        usual = "Use @article, @book, @incollection, @report, @thesis, @dataset, @online or @misc."
        remedy = nearest(record.type, sorted(TYPES)) or usual
        yield _fault(record, "", "unknown-type", f"{record.said} has the unknown type '@{record.type}'", remedy)


def _needed_fields_are_there(record: Record, records: Records) -> Iterator[Problem]:
    values = whole(record, records)
    there = {name for name, value in values.items() if latex.decoded(value)}
    for name in ("title", *_NEEDED.get(record.type, ())):
        if name not in there:
            yield _missing(record, name, f"{name} = {{...}}")
    if there.isdisjoint(MAKERS):
        yield _missing(record, "author, editor or organization", "author = {Family, Given and Family, Given}, or {{A body}}")
    if record.type in _ONLINE and there.isdisjoint(("url", "doi")):
        yield _missing(record, "url or doi", "url = {https://...}")


def _missing(record: Record, what: str, example: str) -> Problem:
    message = f"the @{record.type} {record.said} has no {what}"
    return Problem(record.place, "missing-field", message, f"Add a line such as: {example}")


def _names_are_names(record: Record, _: Records) -> Iterator[Problem]:
    """A name that pandoc can't print would leave a citation with nothing but a comma."""
    for field_name in names.FIELDS:
        said = names.split(record.values.get(field_name, ""))
        for number, name in enumerate(said):
            if not re.search(r"\w", names.shown(name)) or (name == "others" and number == 0) or name == "and":
                remedy = "Write Family, Given and Family, Given; a body stands in braces: {{Name of a body}}."
                yield _fault(record, field_name, "bad-name", f"the {field_name} of {record.said} has no name in '{name[:40]}'", remedy)


def _keywords_are_known(record: Record, _: Records) -> Iterator[Problem]:
    known = [str(word) for word in (*SourceKind, *Seen)]
    for word in record.keywords:
        if word not in known:
            remedy = nearest(word, known) or f"Use: {', '.join(known)}."
            yield _fault(record, "keywords", "unknown-keyword", f"{record.said} has the unknown keyword '{word}'", remedy)


def _keywords_say_enough(record: Record, _: Records) -> Iterator[Problem]:
    seen = [word for word in record.keywords if word in list(Seen)]
    if len(seen) != 1:
        found = f"{len(seen)} times ({', '.join(seen)})" if seen else "nowhere"
        remedy = f"Give exactly one of: {', '.join(Seen)}."
        yield _fault(record, "keywords", "keywords", f"the keywords of {record.said} say {found} how much was seen", remedy)
    if not any(word in list(SourceKind) for word in record.keywords):
        remedy = f"Give one or more of: {', '.join(SourceKind)}."
        yield _fault(record, "keywords", "keywords", f"no keyword of {record.said} says what kind of source it is", remedy)


def _addresses_are_web_addresses(record: Record, _: Records) -> Iterator[Problem]:
    url, doi = record.values.get("url"), record.values.get("doi")
    if url and not re.fullmatch(r"https?://[^\s<>\"{}\\@/][^\s<>\"{}\\]*", url):
        remedy = "Write it in full: https://..."
        yield _fault(record, "url", "bad-url", f"the url of {record.said} is no web address: '{url[:60]}'", remedy)
    if doi and not re.fullmatch(r"10\.\d{3,9}/[^\s\"{}\\]+", doi):
        remedy = "Write the DOI alone, without 'https://doi.org/': 10.1177/0956247818797276."
        yield _fault(record, "doi", "bad-doi", f"the doi of {record.said} is no DOI: '{doi[:60]}'", remedy)


def _dates_are_dates(record: Record, _: Records) -> Iterator[Problem]:
    """pandoc drops a date that it can't read, and the source would seem undated."""
    year, date, month = (record.values.get(name) for name in ("year", "date", "month"))
    if year and not re.fullmatch(r"\d{4}", year):
        remedy = "Write four digits; a span is written date = {2012/2013}, a work to come pubstate = {forthcoming}."
        yield _fault(record, "year", "bad-date", f"the year of {record.said} is no year: '{year[:40]}'", remedy)
    if date and not all(_is_date(part) for part in date.split("/", 1)):
        remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD, or two of these with '/' between them."
        yield _fault(record, "date", "bad-date", f"the date of {record.said} is no date: '{date[:40]}'", remedy)
    if month and not month_number(month):
        remedy = "Write a number from 1 to 12."
        yield _fault(record, "month", "bad-date", f"the month of {record.said} is no month: '{month[:40]}'", remedy)


def _pages_are_whole(record: Record, _: Records) -> Iterator[Problem]:
    """`116--` would be printed as the single page 116-16."""
    pages = record.values.get("pages", "").strip()
    if pages and not (pages[0].isalnum() and pages[-1].isalnum()):
        remedy = "Write pages = {116--121}, or leave out an end that was not seen: pages = {116}."
        yield _fault(record, "pages", "bad-pages", f"the pages of {record.said} are no range: '{pages[:40]}'", remedy)


def _is_date(text: str) -> bool:
    try:
        return bool(PartialDate(text))
    except ValueError:
        return False


def month_number(month: str) -> str:
    """`dec`, `December`, `12` as '12'; nothing for what is no month."""
    number = int(month) if re.fullmatch(r"\d{1,2}", month, re.A) else _MONTHS.get(month[:3].lower(), 0)
    return str(number) if 1 <= number <= 12 else ""


def _latex_is_known(record: Record, _: Records) -> Iterator[Problem]:
    for name, value in record.values.items():
        fault = "" if name in VERBATIM else latex.fault(value)
        if fault:
            remedy = "Close every '{' with a '}'." if fault == "a brace" else _remedy_for_sign(fault)
            message = f"the {name} of {record.said} can't be read because of {_quoted(fault)}"
            yield _fault(record, name, "bad-latex", message, remedy)


def _quoted(fault: str) -> str:
    return f"{fault} without its partner" if fault == "a brace" else f"'{fault}'"


def _remedy_for_sign(sign: str) -> str:
    return f"Write \\{sign} for the sign itself." if sign in "%$" else "Write the letter or word itself, without LaTeX."


def _crossref_leads_somewhere(record: Record, records: Records) -> Iterator[Problem]:
    target = record.values.get("crossref")
    if target is None:
        return
    if target not in records:
        remedy = nearest(target, records) or "Add that entry, or leave the field out."
        yield _fault(record, "crossref", "unknown-crossref", f"{record.said} refers to the unknown entry '{target}'", remedy)
    chain = [link.key for link in _line(record, records)]
    if len(chain) == _LONGEST_CHAIN:
        message = f"crossref goes in a ring or too far: {' -> '.join(chain)}"
        yield _fault(record, "crossref", "endless-crossref", message, "Refer to one entry that stands by itself.")


RULES: tuple[Rule, ...] = (
    _key_can_be_cited, _type_is_known, _needed_fields_are_there, _names_are_names, _keywords_are_known, _keywords_say_enough,
    _addresses_are_web_addresses, _dates_are_dates, _pages_are_whole, _latex_is_known, _crossref_leads_somewhere,
)  # fmt: skip


def _clashes(records: Iterable[Record]) -> Iterator[Problem]:
    """Keys that differ only in case, Unicode form or punctuation would share a page."""
    by_address: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_address[slug(record.key)].append(record)
    for address, (first, *others) in by_address.items():
        for record in others if address else ():
            same = folded(record.key) == folded(first.key)
            what = "differs only in case or Unicode form from" if same else f"gets the same address 'sources/{address}/' as"
            message = f"the key {record.said} {what} {first.said} in line {first.place.line}"
            yield _fault(record, "", "duplicate-key" if same else "address-clash", message, "Rename one of the two.")


def folded(key: str) -> str:
    """A key as compared: without case, in one Unicode form."""
    return unicodedata.normalize("NFC", key).casefold()
