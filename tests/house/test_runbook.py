"""The runbook names commands, settings and files that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

import app

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [ROOT / "docs" / name for name in ("runbook.md", "sizing.md")]
UNITS = sorted((ROOT / "docs" / "deploy").iterdir())


def commands() -> dict[str, object]:
    return typer.main.get_command(app.cli).commands


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_command_it_names_exists_with_its_options(paper):
    text = paper.read_text(encoding="utf-8")
    named = re.findall(r"app\.py ([a-z][a-z-]*)([^`\n]*)", text)
    known = commands()
    for name, rest in named:
        assert name in known, f"{paper.name}: no command {name}"
        options = set(re.findall(r"--[a-z-]+", rest)) - {"--help"}
        command = known[name]
        if hasattr(command, "commands"):
            sub = rest.split()[0] if rest.split() else ""
            assert sub in command.commands, f"{paper.name}: no command {name} {sub}"
            command = command.commands[sub]
        there = {option for parameter in command.params for option in parameter.opts}
        assert options <= there, f"{paper.name}: {name} has no {options - there}"


@pytest.mark.parametrize("paper", [*PAPERS, *UNITS], ids=lambda path: path.name)
def test_every_setting_it_names_exists(paper):
    settings = {f"GBA_{field.upper()}" for field in app.Settings.model_fields}
    assert set(re.findall(r"GBA_[A-Z_]+", paper.read_text(encoding="utf-8"))) <= settings


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_paper_it_leads_to_exists(paper):
    links = re.findall(r"\]\(([^)#:]+)\)", paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_the_units_start_commands_that_there_are():
    for unit in UNITS:
        if unit.suffix == ".service":
            (name,) = re.findall(r"app\.py ([a-z]+)", unit.read_text(encoding="utf-8"))
            assert name in commands()
