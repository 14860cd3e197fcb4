"""Packs from the terminal: written, proved, refused in one line."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from dashboards.briefings.packs.commands import proved
from dashboards.exports.cli import cli


@pytest.fixture
def desks(opening_desk):
    return SimpleNamespace(public=opening_desk, seeing=lambda _audience: opening_desk)


@pytest.fixture
def run(desks, tmp_path):
    wiring = SimpleNamespace(exporting=lambda: (desks, tmp_path / "var", "https://gba.example"))
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words], obj=wiring)


def test_a_briefing_is_written_and_proved(run, desks, tmp_path):
    out = tmp_path / "pack.html"
    done = run("egscc_2", "--out", out, "--lang", "zh-Hant", "--option", "lang2=en")
    assert done.exit_code == 0, done.output
    good, wrong = proved([out], desks, tmp_path, "")
    assert wrong == []
    assert "all " in good[0]
    assert "2025-05-15" in good[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "csv"], "a briefing is one of pptx, pdf, html"),
        (["--format", "html", "--lang", "fr"], "expected en, zh-Hant or zh-Hans"),
        (["--format", "html", "--as-of", "2024-01-01"], "a briefing is frozen"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(run, tmp_path, words, said):
    done = run("egscc_2", "--out", tmp_path, *words)
    assert done.exit_code == 2
    assert said in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_named(desks, tmp_path):
    place = tmp_path / "pack.pdf"
    place.write_bytes(b"%PDF-1.7 nothing")
    good, wrong = proved([place], desks, tmp_path, "")
    assert (good, len(wrong)) == ([], 1)
    assert str(place) in wrong[0]
