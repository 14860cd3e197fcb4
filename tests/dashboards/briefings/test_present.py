"""Presentation: its document and decks, each from one stamp, for those who may see all of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from flask import Flask

from dashboards.briefings import present
from dashboards.briefings.attachment import attach
from dashboards.briefings.token import packed
from dashboards.briefings.values import Briefing, Choice
from dashboards.i18n import LANGUAGES
from metrics.asof import now_as_of
from tests.dashboards.briefings.conftest import FILES
from tests.opened import NOW


@pytest.fixture(scope="module")
def client(opening_desk):
    # no door: what is presented asks the desk alone who is looking
    server = Flask("present")
    server.extensions["assets"] = FILES
    attach(server, lambda: opening_desk, None)
    return server.test_client()


def own(**changes) -> str:
    facts = {"id": "", "names": {"en": "<script>alert(1)</script>"}, "as_of": now_as_of(NOW), "languages": ("en",),
             "panels": (Choice(page_path="/services", panel_id="iam-smart-users"),)}  # fmt: skip
    return packed(Briefing(**(facts | changes)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("meeting", ["next", "egscc_2", "egscc_1"])
def test_the_document_holds_every_slide_in_words_before_any_script_runs(client, opening_desk, meeting, lang):
    answer = client.get(f"/present/{meeting}?lang={lang}")
    assert answer.status_code == 200
    page = answer.text
    assert f'<html lang="{opening_desk.words[lang].html_lang}"' in page
    titles = re.findall(r"<h2 id=\"slide-\d+-[\w-]+\">([^<]+)</h2>", page)
    total = json.loads(client.get(f"/present/{meeting}/deck?lang={lang}").data)["slides"]
    assert len(titles) == len(total) > 9
    assert opening_desk.words[lang].t("work_item.3") in page


def test_every_slide_is_a_region_with_its_heading(client):
    page = client.get("/present/next").text
    for heading in re.findall(r'<section[^>]* aria-labelledby="([^"]+)"', page):
        assert f'<h2 id="{heading}">' in page


def test_a_deck_holds_what_is_needed_to_go_on_without_a_network(client):
    deck = json.loads(client.get("/present/next/deck?lang=zh-Hant&theme=dark").data)
    charts = [slide["chart"] for slide in deck["slides"] if slide["chart"]]
    assert charts
    assert all(chart["data"] for chart in charts)
    assert deck["html_lang"] == "zh-Hant-HK"
    assert deck["shapes"]
    assert all(address.startswith("/geo/") for address in deck["shapes"])
    assert all(slide["told"] and slide["html"] for slide in deck["slides"])


def test_the_colours_of_the_charts_are_those_of_the_theme(client):
    light, dark = (client.get(f"/present/next/deck?theme={theme}").text for theme in ("light", "dark"))
    assert "#17657f" in light
    assert "#66b8d1" in dark
    assert "#17657f" not in dark


def test_two_languages_stand_on_each_slide_where_the_briefing_says_so(client):
    both = own(languages=("zh-Hant", "en"))
    deck = json.loads(client.get(f"/present/own/deck?b={both}").data)
    assert deck["lang"] == "zh-Hant"
    assert "「智方便」" in deck["slides"][1]["html"]
    assert 'lang="en-HK">iAM Smart registered users' in deck["slides"][1]["html"]
    other = json.loads(client.get(f"/present/own/deck?b={both}&lang=en").data)
    assert 'lang="zh-Hant-HK"' in other["slides"][1]["html"]
    alone = json.loads(client.get(f"/present/own/deck?b={both}&lang=en&second=none").data)
    assert "zh-Hant-HK" not in alone["slides"][1]["html"]


def test_what_a_person_wrote_is_never_markup(client):
    page = client.get(f"/present/own?b={own()}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/present/nothing", 404),
        ("/present/own", 400),
        ("/present/own?b=garbage", 400),
        ("/present/next?lang=fr", 400),
        ("/present/next?theme=pink", 400),
        ("/present/next?second=klingon", 400),
        ("/present/next?stamp=-1", 400),
        ("/present/next/deck?stamp=1e9", 400),
        ("/present/nothing/deck", 404),
    ],
)
def test_a_wrong_address_gets_a_page_that_says_so(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_all_decks_of_a_presentation_are_of_the_stamp_of_its_document(client, opening_desk):
    page = client.get("/present/next").text
    stamp = re.search(r"data-deck=\"[^\"]*stamp=(\d+)", page)
    assert stamp is not None
    assert int(stamp[1]) == opening_desk.stamp()
    before = json.loads(client.get("/present/next/deck?stamp=1").data)
    now = json.loads(client.get(f"/present/next/deck?stamp={stamp[1]}").data)
    assert len(before["slides"]) < len(now["slides"])  # nothing had been recorded by then


def test_a_deck_is_made_once_and_told_unchanged_by_its_mark(client):
    first = client.get("/present/next/deck?lang=zh-Hans")
    again = client.get("/present/next/deck?lang=zh-Hans", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_who_may_not_see_a_slide_is_told_of_no_briefing(opening_desk, monkeypatch):
    real = present.slides

    def strict(*arguments, **more):
        made = real(*arguments, **more)
        return (replace(made[0], audience="officials"), *made[1:])

    monkeypatch.setattr(present, "slides", strict)
    server = Flask("present")
    server.extensions["assets"] = FILES
    attach(server, lambda: opening_desk, None)
    asked = server.test_client()
    assert asked.get("/present/next").status_code == 404
    assert asked.get("/present/next/deck").status_code == 404
