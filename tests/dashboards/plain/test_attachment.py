from __future__ import annotations

from flask import Flask

from dashboards.plain.attachment import attach


def test_the_index_and_a_page_a_work_item_get_their_addresses(opening_desk):
    server = Flask("plain", static_folder=None)
    server.extensions["assets"] = {"style.css": "/s.css", "icon.svg": "/i.svg", "early.js": "/e.js"}
    attach(server, lambda: opening_desk)
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    assert rules == {"/plain", "/plain/work-items/<item>"}
    assert "Work item 4" in server.test_client().get("/plain/work-items/4").text
