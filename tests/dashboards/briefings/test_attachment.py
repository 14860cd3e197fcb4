"""Briefings on the web application."""

from __future__ import annotations

from flask import Flask

from dashboards.briefings.attachment import attach


def test_the_addresses_are_there(opening_desk):
    server = Flask("briefings")
    server.extensions["assets"] = {}
    attach(server, lambda: opening_desk)
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    assert {"/present/<briefing_id>", "/present/<briefing_id>/deck"} <= rules
