from datetime import UTC, datetime, timedelta

from ingest import watch
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.watch import health, health_kept, readiness
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
