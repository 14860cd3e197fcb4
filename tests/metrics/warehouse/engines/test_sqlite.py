from __future__ import annotations

import sqlite3
import threading

import pytest
import sqlalchemy as sa

from tests.metrics.warehouse.made import INDICATOR, LONG_AFTER, MAY, figure, shown


def pragma(warehouse, name):
    with warehouse.engine.sa.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_every_connection_has_its_settings(sqlite_warehouse):
    assert pragma(sqlite_warehouse, "journal_mode") == "wal"
    assert pragma(sqlite_warehouse, "synchronous") == 1
    assert pragma(sqlite_warehouse, "busy_timeout") == 10_000
    assert pragma(sqlite_warehouse, "mmap_size") > 0


def test_the_audit_is_on_disk_before_it_returns_and_loads_are_not_held_up_by_that(sqlite_warehouse):
    seen = []
    engine = sqlite_warehouse.engine
    for durable in (True, False):
        with engine.writing("audit", durable=durable) as connection:
            seen.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
    assert seen == [2, 1]


def test_facts_lie_in_the_order_of_their_key_without_a_second_index(sqlite_warehouse):
    with sqlite_warehouse.engine.sa.connect() as connection:
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'observation'"
        ).scalar_one()
        indexes = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'observation'"
        ).scalar_one()
    assert "WITHOUT ROWID" in made
    assert indexes == 0


def test_readers_go_on_while_somebody_writes(sqlite_warehouse):
    sqlite_warehouse.append([figure(1)], run_id="a")
    with sqlite_warehouse.loading("b") as loading:
        loading.append([figure(2, LONG_AFTER)])
        assert shown(sqlite_warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [1.0]
    assert shown(sqlite_warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [2.0]


def test_a_second_writer_waits_for_the_first(sqlite_warehouse):
    done = []

    def write():
        sqlite_warehouse.append([figure(2, LONG_AFTER)], run_id="b")
        done.append("second")

    with sqlite_warehouse.loading("a") as loading:
        loading.append([figure(1)])
        other = threading.Thread(target=write)
        other.start()
        other.join(0.2)
        assert done == []
        done.append("first")
    other.join(10)
    assert done == ["first", "second"]


def test_a_disk_that_is_full_leaves_the_old_figures_whole(sqlite_warehouse):
    sqlite_warehouse.append([figure(1)], run_id="a")
    engine = sqlite_warehouse.engine.sa
    many = [figure(n, series=figure(0).series, known=MAY.replace(microsecond=n + 1)) for n in range(20_000)]

    def fill_up(raw, _record, _proxy):
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages + 3}")

    sa.event.listen(engine, "checkout", fill_up)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        sqlite_warehouse.append(many, run_id="b")
    sa.event.remove(engine, "checkout", fill_up)
    assert shown(sqlite_warehouse.vintages([INDICATOR])) == [1.0]


def test_a_warehouse_that_may_only_be_read_answers_and_refuses_to_write(sqlite_warehouse):
    sqlite_warehouse.append([figure(1)], run_id="a")

    def read_only(raw, _record, _proxy):
        raw.execute("PRAGMA query_only=1")

    sa.event.listen(sqlite_warehouse.engine.sa, "checkout", read_only)
    with pytest.raises((sqlite3.OperationalError, sa.exc.OperationalError), match="readonly"):
        sqlite_warehouse.append([figure(2, LONG_AFTER)], run_id="b")
    assert shown(sqlite_warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [1.0]


def test_the_newest_figure_is_found_by_index_probes_alone(sqlite_warehouse):
    sqlite_warehouse.latest([INDICATOR], as_of=MAY)
    engine = sqlite_warehouse.engine
    text = next(text for name, text in engine._texts.items() if name[0] == "latest")
    parameters = {**engine.packed("indicators", ["a"]), "known": 0, "stamp": 0, "today": 0, **text.constants}
    with engine.sa.connect() as connection:
        raw = connection.connection.dbapi_connection
        plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {text.sql}", parameters)]
    assert "SEARCH observation USING PRIMARY KEY (series_id=? AND period_end=?)" in plan
    assert "SEARCH probe USING PRIMARY KEY (series_id=? AND period_end<?)" in plan
    assert not any(
        step.startswith(("SCAN observation", "SCAN series")) or "TEMP B-TREE" in step for step in plan
    )
