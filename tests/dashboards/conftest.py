"""Desks that the tests of pages and panels share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboards.desk import Desk
from tests.dashboards.panels import crossing_days


@pytest.fixture(scope="session")
def days_desk(opening_desk, tmp_path_factory) -> Iterator[Desk]:
    """A desk over day figures of three control points and the newest readings."""
    warehouse = crossing_days.made(tmp_path_factory.mktemp("days"))
    yield crossing_days.over(warehouse, opening_desk)
    warehouse.close()
