"""The command that takes figures away, as it is typed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from types import SimpleNamespace

import openpyxl
import pytest
from typer.testing import CliRunner

from dashboards.exports import commands
from dashboards.exports.cli import cli


@pytest.fixture
def run(opening_desk, tmp_path):
    desk = replace(opening_desk, formats={})
    wiring = SimpleNamespace(
        exporting=lambda: (SimpleNamespace(public=desk), tmp_path / "var", "https://gba.example")
    )

    def typed(*words: str):
        return CliRunner().invoke(cli, [str(word) for word in words], obj=wiring)

    return typed


def test_a_panel_is_written_as_the_files_name_says(run, tmp_path) -> None:
    out = tmp_path / "map.xlsx"
    done = run("fiveg-map", "--out", out, "--lang", "zh-Hant", "--per", "capita")
    assert done.exit_code == 0, done.output
    assert openpyxl.load_workbook(out).properties.title == "每萬人5G基站數目"
    assert [path.name for path in tmp_path.iterdir()] == ["map.xlsx"]


def test_an_indicator_is_written_whole_as_it_was_known_then(run, tmp_path, opening_desk) -> None:
    out = tmp_path / "users.json"
    assert run("iam_smart_users", "--out", out, "--as-of", "2024-03-28").exit_code == 0
    body = json.loads(out.read_text(encoding="utf-8"))
    assert body["as_of"] == "2024-03-28"
    assert body["permalink"].startswith("https://gba.example/indicators/iam_smart_users?as_of=2024-03-28")
    assert all(row["known_at"] < "2024-03-29" for row in body["rows"])


def test_a_folder_gets_a_file_with_a_telling_name(run, tmp_path) -> None:
    assert run("fiveg-map", "--format", "csv", "--out", tmp_path, "--option", "year=2023").exit_code == 0
    (made,) = tmp_path.glob("*.csv")
    assert made.name == "5G base stations 2026-11-21.csv"
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8-sig"), newline="")))
    assert {row["Period"][-4:] for row in rows if row["Value"]} == {"2023"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fiveg-mapp", "--format", "csv"], "near it: fiveg-map"),
        (["fiveg-map", "--format", "exe"], "expected one of csv, xlsx"),
        (["fiveg-map"], "no --format"),
        (["measures", "--format", "csv"], "--page: which one, such as /work-items/1"),
        (["fiveg-map", "--format", "csv", "--lang", "fr"], "--lang: one of en"),
        (["fiveg-map", "--format", "csv", "--option", "year"], "expected NAME=VALUE"),
        (["iam_smart_users", "--format", "csv", "--option", "year=2023"], "not known for iam_smart_users"),
        (["iam_smart_users", "--format", "csv", "--places", "atlantis"], "--places"),
        (["fiveg_pop_coverage_pct", "--format", "csv", "--per", "km2"], "leave --per away"),
        (["catalogue", "--format", "xlsx"], "expected zip or csv"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_clear_line_and_nothing_is_written(run, tmp_path, words, said) -> None:
    done = run(*words, "--out", tmp_path)
    assert done.exit_code == 2
    assert said in done.output
    assert len(done.output.strip().split("\n")) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(run, tmp_path) -> None:
    done = run("fiveg-map", "--out", tmp_path / "no" / "a.csv")
    assert done.exit_code == 2
    assert "there is no folder" in done.output


def test_ctrl_c_leaves_nothing_half_written(run, tmp_path, monkeypatch) -> None:
    def stopped(out, *_args, **_more) -> None:
        out.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "write_package", stopped)
    (tmp_path / "all.zip").write_bytes(b"the one before")
    done = run("catalogue", "--out", tmp_path / "all.zip")
    assert done.exit_code == 1
    assert "nothing was written" in done.output
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("all.zip", b"the one before")]
