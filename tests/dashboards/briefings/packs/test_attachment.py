"""Packs on the web application: one address."""

from __future__ import annotations

from flask import Flask

from dashboards.briefings.packs.attachment import attach
from dashboards.opened import Desks
from tests.dashboards.briefings.packs.packing import drawing_of


def test_links_in_packs_begin_with_the_address_people_know(opening_desk):
    server = Flask("packs")
    attach(server, Desks(opening_desk), drawing_of(opening_desk), home="https://known.example")
    page = server.test_client().get("/api/v1/briefings/egscc_2?format=html").get_data(as_text=True)
    assert "https://known.example/services" in page
    assert "http://localhost" not in page
