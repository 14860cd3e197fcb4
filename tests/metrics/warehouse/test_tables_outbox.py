"""The tables of word going out: small ones, copied whole to every machine."""

from __future__ import annotations

from metrics.warehouse.migrations import TABLES
from metrics.warehouse.tables_outbox import OUTBOX


def test_they_are_made_and_carried_over_with_all_others():
    assert set(OUTBOX) <= set(TABLES)


def test_none_of_them_is_spread_over_machines():
    assert all("distribute_by" not in table.info for table in OUTBOX)
