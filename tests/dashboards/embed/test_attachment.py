"""Embedded panels as other pages meet them: whom they may be held by, what they say, what they refuse."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest

from dashboards.embed.attachment import attach
from dashboards.exports.attachment import attach as attach_exports
from dashboards.i18n import LANGUAGES
from dashboards.opened import Desks
from dashboards.roles import Viewer
from dashboards.server import create_app
from metrics.asof import now_as_of

PARENT = "https://www.example.gov.hk"


def served(desk, allowed: str = PARENT, viewer: Viewer | None = None):
    desks = Desks(desk)
    if viewer:
        desks.door = lambda: viewer
    app = create_app(desks)
    attach_exports(app, desks)
    attach(app, desks, SimpleNamespace(embed_parents=allowed, public_url=""))
    return app.test_client()


@pytest.fixture(scope="module")
def web(opening_desk):
    return served(opening_desk)


def test_allowed_parents_alone_may_hold_it(web, opening_desk):
    headers = web.get("/embed/fiveg-map").headers
    assert f"frame-ancestors 'self' {PARENT}" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    alone = served(opening_desk, "").get("/embed/fiveg-map").headers
    assert alone["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    page = web.get("/connectivity").headers
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_the_panel_says_with_source_and_as_of(web, opening_desk, lang):
    answer = web.get(f"/embed/fiveg-map?lang={lang}&as_of=2025-05-15")
    text = unescape(answer.text)
    words = opening_desk.words[lang]
    assert words.t("place.shenzhen") in text
    assert words.day(opening_desk.clock().replace(year=2025, month=5, day=15).date()) in text
    assert "as_of=2025-05-15" in text
    assert 'data-live=""' in text
    told = json.loads(re.search(r'id="figure">(.*?)</script>', answer.text, re.DOTALL)[1])
    assert told["figure"]["data"]


def test_figures_are_those_of_the_warehouse_with_their_qualifiers(web, opening_desk):
    text = unescape(web.get("/embed/fiveg-ranking").text)
    frame = opening_desk.metrics.one_each("fiveg_base_stations", now_as_of(opening_desk.clock()))
    over = frame[
        frame["qualifier"].eq("over") & frame["place_id"].isin(["shenzhen", "guangzhou", "dongguan"])
    ]
    for row in over.itertuples():
        assert opening_desk.words["en"].number(row.value, qualifier=row.qualifier) in text


def test_a_panel_is_live_or_frozen_and_not_sent_twice(web):
    live = web.get("/embed/fiveg-map")
    assert 'data-live="yes"' in live.text
    again = web.get("/embed/fiveg-map", headers={"If-None-Match": live.headers["ETag"]})
    assert again.status_code == 304
    assert "frame-ancestors" in again.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "nope",
        "fiveg-map?lang=fr",
        "fiveg-map?as_of=x",
        "fiveg-map?theme=<script>",
        "measures",
        "fiveg-map?odd=1",
        "%00",
    ],
)
def test_what_cannot_be_is_said_and_repeats_nothing(web, address):
    answer = web.get(f"/embed/{address}")
    assert answer.status_code in {400, 404}
    assert "<script>" not in answer.text


def test_whoever_is_asking_sees_what_the_public_sees(opening_desk):
    by_id = dict(opening_desk.catalogue.by_id)
    by_id["fiveg_base_stations"] = replace(by_id["fiveg_base_stations"], audience="group")
    catalogue = replace(opening_desk.catalogue, by_id=by_id)
    metrics = replace(opening_desk.metrics, catalogue=catalogue)
    desk = replace(opening_desk, catalogue=catalogue, metrics=metrics)
    client = served(desk, viewer=Viewer(person_id="adm", role="admin"))
    answer = client.get("/embed/fiveg-map")
    assert "46,480" not in answer.text
    assert answer.status_code in {404, 200}


def test_no_text_of_ours_can_end_the_script_it_stands_in(web):
    inside = re.search(r'id="figure">(.*?)</script>', web.get("/embed/fiveg-map").text, re.DOTALL)[1]
    assert "<" not in inside
