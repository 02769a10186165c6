"""How long 1,000 case files take to load with places and to validate, in CPU seconds and beside PyYAML's own loader in the same run.

`python benchmarks/loading.py [number of files]`, inside the project's .venv.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from casebook import source  # noqa: E402
from casebook.model import Case  # noqa: E402
from casebook.validation import validated  # noqa: E402


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    texts = _texts(wanted)
    print(f"{wanted} files of {sum(map(len, texts)) // wanted} letters on average; CPU seconds")
    plain = _seconds(lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts])
    load = _seconds(lambda: [source.parse(text, "case.yml") for text in texts])
    both = _seconds(lambda: [_validate(text) for text in texts])
    for name, seconds in (("PyYAML's C loader alone", plain), ("load with places", load), ("load and validate", both)):
        print(f"  {name:<26}{seconds:6.2f}  {seconds / plain:5.2f} times")


def _texts(wanted: int) -> list[str]:
    """The real cases, cut to the size of 8.5 kB that was planned for, each with a title of its own."""
    real = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "cases").glob("*/*.yml")) if path.name != "city.yml"]
    smallest = min(real, key=len)
    return [smallest.replace("title: ", f"title: No. {number} ", 1) for number in range(wanted)]


def _validate(text: str) -> None:
    document, _ = source.parse(text, "case.yml")
    if document is None or validated(document, Case)[0] is None:
        raise SystemExit("a case of the benchmark is not sound")


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    main()
