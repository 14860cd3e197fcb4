from __future__ import annotations

import pytest

from metrics.warehouse.migrations import TABLES
from metrics.warehouse.tables import FACTS, METADATA

KEYS = {
    "series": ["series_id"],
    "observation": ["series_id", "period_end", "period_start", "known_at", "recorded_at"],
    "reading": ["series_id", "at"],
    "rollup_day": ["series_id", "day"],
    "rollup_month": ["series_id", "month"],
}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_the_keys_of_the_facts_lie_in_the_order_in_which_they_are_walked(name, key):
    assert [column.name for column in METADATA.tables[name].primary_key] == key


def test_every_table_that_is_spread_over_machines_has_what_spreads_it_in_its_key():
    spread = [table for table in FACTS if table.info.get("distribute_by")]
    assert {table.name for table in spread} == {*KEYS, "look"}
    for table in spread:
        assert table.info["distribute_by"] in table.primary_key.columns


def test_there_are_no_foreign_keys_and_every_table_has_a_key():
    for table in TABLES:
        assert not table.foreign_keys
        assert len(table.primary_key.columns) >= 1


def test_all_tables_are_made_by_the_migrations():
    assert set(TABLES) == set(METADATA.sorted_tables)
