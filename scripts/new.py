"""A commented, valid start for a new case: `python scripts/new.py case guiyang/my-case [--title "..."]`."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    from casebook.model import Case
    from casebook.outputs.blank import blank
    from casebook.values import SLUG

    options = _options()
    city, _, name = options.id.partition("/")
    path = options.root / "cases" / city / f"{name}.yml"
    if not (SLUG.fullmatch(city) and SLUG.fullmatch(name)):
        return _refuse(f"'{options.id}' is no id. Write CITY/NAME in lower-case letters, digits and hyphens: guiyang/my-case")
    if not (path.parent / "city.yml").exists():
        cities = ", ".join(sorted(found.parent.name for found in (options.root / "cases").glob("*/city.yml")))
        return _refuse(f"there is no city '{city}'. Cities: {cities}")
    if path.exists():
        return _refuse(f"{path.relative_to(options.root).as_posix()} is there already; nothing was changed")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    path.write_text(blank(Case, today, options.title or name.replace("-", " ").capitalize()), encoding="utf-8", newline="\n")
    print(f"Written: {path.relative_to(options.root).as_posix()}\nFill it in; python scripts/check.py tells what is missing.")
    return 0


def _refuse(why: str) -> int:
    print(f"new.py: {why}", file=sys.stderr)
    return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a commented, valid start for a new entry.")
    parser.add_argument("kind", choices=["case"])
    parser.add_argument("id", help="CITY/NAME, such as guiyang/my-case: the file's place and the page's address")
    parser.add_argument("--title", default="", help="the title in English")
    parser.add_argument("--root", type=Path, default=ROOT, help="the casebook's folder")
    return parser.parse_args()


if __name__ == "__main__":
    environment.ensure()
    sys.exit(main())
