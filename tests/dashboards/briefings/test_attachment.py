"""Briefings on the web application."""

from __future__ import annotations


def test_the_addresses_are_there(room):
    rules = {rule.rule for rule in room.app.url_map.iter_rules()}
    assert {"/present/<briefing_id>", "/present/<briefing_id>/deck", "/briefings/compose"} <= rules
