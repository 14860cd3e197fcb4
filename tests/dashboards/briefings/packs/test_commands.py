"""Packs from the terminal: written, proved, refused in one line."""

from __future__ import annotations

import re
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from dashboards.briefings.packs.commands import proved
from dashboards.exports import commands
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


@pytest.mark.parametrize("at", [1, 5])
@pytest.mark.parametrize("form", ["pptx", "pdf", "html"])
def test_ctrl_c_at_any_step_leaves_nothing(run, tmp_path, monkeypatch, form, at):
    out, steps = tmp_path / "out", []
    out.mkdir()

    @contextmanager
    def pressing():
        def step(done: int, of: int, _what: str) -> None:
            steps.append((done, of))
            if len(steps) > of * at // 6:
                raise KeyboardInterrupt

        yield step

    monkeypatch.setattr(commands, "bar", pressing)
    done = run("egscc_2", "--format", form, "--out", out)
    assert done.exit_code == 1
    assert "Stopped; nothing was written." in done.output
    assert len(steps) > 3
    assert list(out.iterdir()) == []


def test_what_a_briefing_lacks_is_said(run, tmp_path, monkeypatch):
    def fails(*_asked, **_more):
        raise ZeroDivisionError("a panel of nothing")

    monkeypatch.setattr("dashboards.briefings.making.tell", fails)
    done = run("egscc_2", "--format", "html", "--out", tmp_path)
    assert done.exit_code == 0
    assert re.search(r"; [1-9]\d? slides failed and say so", done.output)


def test_a_damaged_file_is_named(desks, tmp_path):
    place = tmp_path / "pack.pdf"
    place.write_bytes(b"%PDF-1.7 nothing")
    good, wrong = proved([place], desks, tmp_path, "")
    assert (good, len(wrong)) == ([], 1)
    assert str(place) in wrong[0]
