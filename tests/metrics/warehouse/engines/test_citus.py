from __future__ import annotations

import pytest
import sqlalchemy as sa

from metrics.warehouse.engines import citus
from metrics.warehouse.migrations import TABLES
from metrics.warehouse.warehouse import open_warehouse
from tests.engines import CITUS_STUBS, CITUS_URL, _administer

pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("citus")]

SPREAD = {"series", "observation", "look", "reading", "rollup_day", "rollup_month"}


def spread(url: str) -> dict[str, str | None]:
    """Return how each table lies: by which column, or None where each machine has a copy."""
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    by = sa.column("spread_by")
    if CITUS_URL:
        by = sa.func.column_to_column_name(sa.column("logicalrelid"), sa.column("partkey"))
    asked = sa.select(sa.cast(sa.column("logicalrelid"), sa.Text()), by).select_from(
        sa.table("pg_dist_partition")
    )
    with engine.connect() as connection:
        found = dict(connection.execute(asked).all())
    engine.dispose()
    return {name: column for name, column in found.items() if not name.startswith("reading_")}


def test_facts_are_spread_by_their_series_and_the_rest_is_copied(citus_url):
    found = spread(citus_url)
    assert {name for name, column in found.items() if column == "series_id"} == SPREAD
    assert {name for name, column in found.items() if column is None} == {
        table.name for table in TABLES
    } - SPREAD


def test_the_step_may_run_after_every_start(citus_url):
    before = spread(citus_url)
    warehouse = open_warehouse(citus_url)
    assert warehouse.migrate() == []
    with warehouse.engine.writing("schema") as connection:
        citus.after_create(connection, TABLES)
    warehouse.close()
    assert spread(citus_url) == before


def test_without_citus_the_step_does_nothing(empty_postgresql_url):
    warehouse = open_warehouse(empty_postgresql_url)
    warehouse.migrate()
    names = sa.inspect(warehouse.engine.sa).get_table_names()
    warehouse.close()
    assert "observation" in names
    assert "pg_dist_partition" not in names


def test_citus_that_comes_later_is_taken_up_at_the_next_start(empty_postgresql_url):
    warehouse = open_warehouse(empty_postgresql_url)
    warehouse.migrate()
    _administer(empty_postgresql_url, CITUS_STUBS)
    warehouse.migrate()
    warehouse.close()
    engine = sa.create_engine(sa.make_url(empty_postgresql_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM pg_dist_partition").scalar_one()
    engine.dispose()
    assert count == len(TABLES)
