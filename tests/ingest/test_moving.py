"""The whole warehouse carried into another engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.moving import move
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.transfer import content_hash
from metrics.warehouse.warehouse import open_warehouse


def test_a_warehouse_moves_to_postgresql_with_every_vintage(tools, publisher, clock, empty_postgresql_url):
    run(SOURCE, tools)
    target = open_warehouse(empty_postgresql_url)
    try:
        target.migrate()
        moved = move(tools.warehouse, target, clock())
        assert moved.rows["observation"] == 36
        assert content_hash(target) == moved.content == content_hash(tools.warehouse)
        assert target.stamp() == tools.warehouse.stamp()
        with pytest.raises(WarehouseError, match="expected an empty one"):
            move(tools.warehouse, target, clock())
    finally:
        target.close()


def test_nothing_moves_while_a_scheduler_is_at_work(tools, publisher, clock, tmp_path):
    run(SOURCE, tools)
    tools.warehouse.acquire_lease("scheduler", "one on this machine", timedelta(days=9000))
    target = open_warehouse(f"sqlite:///{tmp_path}/target.db")
    target.migrate()
    with pytest.raises(WarehouseError, match="one on this machine is running sources"):
        move(tools.warehouse, target, clock())
    assert target.stamp() == 0
    target.close()
