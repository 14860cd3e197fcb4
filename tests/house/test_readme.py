"""The README names what the product has, and nothing that it has not."""

from __future__ import annotations

import re
from pathlib import Path

import typer

import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_named():
    commands = set(typer.main.get_command(app.cli).commands)
    missing = {name for name in commands if f"`{name}" not in README}
    assert not missing


def test_every_setting_is_named():
    settings = {f"GBA_{field.upper()}" for field in app.Settings.model_fields}
    missing = {name for name in settings if f"`{name}`" not in README}
    assert not missing


def test_no_setting_is_named_that_does_not_exist():
    settings = {f"GBA_{field.upper()}" for field in app.Settings.model_fields}
    named = {
        name for name in re.findall(r"GBA_[A-Z_]+", README) if not name.startswith(("GBA_KEY_", "GBA_TEST_"))
    }
    assert named <= settings


def test_every_target_of_the_makefile_is_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    explained = re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)
    assert sorted(phony) == sorted(explained)


def test_every_picture_and_document_it_links_to_exists():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing
