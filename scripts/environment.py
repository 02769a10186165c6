"""Sets up what the casebook's commands run in: `.venv` from the lock file, and a browser for the tests.

Every command calls `ensure()` before it imports anything of the casebook, so `python scripts/build.py` works in a bare checkout,
with or without make. Only the standard library is used: nothing must be there first, and too old a Python gets a sentence.

    python scripts/environment.py          sets up .venv from requirements.txt
    python scripts/environment.py test     also what the tests need, a browser among it
    python scripts/environment.py lock     writes both lock files anew from pyproject.toml; with --upgrade in the newest versions
    python scripts/environment.py clean    removes what the commands made; .venv stays
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "casebook-locks"
"""Which locks `.venv` was made from: a line `NAME HASH` for each, written last, so that an interrupted set-up is begun again."""

LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-test.txt"
"""Holds all of LOCK, in the same versions, and the tests' own needs."""

OLDEST = (3, 11)
WHEELS_ONLY = ("--only-binary", ":all:")
"""No package's own set-up code is run, and nothing needs a compiler."""

MADE = ("site", ".site-being-built", ".site-before", ".casebook-cache", ".mypy_cache", ".ruff_cache", ".pytest_cache")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
BROWSERS_OFF_THE_PATH = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
    "{PROGRAMFILES}/Microsoft/Edge/Application/msedge.exe",
)


def ensure(tests: bool = False) -> None:
    """Returns only in a Python that has all that the lock asks for.

    Where this Python has it already (a `pip install -r requirements.txt` of one's own), nothing is set up. Otherwise `.venv` is,
    and the running command starts again inside it.
    """
    _require_python()
    lock = TEST_LOCK if tests else LOCK
    if _inside_venv():
        if not _stamped(lock):
            _install(lock)
    elif not _has_all(lock):
        set_up(tests)
        _restart_inside_venv()


def set_up(tests: bool = False) -> None:
    """Makes `.venv` if there is none that works, and installs the lock if it changed. Quick when all is done."""
    _require_python()
    if not _works(PYTHON):
        _make_venv()
    lock = TEST_LOCK if tests else LOCK
    if not _stamped(lock):
        _install(lock)


def find_browser() -> str | None:
    """The browser for the tests: CASEBOOK_CHROMIUM, else a Chromium, Chrome or Edge of this machine."""
    chosen = os.environ.get("CASEBOOK_CHROMIUM")
    if chosen:
        no_program = f"CASEBOOK_CHROMIUM is '{chosen}', where no program is.\nSet it to the path of a Chromium, Chrome or Edge."
        return shutil.which(chosen) or _stop(no_program)
    on_the_path = map(shutil.which, BROWSERS)
    elsewhere = (re.sub(r"\{(.+?)\}", lambda name: os.environ.get(name[1], "-"), path) for path in BROWSERS_OFF_THE_PATH)
    return next(filter(None, on_the_path), None) or next(filter(os.path.isfile, elsewhere), None)


def ensure_browser() -> str:
    """The browser for the tests, installed with apt where that can be done."""
    found = find_browser()
    if not found and _install_chromium():
        found = find_browser()
    return found or _stop(
        "The tests drive a browser, and none was found.\n"
        "Install Chromium, Chrome or Edge (Debian: sudo apt-get install chromium), or set CASEBOOK_CHROMIUM to the path of one."
    )


def lock(upgrade: bool = False) -> None:
    """Writes the lock files from pyproject.toml: universal, with hashes, without the address of any index."""
    _require_python()
    import tomllib  # only here: Pythons older than 3.11 haven't got it

    set_up()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    _run([str(PYTHON), "-m", "pip", "install", "-qq", *extras["lock"]], "uv could not be installed.")
    pin = [str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", ".".join(map(str, OLDEST))]
    pin += ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "make lock", *WHEELS_ONLY, "pyproject.toml"]
    pin += ["--upgrade"] if upgrade else []
    unfit = "No set of packages fits the versions in pyproject.toml; uv's own words stand above."
    _run([*pin, "-o", LOCK.name], unfit)
    _run([*pin, "--extra", "test", "--constraint", LOCK.name, "-o", TEST_LOCK.name], unfit)


def clean() -> None:
    for name in MADE:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ("scripts", "tests"):
        for cache in (ROOT / folder).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)


# ---------- steps ----------


def _require_python() -> None:
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        this = sys.version.split()[0]
        _stop(f"The casebook needs Python {wanted} or newer; this is {this}.\nTry: python{wanted} {' '.join(sys.argv)}")


def _inside_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _works(python: Path) -> bool:
    """False for a missing `.venv` and for one whose Python has been moved or removed since."""
    try:
        return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    try:
        import ensurepip  # noqa: F401  Debian keeps it in a package of its own
        import venv
    except ImportError:
        _stop(
            "This Python can't make a virtual environment: its module 'ensurepip' or 'venv' is missing.\n"
            "On Debian and Ubuntu: sudo apt-get install python3-venv"
        )
    print(f"Making {VENV.name} with Python {sys.version.split()[0]}.", flush=True)
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)


def _install(lock: Path) -> None:
    print(f"Installing what {lock.name} lists into {VENV.name}. The first time this takes about a minute.", flush=True)
    started = time.monotonic()
    STAMP.unlink(missing_ok=True)
    quiet = ["-qq", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    _run(
        [str(PYTHON), "-m", "pip", "install", *quiet, "--require-hashes", *WHEELS_ONLY, "-r", str(lock)],
        f"pip could not install what {lock.name} lists; its own words stand above.\n"
        "If they speak of the network, try again when it is there. Then run the same command.",
    )
    held = (LOCK, TEST_LOCK) if lock == TEST_LOCK else (LOCK,)
    STAMP.write_text("".join(map(_stamp_line, held)), encoding="utf-8")
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def _stamp_line(lock: Path) -> str:
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"


def _stamped(lock: Path) -> bool:
    return STAMP.is_file() and _stamp_line(lock) in STAMP.read_text(encoding="utf-8").splitlines(keepends=True)


def _has_all(lock: Path) -> bool:
    """Whether this Python, whoever set it up, has every package of the lock that every machine needs, in its version."""
    for name, version in re.findall(r"^([\w.-]+)==(\S+) \\$", lock.read_text(encoding="utf-8"), re.M):
        try:
            if metadata.version(name) != version:
                return False
        except metadata.PackageNotFoundError:
            return False
    return True


def _restart_inside_venv() -> None:
    command = [str(PYTHON), *sys.argv]
    os.environ.setdefault("PYTHONUTF8", "1")  # Chinese is printed, also where Windows would take another encoding
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    try:  # Windows has no exec: a child takes over, and its exit code is passed on
        sys.exit(subprocess.run(command, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(130)


def _install_chromium() -> bool:
    """Installs Debian's Chromium if this is a Debian and we may."""
    if not shutil.which("apt-get"):
        return False
    may: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        # Without a terminal nobody can type a password: then only a sudo that asks for none will do.
        may = ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]
    print("No browser for the tests was found: installing Chromium with apt-get.", flush=True)
    apt = [*may, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    steps = ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"])
    return all(subprocess.run(step, check=False, stdout=subprocess.DEVNULL).returncode == 0 for step in steps)


def _run(command: list[str], failed: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        _stop(failed)


def _stop(message: str) -> NoReturn:
    sys.exit(f"\n{message}\n")


def main(arguments: list[str]) -> None:
    started = time.monotonic()
    if arguments in ([], ["test"]):
        set_up(tests=bool(arguments))
        if arguments:
            print(f"Browser for the tests: {ensure_browser()}")
        print(f"{VENV.name} is ready ({time.monotonic() - started:.1f} s).")
    elif arguments in (["lock"], ["lock", "--upgrade"]):
        lock(upgrade=len(arguments) > 1)
    elif arguments == ["clean"]:
        clean()
    else:
        _stop(f"Unknown: {' '.join(arguments)}\n\n{__doc__}")


if __name__ == "__main__":
    main(sys.argv[1:])
