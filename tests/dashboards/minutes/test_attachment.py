"""The addresses under which stewards write."""

from __future__ import annotations


def test_every_address_answers_reading_and_writing(minutes):
    rules = {rule.rule: rule.methods for rule in minutes.house.app.url_map.iter_rules()}
    for path in (
        "/steward/meetings",
        "/steward/meetings/<meeting_id>",
        "/steward/actions/<action_id>",
        "/steward/overrides",
    ):
        assert {"GET", "POST"} <= rules[path]


def test_an_admin_may_too(minutes):
    assert minutes.browser("root", "admin").get("/steward/meetings").status_code == 200
