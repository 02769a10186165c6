"""A live preview: `python scripts/serve.py`, then open the address that it prints. A saved file shows in under a second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", *sys.argv[1:]]
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    environment.ensure()
    sys.exit(main())
