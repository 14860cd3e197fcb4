"""A disk that is full, and a warehouse that may only be read: said clearly, nothing torn, and well again afterwards."""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from ingest.archive import Archive
from ingest.fetch import Fetcher
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.faults.test_nth_write import content
from tests.ingest.making import crossing_days, immigration_file
from tests.metrics.warehouse.made import LONG_AFTER, figure
from tests.metrics.warehouse.test_meetings import AT, HELD, deed

pytestmark = pytest.mark.faults
FIGURES = ("bcp_passengers_daily",)


def setting(warehouse: Warehouse, pragma: str) -> Callable[[], None]:
    """Give every connection of *warehouse* a setting of SQLite's own, and return what takes it away again."""
    engine = warehouse.engine.sa

    def tell(raw: Any, *_more: Any) -> None:
        raw.execute(pragma)

    sa.event.listen(engine, "checkout", tell)
    return lambda: sa.event.remove(engine, "checkout", tell)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    made = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def tools(warehouse: Warehouse, tmp_path: Path) -> Tools:
    file = tmp_path / "mirror" / SOURCE.requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True)
    file.write_bytes(immigration_file(crossing_days(40)))
    return Tools(
        warehouse=warehouse,
        fetch=Fetcher(contact="", mirror=tmp_path / "mirror"),
        archive=Archive(tmp_path / "archive"),
        meanings=catalogue().by_id,
        clock=lambda: datetime.now(UTC),
    )


def full(warehouse: Warehouse) -> Callable[[], None]:
    """Let the disk of the warehouse be full: not one page more than it has."""
    with warehouse.engine.sa.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    free = setting(warehouse, f"PRAGMA max_page_count={pages + 8}")

    def freed() -> None:
        free()
        setting(warehouse, "PRAGMA max_page_count=1073741823")

    return freed


def stored(warehouse: Warehouse) -> int:
    return len(warehouse.vintages(list(SOURCE.feeds), raw=True))


def test_a_full_disk_stops_a_load_whole_and_the_run_says_so(tools: Tools, caplog) -> None:
    caplog.set_level(logging.CRITICAL, "ingest")
    free = full(tools.warehouse)
    report = run(SOURCE, tools)
    assert report.status == "failed"
    assert "full" in report.message
    assert stored(tools.warehouse) == 0
    free()
    again = run(SOURCE, tools)
    assert (again.status, again.new) == ("loaded", stored(tools.warehouse))
    assert tools.warehouse.verify_audit() == []
    assert tools.warehouse.unfinished_runs() == []


def test_a_full_disk_under_the_archive_is_said_and_nothing_is_loaded(tools: Tools, caplog) -> None:
    caplog.set_level(logging.CRITICAL, "ingest")
    no_space = OSError(errno.ENOSPC, "No space left on device")
    with mock.patch("ingest.archive.gzip.compress", side_effect=no_space):
        report = run(SOURCE, tools)
    assert report.status == "failed"
    assert "No space left on device" in report.message
    assert "look at the disk" in report.message
    assert stored(tools.warehouse) == 0
    assert list(tools.archive.root.rglob("*.*")) == []
    assert run(SOURCE, tools).status == "loaded"


def test_rows_that_no_longer_fit_leave_what_was_there(warehouse: Warehouse) -> None:
    warehouse.append([figure(1)], run_id="one")
    before = content(warehouse)
    free = full(warehouse)
    many = [figure(n, source_id=f"made {n}" * 40) for n in range(2, 3000)]
    with pytest.raises((sa.exc.OperationalError, sqlite3.OperationalError), match="full"):
        warehouse.append(many, run_id="two")
    assert content(warehouse) == before
    assert len(warehouse.latest(["made_figures"], as_of=LONG_AFTER)) == 1
    free()
    assert warehouse.append([figure(2, LONG_AFTER)], run_id="two").new == 1


def test_a_warehouse_that_may_only_be_read_is_read_and_says_that_it_cannot_be_written(
    warehouse: Warehouse,
) -> None:
    warehouse.append([figure(1)], run_id="one")
    before = content(warehouse)
    setting(warehouse, "PRAGMA query_only=ON")
    for act in (
        lambda: warehouse.append([figure(2, LONG_AFTER)], run_id="two"),
        lambda: MeetingBook(warehouse.engine).say_meeting(HELD, deed(), AT),
        lambda: warehouse.open_run("made", trigger="hand", logical_time="x"),
    ):
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            act()
    assert content(warehouse) == before
    assert len(warehouse.latest(["made_figures"], as_of=LONG_AFTER)) == 1
    assert warehouse.verify_audit() == []


def test_a_run_over_a_warehouse_that_may_only_be_read_fails_and_says_why(tools: Tools, caplog) -> None:
    caplog.set_level(logging.CRITICAL, "ingest")
    setting(tools.warehouse, "PRAGMA query_only=ON")
    report = run(SOURCE, tools)
    assert report.status == "failed"
    assert "readonly" in report.message
    assert stored(tools.warehouse) == 0
