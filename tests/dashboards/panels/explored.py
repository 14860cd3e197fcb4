"""The explorer's address read for tests: what it asks, and one answer to it."""

from __future__ import annotations

from urllib.parse import parse_qs

from dashboards.asked import Asked, ask
from dashboards.desk import Desk, Filters
from dashboards.pages.explore import PAGE
from dashboards.panels.explore_asked import PATH
from dashboards.panels.explore_read import Explored


def read(desk: Desk, query: str = "") -> Asked:
    """Return what *query* asks of the explorer."""
    return ask((PAGE,), desk, PATH, parse_qs(query), desk.clock())


def filters_of(desk: Desk, query: str = "") -> Filters:
    """Return the filters of *query*, which must be sound."""
    asked = read(desk, query)
    assert asked.faults == ()
    return asked.filters


def answer(desk: Desk, query: str = "") -> Explored:
    """Return the answer to *query*."""
    return Explored(desk, filters_of(desk, query))
