"""The whole casebook into `site/`: checks, then pages, data and search. `python scripts/build.py`; the last good site stays if anything fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    since = time.perf_counter()
    print("Building the casebook:", flush=True)
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=ROOT, env=_quiet(), check=False)
    if done.returncode:
        print("Nothing was published: the last good site is as it was.", file=sys.stderr)
        return 1
    pages = sum(1 for _ in (ROOT / "site").rglob("*.html"))
    print(f"Ready: site/index.html, {pages} pages in {time.perf_counter() - since:.1f} s")
    return 0


def _quiet() -> dict[str, str]:
    """Without the theme's notice of its end of life on every build; ARCHITECTURE.md says what we do about it."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}


if __name__ == "__main__":
    environment.ensure()
    sys.exit(main())
