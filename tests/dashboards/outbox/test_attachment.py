"""The room of post put together from the settings."""

from __future__ import annotations

from types import SimpleNamespace

from dashboards.opened import Desks
from dashboards.outbox.attachment import post_room


def test_links_begin_with_the_address_people_type_and_desks_go_by_role(opening_desk, sqlite_warehouse):
    chosen = SimpleNamespace(public_url="https://gba.example.org/")
    room = post_room(sqlite_warehouse, Desks(opening_desk), chosen)
    assert room.home == "https://gba.example.org"
    assert [room.desk_of(role).audience for role in ("viewer", "member", "steward")] == [
        "public",
        "group",
        "officials",
    ]
    assert list(room.alerts(None)) == []
