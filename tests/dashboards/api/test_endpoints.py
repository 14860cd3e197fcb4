"""The table of addresses."""

from __future__ import annotations

from dashboards.api.endpoints import endpoints


def test_addresses_and_names_are_each_stated_once():
    every = endpoints(())
    assert len({one.path for one in every}) == len({one.id for one in every}) == len(every)


def test_an_address_with_an_item_describes_it():
    assert all(bool(one.item) == ("<item>" in one.path) for one in endpoints(()))
