"""A short storm of a fixed seed; and that the storm would find what it looks for."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from metrics.warehouse import ledger
from metrics.warehouse.warehouse import open_warehouse
from tests.faults.lies import SOURCES
from tests.faults.stage import Weather
from tests.faults.storm import storm

pytestmark = pytest.mark.faults
STALLING = Weather(kill=0.0, stall=0.1, away=0.0, clock=0.0)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.CRITICAL, "ingest")


def told(folder: Path) -> list[tuple[str, str, int, str]]:
    warehouse = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    runs = [run for one in SOURCES for run in warehouse.runs(one, limit=10_000)]
    warehouse.close()
    return sorted((run.source_id, run.logical_time, run.attempt, run.status) for run in runs)


def test_in_a_storm_each_logical_time_has_one_effect_and_none_is_silently_missed(tmp_path: Path):
    happened = storm(4, timedelta(hours=9), tmp_path)
    assert happened["logical times"] > 100
    for what in (
        "kills",
        "stalls",
        "lies",
        "recovered",
        "missed",
        "failed",
        "clocks set",
        "database away",
        "asked",
    ):
        assert happened[what] > 0, f"no {what} in this round: choose another seed"
    assert happened["effects"] > happened["missed"]
    assert happened["asked and answered"] >= happened["asked"]


@pytest.mark.parametrize("seed", [3, 4])
def test_stalled_past_their_leases_schedulers_pass_over_nothing(tmp_path: Path, seed: int):
    assert storm(seed, timedelta(hours=1), tmp_path, STALLING)["stalls"] > 30


def test_the_same_seed_tells_the_same_story(tmp_path: Path):
    stories: list[tuple[Counter[str], list]] = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        stories.append((storm(9, timedelta(hours=1), folder), told(folder)))
    assert stories[0] == stories[1]


def test_a_scheduler_that_forgets_what_it_missed_is_found_out(tmp_path: Path):
    forgetful = mock.patch("ingest.rota._write_missed")
    with forgetful, pytest.raises(AssertionError, match=r"silently missed|left as \['planned'\]"):
        storm(1, timedelta(hours=2), tmp_path)


def test_a_scheduler_that_leaves_open_what_the_dead_had_in_hand_is_found_out(tmp_path: Path):
    with (
        mock.patch("ingest.rota.recover", return_value=[]),
        pytest.raises(AssertionError, match=r"left as \['started'\]"),
    ):
        storm(1, timedelta(hours=2), tmp_path)


def test_a_run_that_was_asked_for_and_forgotten_is_found_out(tmp_path: Path):
    forgetful = mock.patch("ingest.rota.asked", return_value=[]), mock.patch("ingest.rota._give_up")
    with forgetful[0], forgetful[1], pytest.raises(AssertionError, match=r"asked .*: left as \['planned'\]"):
        storm(1, timedelta(hours=3), tmp_path)


def test_a_ledger_without_its_guards_is_found_out(tmp_path: Path):
    with (
        mock.patch("metrics.warehouse.warehouse.lease.check"),
        mock.patch.object(ledger, "_effect", return_value=None),
        mock.patch.object(ledger, "_refuse_second"),
        pytest.raises(AssertionError, match=r"storm_\w+ 2025-.*\['\w+ed', '\w+ed'"),
    ):
        storm(2, timedelta(hours=1.5), tmp_path, STALLING)
