"""How the sources are, told in words: states, runs, counts, what is held back and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.panels import sources_health as health
from dashboards.panels.source_calendar import calendar_said
from ingest.lines import Line
from ingest.registry import sources
from ingest.watch import Health
from metrics.asof import HONG_KONG
from metrics.warehouse.entries import Run, Suspect
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.panels.crossing_days import over
from tests.dashboards.panels.drawn import LANGUAGES, NOW, put, text

KNOWN = sources()
AT = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, 0, 0, tzinfo=HONG_KONG)


def run(status: str, error: str = "", **counts: int) -> Run:
    return Run(
        run_id="r1", source_id="x", trigger="schedule", logical_time=AT.isoformat(), attempt=1, status=status,
        stage="load", token=None, planned_at=AT, started_at=AT, ended_at=AT, counts=counts, error=error,
    )  # fmt: skip


def told_of(source_id: str, state: str, **more) -> Health:
    facts = {"data_to": None, "due_by": None, "last": None, "good": None, "next_at": None}
    return Health(source=KNOWN[source_id], state=state, **(facts | more))


LOADED = run("loaded", read=53904, new=161712)
TOLD = (
    told_of("hk_waiting_levels", "never", last=run("failed", "row 1: expected HYW, found <html>", failed=1)),
    told_of("hk_immigration_daily", "on_time", data_to=MIDNIGHT, last=LOADED, good=LOADED,
            next_at=AT + timedelta(hours=12)),
    told_of("hk_road_segments", "late", data_to=AT, last=run("unchanged"), good=run("unchanged")),
    told_of("shenzhen_open_data", "not_configured", last=run("not_configured")),
)  # fmt: skip


@pytest.fixture
def desk(opening_desk, tmp_path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'held.db'}")
    warehouse.migrate()
    suspects = [
        Suspect(source_id="hk_immigration_daily", rule="bounds, sum", said="too much", row={"n": n})
        for n in range(3)
    ]
    refused = Suspect(source_id="hk_waiting_levels", rule="payload refused in parse", said="html", row={})
    warehouse.quarantine([*suspects, refused], "r1")
    yield replace(over(warehouse, opening_desk), health=lambda: TOLD)
    warehouse.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_in_every_language(desk, opening_desk, lang):
    for one in (desk, opening_desk):
        for panel in (health.SUMMARY, health.LISTING, health.QUARANTINE):
            assert put(panel, one, Filters(lang=lang, as_of=NOW)).well


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_real_source_can_be_told(desk, lang):
    everything = tuple(told_of(source_id, "never", last=run("failed", "x")) for source_id in KNOWN)
    told = text(health.LISTING, replace(desk, health=lambda: everything), Filters(lang=lang, as_of=NOW))
    assert all(one.title[lang] in told for one in KNOWN.values())


def test_what_wants_attention_stands_first(desk):
    frame = health.health(desk, Filters(as_of=NOW))
    assert frame["state"].tolist() == ["late", "on_time", "never", "not_configured"]


def test_the_summary_counts_each_state_and_what_is_held(desk):
    told = text(health.SUMMARY, desk)
    words = desk.words["en"]
    for count, name in (("1", "late"), ("1", "on_time"), ("1", "never"), ("4", "held")):
        assert f"{count} | {words.t(f'sources.{name}')}" in told


def test_a_source_tells_its_data_its_runs_and_what_they_brought(desk):
    told = text(health.LISTING, desk)
    assert "20 Nov 2026" in told  # data to the end of that day
    assert "53,904 read, 161,712 new" in told
    assert "21 Nov 2026, 08:30" in told
    assert "21 Nov 2026, 20:30" in told
    assert "Immigration Department" in told


def test_a_form_nobody_has_seen_says_so(desk):
    assert not KNOWN["hk_waiting_levels"].confirmed
    told = text(health.LISTING, desk).split("Waiting levels at land control points")[0]
    assert told.rstrip(" |").endswith(desk.words["en"].t("sources.unconfirmed"))


def test_why_a_source_failed_and_since_when_is_said_in_the_readers_words(desk):
    first = replace(run("failed"), run_id="r0", ended_at=AT - timedelta(days=3))
    line = Line("row 1: expected HYW, found <html>", "unreachable", host="www.immd.gov.hk")
    failing = replace(TOLD[0], broken=first)
    feeds = SimpleNamespace(
        health=lambda: (failing,), lines=lambda _run: (line,), mark=lambda: 1, asked=tuple
    )
    told = text(health.LISTING, replace(desk, feeds=feeds), Filters(lang="zh-Hant", as_of=NOW))
    assert "無法連接 www.immd.gov.hk。" in told
    assert "自2026年11月18日 08:30起失敗" in told
    assert "expected HYW" not in told


def test_the_pages_rest_on_the_ledger_and_are_asked_for_sooner_while_somebody_waits(desk):
    assert (health.mark(desk), health.seconds(desk)) == (None, 60)
    waits = SimpleNamespace(mark=lambda: ("r9", 1), asked=lambda: ("x",))
    assert (health.mark(replace(desk, feeds=waits)), health.seconds(replace(desk, feeds=waits))) == (
        ("r9", 1),
        4,
    )


@pytest.mark.parametrize("source_id", sorted(KNOWN))
def test_every_calendar_of_a_source_has_words(desk, source_id):
    for lang in LANGUAGES:
        words = desk.words[lang]
        said = calendar_said(KNOWN[source_id].schedule, words)
        assert "*" not in said


def test_reasons_are_words_and_unknown_ones_stand_as_they_are(desk):
    told = text(health.QUARANTINE, desk)
    words = desk.words["en"]
    both = words.listing([words.t("sources.rule_bounds"), words.t("sources.rule_sum")])
    assert f"{both} | 3" in told
    assert words.t("sources.rule_refused") in told
    frame = pd.DataFrame({"title": ["a"], "rule": ["odd"], "n": [1], "since": [pd.Timestamp(AT)]})
    panel = replace(health.QUARANTINE, query=lambda *_: frame)
    assert "odd" in text(panel, desk)


def test_nothing_held_is_said(opening_desk):
    assert opening_desk.words["en"].t("sources.nothing_held") in text(health.QUARANTINE, opening_desk)


def test_every_licence_of_a_source_has_words(desk):
    assert {one.licence for one in KNOWN.values()} <= set(health.LICENCES)
