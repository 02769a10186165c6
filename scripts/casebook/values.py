"""The small values that fields hold: a choice with its label, a date as exact as it is known, names in two scripts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from functools import total_ordering
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
"""A run of Chinese characters."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A name that can stand in an address: lower-case letters, digits, single hyphens."""

TEXT_LIMIT = 4_000
"""Letters in one text. Markdown parsers are quadratic in unclosed brackets, so texts are bounded before any sees them."""


class Choice(str, Enum):
    """A closed list of words; each member is `value, label, help`, so a list is written once for pages, schema and guide."""

    label: str
    help: str

    def __new__(cls, value: str, label: str, help: str = "") -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.help = help
        return member

    def __str__(self) -> str:
        return str(self.value)


@total_ordering
class PartialDate:
    """A date as exact as a source gives it: `2012`, `2012-05` or `2012-05-21`.

    Dates are ordered by their first possible day; `2012` stands before `2012-05`. A source's year is never filled up to a day.
    """

    FORM = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")
    MONTHS = "January February March April May June July August September October November December".split()

    def __init__(self, text: str) -> None:
        found = self.FORM.fullmatch(text)
        if not found or not _day_exists(found):
            raise ValueError("must be a date written YYYY, YYYY-MM or YYYY-MM-DD, such as '2012-05-21'")
        self.text = text
        self.parts = tuple(int(part) for part in found.groups() if part)

    @property
    def year(self) -> int:
        return self.parts[0]

    @property
    def spoken(self) -> str:
        """The date in words: `21 May 2012`, `May 2012`, `2012`."""
        words = [str(self.parts[0])]
        if len(self.parts) > 1:
            words.insert(0, self.MONTHS[self.parts[1] - 1])
        if len(self.parts) > 2:
            words.insert(0, str(self.parts[2]))
        return " ".join(words)

    def surely_after(self, other: PartialDate) -> bool:
        """True only if no reading of the two dates puts this one first: 2012 is not surely after 2012-05."""
        shared = min(len(self.parts), len(other.parts))
        return self.parts[:shared] > other.parts[:shared]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.parts == other.parts

    def __lt__(self, other: PartialDate) -> bool:
        return self.parts < other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls(str(value)),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        form = re.sub(r"\?P<\w+>", "", cls.FORM.pattern)
        return {"type": ["string", "integer"], "pattern": f"^{form}$"}


def _day_exists(found: re.Match[str]) -> bool:
    month, day = found["month"], found["day"]
    if not day:
        return True
    year = int(found["year"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = {2: 29 if leap else 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(int(month), 31)
    return int(day) <= longest


def _normal(text: str) -> str:
    """Chinese and accented letters in their composed form (NFC), so that equal words are equal strings."""
    return unicodedata.normalize("NFC", text.strip())


def _has_han(text: str) -> str:
    if not HAN.search(text):
        raise ValueError("must be written in Chinese characters, such as '海沧区'")
    return text


_SYLLABLE_LETTERS = set("abcdefghijklmnopqrstuvwxyzüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ'’- ,·()0123456789")
_TONED = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


def _is_pinyin(text: str) -> str:
    folded = text.lower()
    if not set(folded) <= _SYLLABLE_LETTERS or not set(folded) & _TONED:
        raise ValueError("must be pinyin with tone marks, such as 'Hǎicāng Qū'")
    return text


def _exact(value: object) -> object:
    """A number as written: text such as '34.8871' stays exact; a word is refused by Decimal."""
    return Decimal(value.replace(",", "")) if isinstance(value, str) and re.fullmatch(r"-?[\d,]+(\.\d+)?", value) else value


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must stand on one line")
    return text


class Prose(str):
    """Markdown in one paragraph: emphasis, links, citations; no headings, lists or HTML. `prose.py` says what is refused."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, max_length=TEXT_LIMIT)
        return core_schema.no_info_after_validator_function(lambda value: cls(_normal(value)), text)


Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG.pattern}$", max_length=80)]
CaseId = Annotated[str, StringConstraints(pattern=f"^{SLUG.pattern}/{SLUG.pattern}$", max_length=160)]
"""A case's id, city and name: `guiyang/xinhua-community`."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_normal), AfterValidator(_one_line)]
"""Plain words on one line; no Markdown."""
Chinese = Annotated[Text, AfterValidator(_has_han)]
Pinyin = Annotated[Text, AfterValidator(_is_pinyin)]
Number = Annotated[Decimal, BeforeValidator(_exact)]
