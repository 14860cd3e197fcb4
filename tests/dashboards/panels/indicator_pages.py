"""What the tests of one indicator's page share."""

from __future__ import annotations

from dashboards.desk import Desk, Filters
from dashboards.panels.indicator_told import Told, told_for
from tests.dashboards.panels.drawn import NOW


def told_of(desk: Desk, item: str, as_of=NOW, **more) -> Told:
    """Return what the panels of the page of *item* share."""
    return told_for(desk, Filters(as_of=as_of, item=item, **more))
