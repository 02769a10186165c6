"""What the casebook is made of. A field is one line here: name, type, label, help.

Pages, JSON Schema, blank files, field guide, CSV and JSON are all derived from these lines, in this order.
A new kind of page is one class below `Entry`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from casebook.values import CaseId, Chinese, Number, PartialDate, Pinyin, Prose, Slug, Text
from casebook.vocabulary import Grade, InstrumentKind, Level, PhaseName, Precision, Qualifier, RoleName, Status, Step, UnknownKind

Location: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: `("participation", "gap", 0, "text")`."""


def line(label: str, help: str, default: Any = ...) -> Any:
    """A field's label for readers and its help for editors; without a default the field is required."""
    made = {"default_factory": default} if default in (list, dict) else {"default": default}
    return Field(title=label, description=help, **made)


class Model(BaseModel):
    """The base of all that is written in YAML: unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# ---------- the parts of an entry ----------


class Statement(Model):
    """The atom of the book: one to three sentences, each resting on a source and a place in it."""

    text: Prose = line("Text", "One to three sentences of Markdown with at least one citation and its place: `[@key, p. 12]`.")
    grade: Grade = line("Grade", "How strong the evidence is: A seen, B summary, C inferred.")
    because: Prose | None = line("Because", "With grade C: from what it is inferred.", None)
    themes: list[Slug] = line("Themes", "Themes that this very statement speaks to, by id.", list)


class Names(Model):
    chinese: Chinese = line("Chinese", "The name in Chinese characters.")
    pinyin: Pinyin = line("Pinyin", "The same in pinyin with tone marks, words joined: `gòngtóng dìzào`.")
    other: list[Text] = line("Other names", "Other names, in any language, under which readers may look for it.", list)


class Locality(Names):
    name: Text = line("Name", "The place in English.")
    level: Level = line("Level", "Its administrative level.")
    within: Text | None = line("Within", "What it lies in, from small to large: `Haicang district, Xiamen`.", None)


class Period(Statement):
    """When it ran; the statement says how we know."""

    from_: PartialDate = Field(alias="from", title="From", description="First date, as exact as a source gives it: YYYY, YYYY-MM or YYYY-MM-DD.")
    to: PartialDate | None = line("To", "Last date known; leave out if it still runs or no source tells.", None)
    precision: Precision = line("Precision", "Whether a source gives the dates.", Precision.EXACT)
    status: Status = line("Status", "What had become of it when the newest source was written.")


class Role(Statement):
    """One actor in one case: what it did and how."""

    actor: Slug = line("Actor", "The actor's id, from `actors.yml`.")
    roles: list[RoleName] = Field(min_length=1, title="Roles", description="All that the actor did: initiates, finances, facilitates, delivers, takes part, assesses.")
    name: Text | None = line("Name", "Its name in this case, where it has one of its own.", None)
    chinese: Chinese | None = line("Chinese", "That name in Chinese characters.", None)
    pinyin: Pinyin | None = line("Pinyin", "That name in pinyin with tone marks.", None)


class Instrument(Statement):
    """A tool of government in the case: the statement tells what it says."""

    name: Text = line("Name", "Its name in English.")
    chinese: Chinese | None = line("Chinese", "Its name in Chinese characters, if a source gives it.", None)
    pinyin: Pinyin | None = line("Pinyin", "The same in pinyin with tone marks.", None)
    kind: InstrumentKind = line("Kind", "What kind of tool it is.")
    date: PartialDate | None = line("Date", "When it was issued or began.", None)


class Spectrum(Statement):
    """How far residents' say goes, in our reading."""

    step: Step = line("Step", "The furthest step that the sources show.")


class Phase(Statement):
    """One phase of co-production in which residents have a part."""

    phase: PhaseName = line("Phase", "Which of the four phases.")


class Participation(Model):
    spectrum: Spectrum | None = line("How far residents' say went", "The step on our scale, with the evidence for it.", None)
    phases: list[Phase] = line("Phases with residents", "The phases in which residents had a part, each with its evidence.", list)
    account: list[Statement] = line("How residents took part", "Who came, how they were asked, what they did.", list)
    gap: list[Statement] = line("The gap", "Who did not come, what did not work, whose voice is missing.", list)


class Assessment(Model):
    hierarchical: list[Statement] = line("Judged from above", "How superiors judge officials for it: targets, ranks, prizes, acceptance.", list)
    horizontal: list[Statement] = line("Judged from the side", "How residents, peers or outsiders judge it.", list)
    fit: list[Statement] = line("How the two fit", "Whether the two judgements pull the same way.", list)


class Event(Statement):
    date: PartialDate = line("Date", "When, as exact as the source gives it.")


class Figure(Model):
    """One number with its source. Several figures of one measure and year are shown side by side: a disagreement."""

    measure: Text = line("Measure", "What is counted; the same words for the same thing.")
    value: Number = line("Value", "The number, as the source gives it.")
    qualifier: Qualifier = line("Qualifier", "How the source limits the number.", Qualifier.EXACTLY)
    unit: Text = line("Unit", "Of what: `yuan`, `households`, `per cent`.")
    year: Text | None = line("Year", "The year or years the number is for, if known: `2012`, `2009-2012`.", None)
    citation: Prose = line("Source", "The citation with its place: `[@key, p. 12]`.")
    grade: Grade = line("Grade", "How strong the evidence is.")
    note: Text | None = line("Note", "What a reader must know to read the number rightly.", None)


class Disagreement(Model):
    """A point on which sources differ, told side by side and not settled by us."""

    point: Text = line("Point", "The question on which the sources differ.")
    accounts: list[Statement] = Field(min_length=2, title="Accounts", description="Each source's answer as a statement of its own.")
    reading: Statement | None = line("Our reading", "How the difference may come about, if something speaks for it.", None)


class Unknown(Model):
    """Something a reader would ask and the casebook can't answer."""

    text: Prose = line("Text", "What is not known, in a sentence.")
    kind: UnknownKind = line("Kind", "Looked for and not found, not looked for yet, or passed over by the sources.")
    field: Text | None = line("Field", "The field that stays empty for it: `participation.gap`, `figures` ...", None)
    themes: list[Slug] = line("Themes", "Themes whose question it leaves open, by id.", list)


class Related(Model):
    case: Text = line("Case", "The other case's id: `city/name`.")
    text: Prose = line("Why", "What one learns by reading the two together.")


class Editorial(Model):
    written: PartialDate = line("Written", "When the entry was written.")
    reviewed: PartialDate | None = line("Reviewed", "When a second person read it against the sources; leave out if nobody has.", None)
    note: Text | None = line("Note", "What the next editor should know.", None)


# ---------- the kinds of page ----------


class Entry(Model):
    """Anything with a page of its own. Its id comes from its place in the tree, never from a field."""

    kind: ClassVar[str]
    plural: ClassVar[str]
    """The folder of its address: an entry `x` of kind case is published at `/cases/x/`."""
    heading: ClassVar[str]
    """The title of its index."""

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


class Case(Entry):
    kind, plural, heading = "case", "cases", "Cases"

    names: Names = line("Names", "Its name in Chinese and pinyin, and others.")
    formerly: list[CaseId] = line("Formerly", "Ids under which the case stood before; old addresses keep working.", list)
    place: Locality = line("Place", "Where it happened.")
    period: Period = line("Period", "When it ran, and what became of it.")
    themes: list[Slug] = Field(min_length=1, title="Themes", description="Themes that the case speaks to, by id, the strongest first.")
    summary: list[Statement] = Field(min_length=1, title="In short", description="The case in 80 to 150 words that a student can repeat.")
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

    @property
    def city(self) -> str:
        """The id of the case's city: the folder it stands in."""
        return self._id.partition("/")[0]

    def acting(self, role: RoleName) -> list[Role]:
        """All who had this role, in the order in which the case names them."""
        return [actor for actor in self.actors if role in actor.roles]


class City(Entry):
    kind, plural, heading = "city", "cities", "Cities"

    order: int = line("Order", "Its place among the cities.")
    names: Names = line("Names", "Its name in Chinese and pinyin, and others.")
    level: Level = line("Level", "Its administrative level.")
    longitude: float = Field(ge=-180, le=180, title="Longitude", description="For the map, in degrees east.")
    latitude: float = Field(ge=-90, le=90, title="Latitude", description="For the map, in degrees north.")
    summary: list[Statement] = Field(min_length=1, title="In short", description="The city and its pilot in 80 to 150 words.")
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
    kind, plural, heading = "theme", "themes", "Themes"

    question: Text = line("Question", "The theme as a question a student would ask.")
    definition: list[Statement] = Field(min_length=1, title="What it means", description="A definition with its source.")
    literature: list[Statement] = line("What the literature says", "Beyond the four cities.", list)
    findings: list[Statement] = line("What our cases show", "Across the four cities, by comparison.", list)
    unknowns: list[Unknown] = line("What is not known", "What no source answers.", list)


class Actor(Entry):
    kind, plural, heading = "actor", "actors", "Actors"

    names: Names = line("Names", "Its name in Chinese and pinyin, and others.")
    definition: list[Statement] = Field(min_length=1, title="What it is", description="What it is in China's system, with its source.")
    findings: list[Statement] = line("What our cases show", "Its part across the four cities.", list)
    unknowns: list[Unknown] = line("What is not known", "What no source answers.", list)


class Term(Entry):
    kind, plural, heading = "term", "glossary", "Glossary"

    names: Names | None = line("Names", "The Chinese term and its pinyin; left out for terms of the international literature.", None)
    definition: list[Statement] = Field(min_length=1, title="Definition", description="What it means, with its source; several where sources differ.")
    see: list[Slug] = line("See also", "Other terms, by id.", list)


KINDS: tuple[type[Entry], ...] = (Case, City, Theme, Actor, Term)


def walk(value: object, at: Location = ()) -> Iterator[tuple[Location, object]]:
    """Every part of an entry with its location, in page order, the entry itself first; keys are spelt as in YAML."""
    yield at, value
    if isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*at, info.alias or name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*at, index))
