"""What a source is: of which kinds, how much of it was seen, and what the reader is shown of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from casebook.problems import Place
from casebook.values import Choice


class SourceKind(Choice):
    """Who speaks; a source may be of several kinds."""

    ACADEMIC = "academic", "Academic", "Research: articles, books, theses, working papers."
    GOVERNMENT = "government", "Government", "A public authority speaking of its own work or setting rules."
    PARTY_STATE_MEDIA = "party-state-media", "Party and state media", "News by outlets of Party or state: the officials' view."
    MEDIA = "media", "Other media", "News and commentary by outlets that are not the Party's or the state's own."
    PRACTITIONER = "practitioner", "Practitioner", "People who took part: planners, social organizations, consultants."
    AWARD = "award", "Award", "The record of a prize, which praises what it rewards."
    REFERENCE = "reference", "Reference work", "Encyclopedias, gazetteers, statistics."


class Seen(Choice):
    """How much of a source was read, from most to least."""

    FULL = "full text", "Full text", "We read all of it."
    OPENING = "opening", "Opening", "We read its first part; what stands further down was not seen."
    CONTENTS = "contents", "Contents", "We saw its contents list or headings, not the text behind them."
    ABSTRACT = "abstract", "Abstract", "We read its abstract or summary, not the text."
    RECORD = "record", "Record", "We saw only a record of it, such as a catalogue entry."


@dataclass(frozen=True, slots=True)
class Formatted:
    """A source as citations show it: `reference` is HTML on one line that Markdown leaves alone, `short` plain words."""

    reference: str
    short: str


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the bibliography. Texts are as a reader sees them, without LaTeX.

    `seen` is FULL where the entry fails to say it: that fault is told once, and no rule on weak sources adds a second one.
    """

    key: str
    type: str
    title: str
    translation: str
    """The title in English, where the title itself is in another language."""
    authors: tuple[str, ...]
    """Names in reading order; editors or the issuing body where there is no author."""
    year: str
    kinds: tuple[SourceKind, ...]
    seen: Seen
    note: str
    url: str
    doi: str
    language: str
    place: Place
    fields: Mapping[str, str]
    """Every field of the entry itself under biblatex's name, decoded; nothing inherited."""
    bibtex: str
    """The entry as pandoc is to read it."""
    reference: str = ""
    short: str = ""

    @property
    def address(self) -> str:
        return f"sources/{slug(self.key)}/"

    def with_format(self, formatted: Formatted) -> Source:
        """The same source with its reference and short citation."""
        return replace(self, reference=formatted.reference, short=formatted.short)


def slug(key: str) -> str:
    """A key as it stands in an address: lower-case letters, digits, single hyphens."""
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
