"""Every problem in the content, without building: `python scripts/check.py [--format text|github|json]`. Exit 1 if there is one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    from casebook import reading, reports, rules

    options = _options(list(reports.FORMATS))
    book, problems = reading.read_book(options.root)
    problems += rules.check(book)
    print(reports.FORMATS[options.format](problems, options.root))
    return 1 if problems else 0


def _options(formats: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tell every problem in the casebook's content.")
    parser.add_argument("--format", choices=formats, default="text", help="for people, for GitHub's annotations, or for programs")
    parser.add_argument("--root", type=Path, default=ROOT, help="the casebook's folder")
    return parser.parse_args()


if __name__ == "__main__":
    environment.ensure()
    sys.exit(main())
