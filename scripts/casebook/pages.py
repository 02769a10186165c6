"""The book as Markdown pages: one for each entry and source, and an index of each kind. MkDocs only makes HTML of them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from casebook import fields, prose, rules, surveys, timelines
from casebook.accounts import account
from casebook.book import CODEBOOK, INDEXES, SOURCES, SURVEYS, Book, Mention
from casebook.model import KINDS, Case, City, Entry, Narrative
from casebook.sources import Source, SourceKind
from casebook.surveys import by_measure
from casebook.templating import Templates, escaped, number
from casebook.values import Prose
from casebook.views import View, form
from casebook.vocabulary import Grade, RoleName, Step

FOLDER = Path(__file__).parent / "templates"

SCRIPTS = {"compare": "compare.js"}
"""Pages that load a script of their own from the assets."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: its address without slashes at the ends, its Markdown with front matter, the file to edit."""

    id: str
    text: str
    file: str

    @property
    def uri(self) -> str:
        """The Markdown file that MkDocs is told of; an address that has others below it becomes their index."""
        return f"{self.id}/index.md" if self.id in (*INDEXES, "compare") else f"{self.id}.md"


def pages(book: Book) -> Iterator[Page]:
    """Every generated page, in the order of kinds."""
    write = Writer(book)
    for entry in book.everything:
        yield write.entry(entry)
    for source in book.sources.values():
        yield write.source(source)
    for kind in INDEXES:
        yield write.index(kind)
    yield write.codebook()
    for survey in SURVEYS:
        yield write.survey(survey)
    for pair in book.pairs:
        yield write.pair(pair)
    for entry in book.narratives:
        for old in entry.formerly:
            yield write.moved(old, entry)


class Writer:
    """Writes pages of one book; the templates are named after what they show."""

    def __init__(self, book: Book) -> None:
        self._book = book
        words: dict[str, Any] = {"book": book, "RoleName": RoleName, "Step": Step, "Grade": Grade, "form": form, "Prose": Prose}
        words |= {"account": partial(account, book), "uses": partial(surveys.uses, book)}
        filters: dict[str, Callable[..., Any]] = {
            "number": number,
            "bare": bare,
            "by_measure": by_measure,
            "unlinked": prose.without_links,
            "link": link,
            "count": count,
            "one_line": one_line,
            "first_paragraph": first_paragraph,
            "coded": coded,
        }
        self._render = Templates(FOLDER, words, filters)

    def entry(self, entry: Entry) -> Page:
        body = self._render(f"{entry.kind}.md.j2", view=View.of(self._book, entry), entry=entry, **{entry.kind: entry})
        return Page(entry.address.strip("/"), self._front(entry) + body, entry.file)

    def source(self, source: Source) -> Page:
        mentions = grouped(self._book.mentions.get(source.key, []))
        body = self._render("source.md.j2", source=source, mentions=mentions)
        front = _front_matter(title=source.short, kind="source", crumbs=[[INDEXES[SOURCES], f"page:{SOURCES}"]], heading=source.short)
        return Page(source.address.strip("/"), front + body, source.place.file)

    def moved(self, old: str, entry: Narrative) -> Page:
        """The page at an address under which the entry stood before."""
        front = _front_matter(title=f"Moved: {old}", kind="moved", moved=entry.key, hide=["toc"])
        return Page(f"{entry.plural}/{old}", f"{front}# This {entry.kind} has moved\n\nIt is now here: {link(entry)}\n", entry.file)

    def index(self, plural: str) -> Page:
        values: dict[str, Any] = {"title": INDEXES[plural], "plural": plural}
        if plural == SOURCES:
            values["groups"] = by_kind(self._book)
        body = self._render(f"index-{plural}.md.j2", **values)
        front = _front_matter(title=INDEXES[plural], kind="index", crumbs=[], heading=INDEXES[plural])
        return Page(plural, front + body, next((f"cases/{kind.collection}" for kind in KINDS if kind.plural == plural and kind.collection), ""))

    def codebook(self) -> Page:
        """The model as editors need it, and what the check asks."""
        values = {"kinds": KINDS, "groups": fields.groups(), "vocabularies": fields.vocabularies(), "catalogue": list(rules.catalogue().items())}
        body = self._render("codebook.md.j2", title="Codebook", rows=fields.rows, **values)
        return Page(CODEBOOK, _front_matter(title="Codebook", kind="guide", crumbs=[], heading="Codebook") + body, "scripts/casebook/model.py")

    def survey(self, id_: str) -> Page:
        """A page that shows the whole book at a glance."""
        book, title = self._book, SURVEYS[id_]
        values: dict[str, Callable[[], dict[str, Any]]] = {
            "evidence-map": lambda: {"evidence": surveys.evidence(book)},
            "compare": lambda: {"pairs": list(book.pairs.values())},
            "timeline": lambda: {"line": timelines.timeline(book), "moments": surveys.moments(book)},
            "actors-and-cases": lambda: {"acting": surveys.acting(book), "played": surveys.parts_played(book)},
            "disagreements": lambda: {"disagreements": list(surveys.disagreements(book)), "number_key": id},
            "unknowns": lambda: {"unknowns": surveys.unknowns(book), "kinds": surveys.kinds_of_unknown(book)},
        }
        body = self._render(f"survey-{id_}.md.j2", title=title, **values[id_]())
        return Page(id_, _front_matter(title=title, kind="survey", crumbs=[], heading=title, hide=["toc"], script=SCRIPTS.get(id_, "")) + body, "")

    def pair(self, id_: str) -> Page:
        """Two cities side by side."""
        one, other = self._book.pairs[id_]
        title = f"{one.title} and {other.title}"
        names = [(name, info) for name, info in City.model_fields.items() if is_statements(getattr(one, name)) or is_statements(getattr(other, name))]
        values = {"one": one, "other": other, "sections": [(name, info.title) for name, info in names if name != "identification"], "number_key": id}
        body = self._render("pair.md.j2", title=title, **values)
        crumbs = [[SURVEYS["compare"], "page:compare"]]
        return Page(id_, _front_matter(title=title, kind="pair", crumbs=crumbs, heading=title, hide=["toc"]) + body, "")

    def _front(self, entry: Entry) -> str:
        names = getattr(entry, "names", None)
        summary = getattr(entry, "summary", None) or getattr(entry, "definition", None) or getattr(entry, "account", [])
        values: dict[str, Any] = {
            "title": entry.title,
            "kind": entry.kind,
            "heading": entry.title,
            "chinese": names.chinese if names else "",
            "description": prose.plain_words(summary[0].text) if summary else "",
            "crumbs": [[INDEXES[entry.plural], f"page:{entry.plural}"]],
        }
        if isinstance(entry, Case):
            values |= self._case_front(entry)
        return _front_matter(**values)

    def _case_front(self, case: Case) -> dict[str, Any]:
        before, after = self._book.neighbours(case)
        city = self._book.cities[case.city]
        return {
            "crumbs": [["Cities", "page:cities"], [city.title, city.key]],
            "city": city.title,
            "city_id": city.id,
            "years": f"{case.period.from_.year}",
            "before": [before.title, before.key] if before else None,
            "after": [after.title, after.key] if after else None,
        }


def _front_matter(**values: Any) -> str:
    return f"---\n{json.dumps(values, ensure_ascii=False)}\n---\n"


def is_statements(value: object) -> bool:
    """Whether a field holds statements and nothing else."""
    return form(value) == "statements"


# ---------- filters ----------


def bare(text: str) -> Markup:
    """A text for quoting on another page: without citations, links as plain words."""
    return Markup(prose.quoted(text))


def link(entry: Entry, words: str | None = None) -> Markup:
    """An HTML link to an entry's page, to be resolved when the page is made."""
    return Markup('<a href="{}">{}</a>').format(entry.key, words or entry.title)


def count(items: object, one: str, many: str | None = None) -> str:
    """`1 case`, `4 cases`."""
    found = items if isinstance(items, int) else len(items)  # type: ignore[arg-type]
    return f"{found} {one if found == 1 else many or one + 's'}"


def one_line(text: str) -> Markup:
    """Markdown that must stay within a table's cell or a list's item."""
    return Markup(" ".join(str(text).replace("|", "&#124;").split()))


def coded(text: str) -> Markup:
    """Plain words in which `what editors type` stands between backticks."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(escaped(part)) if at % 2 else escaped(part) for at, part in enumerate(parts))


def first_paragraph(text: str) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(text).partition("\n\n")[0].split())


def grouped(mentions: list[Mention]) -> list[tuple[str, str, list[Mention]]]:
    """Mentions by the page that cites: its link target, its title, its mentions, in page order and each statement once."""
    groups: dict[str, tuple[str, dict[str, Mention]]] = {}
    for mention in mentions:
        key = mention.by.key if isinstance(mention.by, Entry) else f"page:{mention.by.id}"
        group = groups.setdefault(key, (mention.by.title, {}))
        group[1].setdefault(f"{mention.numbered.anchor if mention.numbered else mention.text} {mention.citation.place}", mention)
    return [(key, title, list(found.values())) for key, (title, found) in groups.items()]


def by_kind(book: Book) -> list[tuple[SourceKind, list[tuple[Source, int]]]]:
    """Sources under each kind that they are of, with the number of their citations, by what they are called."""
    rows = sorted(((s, len(book.mentions.get(s.key, []))) for s in book.sources.values()), key=lambda row: (row[0].short.casefold(), row[0].key))
    return [(kind, [row for row in rows if kind in row[0].kinds]) for kind in SourceKind]


def readings(book: Book) -> dict[str, str]:
    """The pinyin that the casebook itself writes, by Chinese name: the search trusts it before any dictionary."""
    found: dict[str, str] = {}
    for entry in book.everything:
        for _, value in entry.parts:
            chinese, pinyin = getattr(value, "chinese", None), getattr(value, "pinyin", None)
            if chinese and pinyin:
                found.setdefault(chinese, pinyin)
    return found
