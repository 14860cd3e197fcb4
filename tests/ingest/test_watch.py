from datetime import UTC, datetime, timedelta

from ingest import watch
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.watch import health, health_kept, readiness
from metrics.warehouse.values import Reading, Series
from tests.ingest.making import source

KNOWN = {SOURCE.id: SOURCE}


def test_a_source_that_brought_nothing_yet_says_so(tools, clock):
    (one,) = health(tools.warehouse, KNOWN, clock())
    assert (one.state, one.data_to, one.last, one.good) == ("never", None, None, None)


def test_freshness_is_measured_on_the_datas_own_days_not_on_when_we_looked(tools, publisher, clock):
    run(SOURCE, tools)
    last_day_ends = datetime(2025, 1, 3, 16, 0, tzinfo=UTC)
    (one,) = health(tools.warehouse, KNOWN, last_day_ends + SOURCE.fresh_within)
    assert (one.state, one.data_to) == ("on_time", last_day_ends)
    (one,) = health(tools.warehouse, KNOWN, last_day_ends + SOURCE.fresh_within + timedelta(seconds=1))
    assert one.state == "late"
    assert one.good.status == "loaded"


def test_a_failure_after_a_good_run_keeps_what_is_known(tools, publisher, clock):
    run(SOURCE, tools)
    clock.move(hours=1)
    publisher.says(b"<html>log in</html>")
    run(SOURCE, tools)
    (one,) = health(tools.warehouse, KNOWN, clock())
    assert one.last.status == "failed"
    assert one.good.status == "loaded"
    assert one.data_to == datetime(2025, 1, 3, 16, 0, tzinfo=UTC)


def test_a_source_without_its_key_is_not_configured_and_not_late(tools, clock):
    locked = source(key_needed=True)
    run(locked, tools)
    (one,) = health(tools.warehouse, {locked.id: locked}, clock())
    assert one.state == "not_configured"


def test_the_health_is_read_once_in_a_while_however_often_it_is_asked(tools, monkeypatch):
    asked = []
    monkeypatch.setattr(watch, "health", lambda *_: asked.append(1) or ())
    kept = health_kept(tools.warehouse, KNOWN)
    assert [kept() for _ in range(50)] == [()] * 50
    assert len(asked) == 1


def test_ready_means_that_figures_are_there_and_the_schedulers_heartbeat_is_told(tools, publisher):
    ask = readiness(tools.warehouse)
    assert ask()["ready"] is False
    run(SOURCE, tools)
    assert ask()["ready"] is True
    assert ask()["scheduler"] == {"alive": False, "until": None}
    tools.warehouse.acquire_lease("scheduler", "me", timedelta(seconds=30))
    assert ask()["scheduler"]["alive"] is True


def test_since_when_a_source_fails_is_its_first_failure_after_the_newest_good_run(tools, publisher, clock):
    run(SOURCE, tools)
    clock.move(hours=1)
    publisher.says(b"<html>log in</html>")
    first = run(SOURCE, tools)
    for _ in range(70):  # more often than the health looks back
        run(SOURCE, tools)
    (one,) = health(tools.warehouse, KNOWN, clock())
    assert one.broken.run_id == first.run_id
    assert one.good.status == "loaded"
    assert one.data_to == datetime(2025, 1, 3, 16, 0, tzinfo=UTC)
    clock.move(hours=1)
    publisher.says_days(4)
    run(SOURCE, tools)
    (one,) = health(tools.warehouse, KNOWN, clock())
    assert one.broken is None


def test_a_source_that_never_came_is_broken_since_its_first_failure(tools, clock):
    empty = source()
    first = run(empty, tools)
    run(empty, tools)
    (one,) = health(tools.warehouse, {empty.id: empty}, clock())
    assert (one.state, one.good, one.broken.run_id) == ("never", None, first.run_id)


def test_readings_of_long_ago_are_late_and_say_since_when(tools, clock):
    feed = source(feeds={"journey_minutes": ("hk_lo_wu",)}, snapshots=True)
    at = clock()
    series = Series(indicator_id="journey_minutes", place_id="hk_lo_wu", span="point", unit="minutes")
    run_id = tools.warehouse.open_run(feed.id, trigger="hand", logical_time="x")
    with tools.warehouse.loading(run_id) as tx:
        tx.append_readings([Reading(series=series, at=at, sum=9.0, weight=1.0, n=1, minutes=1)])
        tx.end_run("loaded", {"new": 1})
    (one,) = health(tools.warehouse, {feed.id: feed}, at + timedelta(days=1200))
    assert (one.state, one.data_to) == ("late", at)


def test_figures_known_before_from_elsewhere_are_the_sources_data_all_the_same(tools, clock):
    feed = source()
    run_id = tools.warehouse.open_run(feed.id, trigger="hand", logical_time="x")
    with tools.warehouse.loading(
        run_id
    ) as tx:  # all its figures were known: none of them is stored as its own
        tx.end_run("unchanged", {"figures": 9, "unchanged": 9}, detail={"reaches": "2025-05-13"})
    (one,) = health(tools.warehouse, {feed.id: feed}, clock())
    assert (one.state, one.data_to) == ("on_time", datetime(2025, 5, 13, 16, 0, tzinfo=UTC))


def test_the_same_bytes_again_reach_as_far_as_before(tools, publisher):
    run(SOURCE, tools)
    run(SOURCE, tools)
    newest, first = tools.warehouse.runs(SOURCE.id)
    assert (newest.status, newest.detail["reaches"]) == ("unchanged", first.detail["reaches"])


def test_a_feed_without_figures_is_as_new_as_its_newest_good_run(tools, clock):
    feed = source(feeds={})
    run_id = tools.warehouse.open_run(feed.id, trigger="hand", logical_time="x")
    with tools.warehouse.loading(run_id) as tx:
        tx.end_run("unchanged", {})
    ended = tools.warehouse.run(run_id).ended_at
    (one,) = health(tools.warehouse, {feed.id: feed}, ended)
    assert (one.state, one.data_to) == ("on_time", ended)


def test_who_wants_it_fresh_is_told_soon_after_a_run(tools, publisher, monkeypatch):
    monkeypatch.setattr(watch, "SOON_SECONDS", 0.0)
    kept = health_kept(tools.warehouse, KNOWN)
    assert kept()[0].last is None
    run(SOURCE, tools)
    assert kept()[0].last is None
    assert kept(fresh=True)[0].last.status == "loaded"
    assert kept()[0].last.status == "loaded"
