"""A warehouse with the opening figures, and the desk over it, made once for the session and only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboards.desk import Desk
from dashboards.opened import open_desk
from geo.boundaries import boundaries
from geo.places import atlas
from ingest.commands import load_opening
from ingest.fetch import Fetcher
from ingest.tools import Tools, tools_for
from metrics.agenda import agenda
from metrics.indicators import catalogue
from metrics.queries import Metrics
from metrics.warehouse.warehouse import Warehouse, open_warehouse

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def opening_tools(tmp_path_factory) -> Iterator[Tools]:
    folder = tmp_path_factory.mktemp("opened")
    warehouse = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    warehouse.migrate()
    fetch = Fetcher(contact="", mirror=folder)
    tools = tools_for(warehouse, archive=folder / "archive", fetch=fetch, meanings=catalogue().by_id, keys={})
    for report in load_opening(tools):
        assert report.status == "loaded", report.message
    yield tools
    warehouse.close()


@pytest.fixture(scope="session")
def opening_warehouse(opening_tools) -> Warehouse:
    return opening_tools.warehouse


@pytest.fixture(scope="session")
def opening_metrics(opening_warehouse) -> Metrics:
    return Metrics(warehouse=opening_warehouse, catalogue=catalogue(), agenda=agenda(), atlas=atlas())


@pytest.fixture(scope="session")
def opening_desk(opening_warehouse, tmp_path_factory) -> Desk:
    shapes = boundaries(tmp_path_factory.mktemp("boundaries"))
    return replace(open_desk(opening_warehouse, shapes, titles={}, health=tuple), clock=lambda: NOW)
