"""What the casebook is made of. A field is one line here or in `parts.py`: name, type, label, help.

Pages, JSON Schema, blank files, field guide, CSV and JSON are all derived from these lines, in this order.
A new kind of page is one class below `Entry`.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import PrivateAttr

from casebook.parts import (
    Assessment,
    Disagreement,
    Editorial,
    Event,
    Figure,
    Instrument,
    Locality,
    Location,
    Model,
    Names,
    Participation,
    Period,
    Related,
    Role,
    Section,
    Spot,
    Statement,
    Unknown,
    line,
    walk,
)
from casebook.values import CaseId, PartialDate, Prose, Slug, Text
from casebook.vocabulary import Level, MilestoneKind, RoleName


class Entry(Model):
    """Anything with a page of its own. Its id comes from its place in the tree, never from a field."""

    kind: ClassVar[str]
    plural: ClassVar[str]
    """The folder of its address: an entry `x` of kind case is published at `/cases/x/`."""
    heading: ClassVar[str]
    """The title of its index."""
    collection: ClassVar[str] = ""
    """The file in `cases/` that holds all entries of the kind by id; empty if each has a file of its own."""
    folder: ClassVar[str] = ""
    """The folder in `cases/` that holds nothing but files of the kind; empty if they stand in the folders of cities."""

    _id: str = PrivateAttr(default="")
    _file: str = PrivateAttr(default="")
    _parts: list[tuple[Location, object]] = PrivateAttr(default_factory=list)

    title: Text = line("Title", "The title in English.")

    @property
    def id(self) -> str:
        return self._id

    @property
    def file(self) -> str:
        """The file it is written in, relative to the project's root."""
        return self._file

    @property
    def parts(self) -> list[tuple[Location, object]]:
        """Every part of the entry with its location, in page order: what `walk` finds, kept."""
        if not self._parts:
            self._parts.extend(walk(self))
        return self._parts

    @property
    def key(self) -> str:
        """Kind and id, as links in prose write them: `case:guiyang/xinhua-community`."""
        return f"{self.kind}:{self._id}"

    @property
    def address(self) -> str:
        return f"{self.plural}/{self._id}/"


class Narrative(Entry):
    """What happened in one place: told, judged and counted under the same headings everywhere, so that any two can be compared."""

    names: Names | None = line("Names", "Its name in Chinese and pinyin, and others.", None)
    formerly: list[CaseId] = line("Formerly", "Ids under which it stood before; old addresses keep working.", list)
    place: Spot = line("Place", "Where it happened.")
    period: Period = line("Period", "When it ran, and what became of it.")
    themes: list[Slug] = line("Themes", "Themes that it speaks to, by id, the strongest first.", min_length=1)
    summary: list[Statement] = line("In short", "The story in 80 to 150 words that a student can repeat.", min_length=1)
    introduction: list[Statement] = line("How it came about", "Who wanted it, why then, how it was brought in.", list)
    implementation: list[Statement] = line("How it worked", "What was done, by whom, with what money.", list)
    actors: list[Role] = line("Who did what", "Actors with their roles.", list)
    instruments: list[Instrument] = line("Instruments", "The tools of government in it.", list)
    participation: Participation = line("How residents took part", "The account, and the gap.", Participation())
    assessment: Assessment = line("How it was judged", "By superiors, by others, and how the two fit.", Assessment())
    outcomes: list[Statement] = line("What came of it", "Results, by whom they are reported.", list)
    aftermath: list[Statement] = line("Afterwards", "Whether it lasted, spread, changed or was undone.", list)
    timeline: list[Event] = line("Timeline", "Dated events in order.", list)
    figures: list[Figure] = line("Figures", "Numbers with unit, year and source.", list)
    disagreements: list[Disagreement] = line("Where sources disagree", "Points told differently, side by side.", list)
    unknowns: list[Unknown] = line("What is not known", "What a reader would ask and no source answers.", list)
    questions: list[Prose] = line("Questions for discussion", "Three to five questions that the page itself helps to discuss.", list)
    related: list[Related] = line("Related cases", "Cases to read beside this one, with the reason.", list)
    editorial: Editorial = line("Editorial", "When it was written and reviewed.")

    def acting(self, role: RoleName) -> list[Role]:
        """All who had this role, in the order in which the entry names them."""
        return [actor for actor in self.actors if role in actor.roles]


class Case(Narrative):
    """One of the cases of the four cities."""

    kind, plural, heading = "case", "cases", "Cases"

    names: Names = line("Names", "Its name in Chinese and pinyin, and others.")
    place: Locality = line("Place", "Where it happened.")

    @property
    def short(self) -> str:
        """A short title for drawings and heads of columns: what stands before a colon or a comma."""
        return self.title.partition(":")[0].partition(",")[0]

    @property
    def city(self) -> str:
        """The id of the case's city: the folder it stands in."""
        return self._id.partition("/")[0]


class Comparison(Narrative):
    """A place outside the four cities, told in the same terms and never counted among their cases."""

    kind, plural, heading, folder = "comparison", "comparisons", "Outside the four cities", "comparisons"

    country: Text = line("Country", "The country, or for China the province: `India`, `Anhui, China`.")
    contrast: list[Statement] = line("Beside the four cities", "What sets it apart from our cases, and what it shares with them.", min_length=1)


class City(Entry):
    kind, plural, heading = "city", "cities", "Cities"

    order: int = line("Order", "Its place among the cities.")
    names: Names = line("Names", "Its name in Chinese and pinyin, and others.")
    level: Level = line("Level", "Its administrative level.")
    longitude: float = line("Longitude", "For the map, in degrees east.", ge=-180, le=180)
    latitude: float = line("Latitude", "For the map, in degrees north.", ge=-90, le=90)
    summary: list[Statement] = line("In short", "The city and its pilot in 80 to 150 words.", min_length=1)
    identification: list[Statement] = line("How we know it is one of the four", "The evidence that the city belongs to the study's set.", list)
    background: list[Statement] = line("The place", "Size, level, people, migrants.", list)
    pilot: list[Statement] = line("The pilot", "What was tried and why.", list)
    leadership: list[Statement] = line("Who led, who paid", "Initiation, finance, facilitation.", list)
    participation: list[Statement] = line("Participation and its limits", "What is known of residents' part.", list)
    judgements: list[Statement] = line("How it was judged", "By superiors, scholars, residents.", list)
    aftermath: list[Statement] = line("Afterwards", "What lasted, spread or was undone.", list)
    figures: list[Figure] = line("Figures", "Numbers with unit, year and source.", list)
    disagreements: list[Disagreement] = line("Where sources disagree", "Points told differently, side by side.", list)
    unknowns: list[Unknown] = line("What is not known", "What no source answers.", list)
    editorial: Editorial = line("Editorial", "When it was written and reviewed.")


class Theme(Entry):
    kind, plural, heading, collection = "theme", "themes", "Themes", "themes.yml"

    question: Text = line("Question", "The theme as a question a student would ask.")
    definition: list[Statement] = line("What it means", "A definition with its source.", min_length=1)
    literature: list[Statement] = line("What the literature says", "Beyond the four cities.", list)
    findings: list[Statement] = line("What our cases show", "Across the four cities, by comparison.", list)
    unknowns: list[Unknown] = line("What is not known", "What no source answers.", list)


class Actor(Entry):
    kind, plural, heading, collection = "actor", "actors", "Actors", "actors.yml"

    names: Names = line("Names", "Its name in Chinese and pinyin, and others.")
    definition: list[Statement] = line("What it is", "What it is in China's system, with its source.", min_length=1)
    findings: list[Statement] = line("What our cases show", "Its part across the four cities.", list)
    unknowns: list[Unknown] = line("What is not known", "What no source answers.", list)


class Term(Entry):
    kind, plural, heading, collection = "term", "glossary", "Glossary", "glossary.yml"

    names: Names | None = line("Names", "The Chinese term and its pinyin; left out for terms of the international literature.", None)
    definition: list[Statement] = line("Definition", "What it means, with its source; several where sources differ.", min_length=1)
    see: list[Slug] = line("See also", "Other terms, by id.", list)


class Milestone(Entry):
    """A dated step of national policy, against which the cases are read."""

    kind, plural, heading, collection = "milestone", "context", "National context", "milestones.yml"

    names: Names | None = line("Names", "The Chinese name of the document or body and its pinyin, if a source gives it.", None)
    date: PartialDate = line("Date", "When, as exact as the source gives it.")
    type: MilestoneKind = line("Type", "What kind of step it was.")
    account: list[Statement] = line("What it did", "What it said or did, and what that meant for residents' part.", min_length=1)
    themes: list[Slug] = line("Themes", "Themes that it bears on, by id.", list)
    cases: list[CaseId] = line("Cases", "Cases that it bears on, where a source or the case itself shows the tie.", list)
    unknowns: list[Unknown] = line("What is not known", "What no source answers: a number, a date, the text.", list)


class Chapter(Entry):
    """An essay that reads across the cases."""

    kind, plural, heading, folder = "chapter", "chapters", "Reading across", "chapters"

    order: int = line("Order", "Its place among the chapters.")
    question: Text = line("Question", "The question that the chapter answers.")
    summary: list[Statement] = line("In short", "The answer, and how far the evidence carries it.", min_length=1)
    sections: list[Section] = line("Sections", "The chapter's body, 600 to 1,200 words with the summary.", min_length=1)
    unknowns: list[Unknown] = line("What is not known", "What the evidence can't carry.", list)
    questions: list[Prose] = line("Questions for discussion", "Questions that the chapter helps to discuss.", list)
    editorial: Editorial = line("Editorial", "When it was written and reviewed.")


KINDS: tuple[type[Entry], ...] = (Case, Comparison, City, Chapter, Theme, Actor, Term, Milestone)
