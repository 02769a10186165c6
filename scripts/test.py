"""All tests: `python scripts/test.py [arguments for pytest]`. Code style, types, then pytest; exit 1 if one of them fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import environment

CHECKS = {
    "style": ["ruff", "check"],
    "types": ["mypy"],
    "tests": ["pytest"],
}


def main(for_pytest: list[str]) -> int:
    environment.ensure(tests=True)
    os.environ["CASEBOOK_CHROMIUM"] = environment.ensure_browser()
    failed = [name for name, command in CHECKS.items() if not _passes(name, command, for_pytest if name == "tests" else [])]
    if failed:
        print(f"\nFailed: {', '.join(failed)}.")
    return 1 if failed else 0


def _passes(name: str, command: list[str], more: list[str]) -> bool:
    print(f"\n=== {name}: {' '.join([*command, *more])}", flush=True)
    started = time.monotonic()
    passes = subprocess.run([sys.executable, "-m", *command, *more], cwd=environment.ROOT, check=False).returncode == 0
    print(f"=== {name}: {'passed' if passes else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
    return passes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
