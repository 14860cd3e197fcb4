"""Known errors: put right while they last, reported once they are mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.corrections import CorrectionFaults, corrected, corrections, strangers
from tests.ingest.making import record, source

GOOD = """
[[correction]]
source = "made_up"
indicator = "bcp_passengers_daily"
place = "hk_lo_wu"
breakdown = "direction=arrival;group=other_visitors"
start = 2025-05-01
end = 2025-05-01
expect = 100
value = 10
reason = "The publisher's notice says that one digit was typed twice."
"""


def written(tmp_path: Path, words: str) -> Path:
    file = tmp_path / "corrections.toml"
    file.write_text(words, encoding="utf-8")
    return file


def test_our_own_corrections_are_sound():
    assert all(entry.reason for entry in corrections())


def test_a_known_error_is_put_right_and_marked(tmp_path: Path):
    known = corrections(written(tmp_path, GOOD))
    other = record(start=date(2025, 5, 2), end=date(2025, 5, 2))
    right, said = corrected("made_up", [record(), other], known)
    assert [(r.value, r.status) for r in right] == [(10, "revised"), (100, "final")]
    assert "typed twice" in said[0]


def test_a_correction_the_source_has_outlived_is_not_applied_and_said(tmp_path: Path):
    right, said = corrected("made_up", [record(value=10)], corrections(written(tmp_path, GOOD)))
    assert (right[0].value, right[0].status) == (10, "final")
    assert "outlived" in said[0]
    assert "expected 100, found 10" in said[0]


def test_another_sources_figures_are_left_alone(tmp_path: Path):
    assert corrected("another", [record()], corrections(written(tmp_path, GOOD)))[0] == [record()]


def test_all_faults_of_the_file_are_told_at_once(tmp_path: Path):
    wrong = GOOD.replace('reason = "The', 'because = "The') + GOOD.replace("value = 10\n", "value = 100\n")
    with pytest.raises(CorrectionFaults) as caught:
        corrections(written(tmp_path, wrong))
    words = str(caught.value)
    assert "correction 1: expected reason, found none" in words
    assert "found because" in words
    assert "correction 2: expected a value that differs" in words


def test_two_corrections_of_one_figure_are_a_fault(tmp_path: Path):
    with pytest.raises(
        CorrectionFaults, match="correction 2: expected one for a figure, found 1 for the same"
    ):
        corrections(written(tmp_path, GOOD + GOOD.replace("value = 10", "value = 11")))


def test_a_correction_of_what_no_source_reports_is_said(tmp_path: Path):
    known = corrections(written(tmp_path, GOOD))
    assert list(strangers(known, {"made_up": source()})) == []
    (fault,) = strangers(known, {})
    assert "expected a source that there is, found 'made_up'" in fault
    (fault,) = strangers(known, {"made_up": source(feeds={"bcp_passengers_daily": ("hk_airport",)})})
    assert fault == (
        "corrections.toml: bcp_passengers_daily hk_lo_wu 2025-05-01: "
        "expected an indicator and a place that made_up feeds"
    )
