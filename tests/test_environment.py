"""Set-up: the lock files, the commands that the README names, and what runs them elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import TypeAdapter

import environment
from casebook.model import Case
from casebook.sources import Seen, SourceKind
from casebook.vocabulary import Grade, UnknownKind

LOCKS = [environment.LOCK, environment.TEST_LOCK]
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\\n(?P<hashes>(?:    --hash=.+\n)+)", re.M)


def pinned(lock: Path) -> dict[str, str]:
    return {canonicalize_name(found["name"]): found["version"] for found in PINNED.finditer(lock.read_text(encoding="utf-8"))}


def wanted(*extras: str) -> list[Requirement]:
    project = tomllib.loads((environment.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


# ---------- lock files ----------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_is_a_pin_with_hashes_or_a_comment(lock: Path) -> None:
    rest = PINNED.sub("", lock.read_text(encoding="utf-8"))
    assert [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []
    assert len(pinned(lock)) > 20


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_an_index_or_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|file:| @ |(^|[\s=])/\w", text)
    assert "make lock" in text.partition("==")[0], "the head tells how to make it again"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_holds_what_pyproject_asks_for(lock: Path) -> None:
    versions = pinned(lock)
    for requirement in wanted(*(["test"] if lock == environment.TEST_LOCK else [])):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is in pyproject.toml only: run `make lock`"
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: run `make lock`"


def test_test_lock_holds_the_whole_lock() -> None:
    assert pinned(environment.LOCK).items() <= pinned(environment.TEST_LOCK).items()


def test_this_python_runs_what_is_locked() -> None:
    versions = pinned(environment.TEST_LOCK)
    installed = {canonicalize_name(each.name): each.version for each in metadata.distributions()}
    assert {name: version for name, version in installed.items() if version != versions.get(name, version)} == {}


# ---------- set-up ----------


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Locks and a stamp of the test's own."""
    monkeypatch.setattr(environment, "LOCK", tmp_path / "requirements.txt")
    monkeypatch.setattr(environment, "TEST_LOCK", tmp_path / "requirements-test.txt")
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    environment.LOCK.write_text("one==1 \\\n", encoding="utf-8")
    environment.TEST_LOCK.write_text("one==1 \\\ntwo==2 \\\n", encoding="utf-8")
    return tmp_path


def test_install_is_stamped_only_when_it_went_well(sandbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_run", lambda command, failed: environment._stop(failed))
    with pytest.raises(SystemExit, match=r"pip could not install what requirements\.txt lists"):
        environment._install(environment.LOCK)
    assert not environment._stamped(environment.LOCK)

    monkeypatch.setattr(environment, "_run", lambda command, failed: None)
    environment._install(environment.LOCK)
    assert environment._stamped(environment.LOCK)
    assert not environment._stamped(environment.TEST_LOCK)


def test_test_lock_serves_both_until_one_changes(sandbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_run", lambda command, failed: None)
    environment._install(environment.TEST_LOCK)
    assert environment._stamped(environment.LOCK)
    assert environment._stamped(environment.TEST_LOCK)
    environment.LOCK.write_text("one==1.1 \\\n", encoding="utf-8")
    assert not environment._stamped(environment.LOCK)


def test_a_python_with_all_packages_is_used_as_it_is(sandbox: Path) -> None:
    environment.LOCK.write_text(f"pytest=={metadata.version('pytest')} \\\n", encoding="utf-8")
    assert environment._has_all(environment.LOCK)
    environment.LOCK.write_text("pytest==0.1 \\\n", encoding="utf-8")
    assert not environment._has_all(environment.LOCK)
    environment.LOCK.write_text("there-is-no-such-package==1 \\\n", encoding="utf-8")
    assert not environment._has_all(environment.LOCK)


def test_old_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 99\.0 or newer; this is 3\."):
        environment.ensure()


def test_missing_ensurepip_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment._make_venv()


def test_chosen_browser_goes_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_CHROMIUM", sys.executable)
    assert environment.find_browser() == sys.executable
    monkeypatch.setenv("CASEBOOK_CHROMIUM", "no-such-browser")
    with pytest.raises(SystemExit, match="where no program is"):
        environment.find_browser()


def test_missing_browser_is_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEBOOK_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(environment, "BROWSERS_OFF_THE_PATH", ())
    with pytest.raises(SystemExit, match="apt-get install chromium"):
        environment.ensure_browser()


@pytest.mark.parametrize("script", ["environment.py", "build.py", "check.py", "serve.py", "new.py", "test.py"])
def test_commands_start_without_any_package(script: str, project_root: Path) -> None:
    """Before `ensure` has run there is only the standard library: nothing else may be imported at the top of a command."""
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, 'scripts'); import {script.removesuffix('.py')}"]
    done = subprocess.run(bare, cwd=project_root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "environment.ensure(" in (project_root / "scripts" / script).read_text(encoding="utf-8") or script == "environment.py"


# ---------- what people and machines are told to run ----------


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "cases/README.md", "Makefile"])
def test_every_command_that_is_told_exists(name: str, project_root: Path) -> None:
    text = (project_root / name).read_text(encoding="utf-8")
    scripts = {found.replace("\\", "/") for found in re.findall(r"(?:python3?|py|\$\(PYTHON\)) (scripts[/\\][a-z_]+\.py)", text)}
    assert {script for script in scripts if not (project_root / script).is_file()} == set()
    assert scripts
    told = set(re.findall(r"(?:^|`)make (\w+)(?:$|`|\s+#)", text, re.M))
    assert told <= set(re.findall(r"^(\w+):", (project_root / "Makefile").read_text(encoding="utf-8"), re.M))


def test_readme_has_its_two_commands_with_and_without_make(project_root: Path) -> None:
    readme = (project_root / "README.md").read_text(encoding="utf-8")
    without = ["python3 scripts/build.py", "python3 scripts/test.py", r"py scripts\build.py", r"py scripts\test.py"]
    for command in ["make", "make test", *without]:
        assert re.search(rf"^{re.escape(command)}\b", readme, re.M), command


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_ci_runs_the_readmes_test_command_from_any_folder(project_root: Path, tmp_path: Path) -> None:
    """With a `make` of the test's own, which tells where and how it was called."""
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "$(pwd -P) $*"\nexit 7\n', encoding="utf-8")
    make.chmod(0o755)
    script = project_root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run([script], cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[0] == f"{project_root.resolve()} test"
    assert done.returncode == 7, "a failure is passed on"


def test_workflows_pin_every_action_and_ask_for_nothing_by_default(project_root: Path) -> None:
    workflows = sorted((project_root / ".github" / "workflows").glob("*.yml"))
    assert workflows
    for workflow in workflows:
        text = workflow.read_text(encoding="utf-8")
        pin = re.compile(r"uses: [\w/-]+@[0-9a-f]{40} # v\d\S*")
        assert [line for line in re.findall(r"uses:.*", text) if not pin.fullmatch(line)] == [], workflow.name
        assert re.search(r"^permissions: \{\}$", text, re.M), workflow.name


def test_workflows_have_no_known_weakness(project_root: Path) -> None:
    done = run_tool("zizmor", "--offline", "--persona", "auditor", "--no-progress", ".github/workflows", root=project_root)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [("vendor.citation-file-format", "CITATION.cff"), ("vendor.github-workflows", ".github/workflows/*.yml")],
)
def test_files_fit_their_published_schemas(schema: str, pattern: str, project_root: Path) -> None:
    files = [str(path) for path in project_root.glob(pattern)]
    assert files
    done = run_tool("check-jsonschema", "--builtin-schema", schema, *files, root=project_root)
    assert done.returncode == 0, done.stdout


def test_citation_is_of_this_version(project_root: Path) -> None:
    project = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"\nversion: {project['version']}\n" in (project_root / "CITATION.cff").read_text(encoding="utf-8")


def run_tool(name: str, *arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / name
    return subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)


# ---------- the examples in CONTRIBUTING.md ----------


def examples(language: str) -> list[str]:
    text = (environment.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.+?)^```$", text, re.M | re.S)
    assert found, f"no example in {language}"
    return found


@pytest.mark.parametrize("example", examples("yaml"))
def test_examples_of_fields_fit_the_model(example: str) -> None:
    for name, value in yaml.safe_load(example).items():
        TypeAdapter(Case.model_fields[name].annotation).validate_python(value)


def test_example_of_a_source_is_one_of_ours(project_root: Path) -> None:
    assert all(example in (project_root / "bibliography.bib").read_text(encoding="utf-8") for example in examples("bibtex"))


def test_kinds_grades_and_gaps_are_all_explained() -> None:
    text = (environment.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    words = [str(word) for choice in (Grade, UnknownKind, SourceKind, Seen) for word in choice]
    assert [word for word in words if f"`{word}`" not in text] == []


def test_keys_in_the_examples_are_in_the_bibliography(project_root: Path) -> None:
    text = re.sub(r"^```\n.+?^```$", "", (project_root / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.M | re.S)
    keys = set(re.findall(r"[\[;] ?@([\w-]+),", text))
    ours = set(re.findall(r"^@\w+\{([^,]+),", (project_root / "bibliography.bib").read_text(encoding="utf-8"), re.M))
    assert keys
    assert keys <= ours
