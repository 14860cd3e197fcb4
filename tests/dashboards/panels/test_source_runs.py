"""One source: its state and since when, its runs with words, counts, changes and payloads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from dashboards.desk import Filters
from dashboards.panels import source_runs
from ingest.difference import Difference
from ingest.feeds import RunTold
from ingest.lines import Line
from metrics.warehouse.entries import RunAnswer
from tests.dashboards.panels.drawn import LANGUAGES, NOW, put, text
from tests.dashboards.panels.test_sources_health import AT, KNOWN, LOADED, MIDNIGHT, run, told_of

ID = "hk_immigration_daily"
SHA = "ab" * 32
ANSWER = RunAnswer(
    run_id="r1", url="https://www.immd.gov.hk/x/daily.csv", sha256=SHA, fetched_at=AT, read_to_end=True,
    media_type="text/csv", size=3_641_000,
)  # fmt: skip
FAILED = replace(run("failed"), run_id="r2", logical_time="ab12", trigger="hand")
WAITS = replace(run("planned"), run_id="r3", ended_at=None, trigger="hand")
TOLD = (
    RunTold(run=WAITS, lines=(), difference=None, payloads=()),
    RunTold(
        run=FAILED, lines=(Line("x", "unreachable", host="www.immd.gov.hk"),), difference=None, payloads=()
    ),
    RunTold(run=LOADED, lines=(), difference=Difference(new=161712), payloads=(ANSWER,) * 8),
)
HEALTH = told_of(
    ID, "late", data_to=MIDNIGHT, due_by=MIDNIGHT + timedelta(days=2), last=FAILED, good=LOADED, broken=FAILED
)


def feeds(**more):
    facts = {
        "known": KNOWN, "health": lambda: (HEALTH,), "runs": lambda _id, _limit: TOLD,
        "last_news": lambda _id: LOADED, "at_work": lambda: True, "mark": lambda: 1, "asked": tuple,
    }  # fmt: skip
    return SimpleNamespace(**(facts | more))


@pytest.fixture
def desk(opening_desk):
    return replace(opening_desk, feeds=feeds())


def filters(lang="en") -> Filters:
    return Filters(lang=lang, as_of=NOW, item=ID)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("panel", [source_runs.STATE, source_runs.RUNS])
def test_every_panel_draws_full_and_empty(desk, opening_desk, panel, lang):
    assert put(panel, desk, filters(lang)).well
    assert put(panel, opening_desk, filters(lang)).well


def test_the_state_says_since_when_it_is_broken_and_what_stays_in_use(desk):
    told = text(source_runs.STATE, desk, filters("zh-Hans"))
    assert "自2026年11月21日 08:30起未能取得数据；继续使用最近的有效数据。" in told
    assert "2026年11月20日" in told  # data to
    assert "2026年11月23日 00:00" in told  # due by
    assert "新增161,712" in told


def test_a_source_that_never_came_says_that(desk):
    never = replace(HEALTH, good=None, data_to=None, due_by=None)
    told = text(source_runs.STATE, replace(desk, feeds=feeds(health=lambda: (never,))), filters())
    assert "it has never brought anything here" in told
    assert "no scheduler" not in told.lower()


def test_where_no_scheduler_is_at_work_the_page_says_so(desk):
    told = text(source_runs.STATE, replace(desk, feeds=feeds(at_work=lambda: False)), filters())
    assert desk.words["en"].t("sources.no_scheduler") in told


@pytest.mark.parametrize(("audience", "accounts", "offered"), [
    ("officials", True, True), ("group", True, False), ("public", True, False), ("officials", False, False),
])  # fmt: skip
def test_a_run_is_offered_to_those_who_may_alone(desk, audience, accounts, offered):
    seen = replace(desk, audience=audience, accounts=accounts)
    made = str(put(source_runs.STATE, seen, filters()).component)
    assert (f"/sources/{ID}/run" in made) == offered


def test_each_run_tells_who_asked_what_was_said_what_changed_and_what_is_kept(desk):
    told = text(source_runs.RUNS, desk, filters())
    assert "waiting for the scheduler" in told
    assert "www.immd.gov.hk could not be reached." in told
    assert "by the calendar, for 21 Nov 2026, 08:30" in told
    assert "Figures not known before: 161,712" in told
    assert "Download daily.csv" in told
    assert "more files: 2" in told
    made = str(put(source_runs.RUNS, desk, filters()).component)
    assert f"/sources/payload/{SHA}" in made
    assert "download=" in made


def test_what_a_publisher_writes_is_text_and_nothing_else(desk):
    hostile = replace(ANSWER, url="https://a.gov.hk/<script>alert(1)</script>")
    line = Line("x", "shape", found="<img src=x onerror=alert(1)>")
    told = (RunTold(run=LOADED, lines=(line,), difference=None, payloads=(hostile,)),)
    from dashboards.fragments import markup

    made = markup(
        put(source_runs.RUNS, replace(desk, feeds=feeds(runs=lambda *_: told)), filters()).component
    )
    assert "<script" not in made
    assert "<img" not in made
