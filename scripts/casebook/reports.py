"""Problems as an editor reads them: in words with the line shown, as annotations for GitHub, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from casebook.problems import Place, Problem


def as_text(problems: list[Problem], root: Path) -> str:
    """Each problem with its line, a caret under its column, and its remedy; then the number of them."""
    lines = [_one(problem, root) for problem in sorted(problems)]
    return "\n\n".join([*lines, _total(problems)])


def _total(problems: list[Problem]) -> str:
    if not problems:
        return "No problems."
    files = len({problem.place.file for problem in problems})
    return f"{len(problems)} problem{'s' * (len(problems) != 1)} in {files} file{'s' * (files != 1)}."


def _one(problem: Problem, root: Path) -> str:
    parts = [f"{problem.place}: {problem.message} [{problem.rule}]"]
    shown = _line(root / problem.place.file, problem.place.line)
    if shown.strip():
        parts += _with_caret(shown, problem.place)
    if problem.remedy:
        parts.append(f"    {problem.remedy}")
    return "\n".join(parts)


def _line(path: Path, number: int) -> str:
    """The line of a file, or nothing where the file can't be read: the problem says so itself."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if number <= len(lines) else ""


def _with_caret(line: str, place: Place, width: int = 100) -> list[str]:
    column = place.column
    start = max(0, column - width // 2) if len(line) > width else 0
    cut = "".join(letter if letter.isprintable() else " " for letter in line[start : start + width])
    number = f"{place.line:>5} | "
    return [number + cut, " " * (len(number) + _wide(cut[: column - 1 - start])) + "^"]


def _wide(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def as_github(problems: list[Problem], root: Path) -> str:
    """Workflow commands that GitHub shows as annotations beside the lines of a pull request."""
    del root
    return "\n".join(_annotation(problem) for problem in sorted(problems))


def _annotation(problem: Problem) -> str:
    place = problem.place
    body = _data(f"{problem.message}\n{problem.remedy}".strip())
    return f"::error file={_property(place.file)},line={place.line},col={place.column},title={_property(problem.rule)}::{body}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: list[Problem], root: Path) -> str:
    del root
    rows = [
        {"file": p.place.file, "line": p.place.line, "column": p.place.column, "rule": p.rule, "message": p.message, "remedy": p.remedy}
        for p in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[list[Problem], Path], str]] = {"text": as_text, "github": as_github, "json": as_json}
