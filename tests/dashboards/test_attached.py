"""The rooms put on the web application."""

from __future__ import annotations

from types import SimpleNamespace

from dashboards.attached import attach
from dashboards.opened import Desks
from dashboards.server import create_app
from dashboards.sign_in.settings import AuthSettings


def test_the_rooms_have_their_addresses_and_the_desks_their_door(opening_desk, opening_warehouse, tmp_path):
    desks = Desks(opening_desk)
    server = create_app(desks)
    chosen = SimpleNamespace(
        sign_in=AuthSettings(),
        metrics_from="127.0.0.1",
        public_url="",
        embed_parents="",
        mails=False,
        folder=tmp_path,
    )
    attach(server, desks, opening_warehouse, chosen, SimpleNamespace(), list)
    addresses = {rule.rule for rule in server.url_map.iter_rules()}
    assert {"/sign-in", "/admin", "/steward", "/metrics", "/subscriptions"} <= addresses
    with server.test_request_context("/"):
        assert desks().audience == "public"
