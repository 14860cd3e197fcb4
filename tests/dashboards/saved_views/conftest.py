"""A house in which people keep views of the explorer."""

from __future__ import annotations

import pytest

from dashboards.saved_views.attachment import attach
from metrics.warehouse.views import ViewBook
from tests.dashboards.sign_in.conftest import House, house_of, light_assets

__all__ = ["house_of", "light_assets"]


@pytest.fixture
def house(house_of, opening_desk) -> House:
    """Give a house where Ada and Bo are of the group, and Vi only looks."""
    made = house_of()
    attach(made.app, lambda: opening_desk, made.door, made.warehouse)
    for person, role in (("ada", "member"), ("bo", "member"), ("vi", "viewer")):
        made.add(person, role)
    return made


@pytest.fixture
def book(house: House) -> ViewBook:
    """Give the book of views behind the pages."""
    return ViewBook(house.warehouse.engine)
