"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("geo", "metrics", "ingest", "dashboards")
CODE = sorted([ROOT / "app.py", *(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))])
ALL_CODE = CODE + sorted([*(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "assets").rglob("*.js")])
CHINESE = re.compile(r"[㐀-鿿豈-﫿]")
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handlers"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", ALL_CODE, ids=name)
def test_no_code_file_is_over_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_function_is_over_40_lines(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = {
        node.name: node.end_lineno - node.body[0].lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.body[0].lineno + 1 > 40
    }
    assert not long


@pytest.mark.parametrize("path", [p for p in CODE if p.name != "__init__.py" and p.parent != ROOT], ids=name)
def test_every_module_has_its_test(path):
    relative = path.relative_to(ROOT)
    test = ROOT / "tests" / relative.parent / f"test_{relative.name}"
    assert test.exists(), f"{name(path)} has no {name(test)}"


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_name_says_nothing(path):
    assert path.stem not in SAYS_NOTHING


@pytest.mark.parametrize("path", CODE, ids=name)
def test_words_live_in_the_locales_not_in_code(path):
    if name(path).startswith("ingest/sources/"):
        return  # a publisher's own headers are facts of its form
    found = CHINESE.findall(path.read_text(encoding="utf-8"))
    assert not found, (
        f"{name(path)} holds Chinese characters {found[:5]}: move them to a locale or the catalogue"
    )


@pytest.mark.parametrize("path", [p for p in CODE if p.name != "app.py"], ids=name)
def test_only_app_reads_the_environment(path):
    source = path.read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "getenv" not in source


@pytest.mark.parametrize("path", CODE, ids=name)
def test_public_functions_and_classes_say_what_they_do(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_no_outside_host_is_named_in_code_or_assets():
    hosts = re.compile(
        r"cdn\.plot\.ly|unpkg\.com|jsdelivr|fonts\.googleapis|fonts\.gstatic|openstreetmap\.org"
    )
    for path in [*ALL_CODE, *sorted((ROOT / "assets").rglob("*.css"))]:
        assert not hosts.search(path.read_text(encoding="utf-8")), name(path)


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return listing.stdout.splitlines()


def test_nothing_that_is_made_at_run_time_is_kept_in_the_repository():
    assert not [p for p in tracked() if p.startswith(("var/", ".venv/")) or p.endswith((".db", ".pyc"))]


@pytest.mark.parametrize("path", [p for p in CODE if p.name != "app.py"], ids=name)
def test_nothing_imports_app(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert "app" not in {name.split(".")[0] for name in names}


METHODS = [name for name in dir({}) if not name.startswith("_")]


@pytest.mark.parametrize("path", sorted((ROOT / "dashboards").rglob("*.html")), ids=lambda path: path.name)
def test_a_template_never_writes_a_method_for_a_word(path):
    """Of a mapping ``said.copy`` is its method: a word of that name is asked for as ``said["copy"]``."""
    found = re.findall(rf"\b(said|files)\.({'|'.join(METHODS)})\b(?!\()", path.read_text(encoding="utf-8"))
    assert found == []
