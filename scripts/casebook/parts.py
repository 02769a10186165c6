"""The parts that entries are made of. A field is one line: name, type, label, help; see `model.py` for the kinds of page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from casebook.values import Chinese, Number, PartialDate, Pinyin, Prose, Slug, Text
from casebook.vocabulary import Grade, InstrumentKind, Level, PhaseName, Precision, Qualifier, RoleName, Status, Step, UnknownKind

Location: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: `("participation", "gap", 0, "text")`."""


def line(label: str, help: str, default: Any = ..., **limits: Any) -> Any:
    """A field's label for readers and its help for editors; without a default the field is required. `limits` are pydantic's own."""
    made = {"default_factory": default} if default in (list, dict) else {"default": default}
    return Field(title=label, description=help, **made, **limits)


class Model(BaseModel):
    """The base of all that is written in YAML: unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


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


class Spot(Model):
    name: Text = line("Name", "The place in English.")
    level: Level = line("Level", "Its administrative level.")
    within: Text | None = line("Within", "What it lies in, from small to large: `Haicang district, Xiamen`.", None)


class Locality(Spot):
    """A place in China, with its name in both scripts."""

    chinese: Chinese = line("Chinese", "The name in Chinese characters.")
    pinyin: Pinyin = line("Pinyin", "The same in pinyin with tone marks.")
    other: list[Text] = line("Other names", "Other names, in any language, under which readers may look for it.", list)


class Period(Statement):
    """When it ran; the statement says how we know."""

    from_: PartialDate = line("From", "First date, as exact as a source gives it: YYYY, YYYY-MM or YYYY-MM-DD.", alias="from")
    to: PartialDate | None = line("To", "Last date known; leave out if it still runs or no source tells.", None)
    precision: Precision = line("Precision", "Whether a source gives the dates.", Precision.EXACT)
    status: Status = line("Status", "What had become of it when the newest source was written.")


class Role(Statement):
    """One actor in one case: what it did and how."""

    actor: Slug = line("Actor", "The actor's id, from `actors.yml`.")
    roles: list[RoleName] = line("Roles", "All that the actor did: initiates, finances, facilitates, delivers, takes part, assesses.", min_length=1)
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
    accounts: list[Statement] = line("Accounts", "Each source's answer as a statement of its own.", min_length=2)
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


class Cell(Model):
    """One cell of a table of comparison: what is said there, or why nothing is."""

    statements: list[Statement] = line("Statements", "What the cell says.", list)
    unknown: UnknownKind | None = line("Unknown", "For an empty cell: which kind of gap it is.", None)


class Row(Model):
    label: Prose = line("Label", "What the row is about; it may link.")
    cells: list[Cell] = line("Cells", "One for each column.", min_length=1)


class Table(Model):
    caption: Text = line("Caption", "What the table shows.")
    columns: list[Text] = line("Columns", "The heads of the columns behind the row's label.", min_length=1)
    rows: list[Row] = line("Rows", "Each with a label and a cell for each column.", min_length=1)


class Section(Model):
    heading: Text = line("Heading", "The section's heading.")
    statements: list[Statement] = line("Statements", "Its text.", list)
    table: Table | None = line("Table", "A table of cited sentences below the text.", None)


def walk(value: object, at: Location = ()) -> Iterator[tuple[Location, object]]:
    """Every part of an entry with its location, in page order, the entry itself first; keys are spelt as in YAML."""
    yield at, value
    if isinstance(value, Model):
        for name, info in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*at, info.alias or name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*at, index))
