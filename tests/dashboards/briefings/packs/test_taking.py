"""Packs taken away from a page: offered in the reader's language, made beside the request, for who may see them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboards.briefings import briefing
from dashboards.briefings.compose import COMPOSE
from dashboards.briefings.packs import taking
from dashboards.briefings.packs.attachment import attach
from dashboards.briefings.packs.reading import read
from dashboards.briefings.token import packed
from dashboards.briefings.values import FILES
from dashboards.exports.attachment import attach as attach_exports
from dashboards.i18n import LANGUAGES
from dashboards.opened import Desks
from dashboards.roles import Viewer
from dashboards.server import create_app
from tests.dashboards.briefings.packs.packing import MAP, RANKING, drawing_of, own_of
from tests.dashboards.exports.room import Door
from tests.dashboards.exports.test_long import over

AT = "/exports/briefings/"


@pytest.fixture
def web(opening_desk, tmp_path):
    desks = Desks(opening_desk)
    desks.door = Door(words=opening_desk.words)
    server = create_app(desks)
    attach_exports(server, desks, folder=tmp_path)
    attach(server, desks, drawing_of(opening_desk))
    desks.door.files = server.extensions["assets"]
    return server.test_client(), desks.door


def fetched(client, answer) -> bytes:
    """Return the file that a POST led to, at once or when its job was done."""
    assert answer.status_code == 303
    address = answer.location
    if "/file" in address:
        return client.get(address).data
    told = over(client, address)
    assert told["status"] == "done"
    assert told["done"] == told["all"]
    return client.get(told["file"]).data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_offered_in_the_readers_language_for_slides_in_that_language(web, opening_desk, lang):
    page = web[0].get(f"{AT}egscc_2?lang={lang}&format=pdf").text
    words = opening_desk.words[lang]
    assert f'<html lang="{words.html_lang}"' in page
    assert 'value="pdf" checked' in page
    assert f'<option value="{lang}" lang="{words.html_lang}" selected>' in page
    assert briefing("egscc_2", opening_desk).names[lang] in page
    for key in FILES.values():
        assert words.t(key) in page
    assert "<script" not in page.split("</head>")[1]


@pytest.mark.parametrize("form", sorted(FILES))
def test_what_is_chosen_is_made(web, form):
    client, door = web
    answer = client.post(f"{AT}egscc_2?lang=en", data={"format": form, "slides": "zh-Hans", "lang2": "en"})
    found = read(fetched(client, answer))
    assert found.form == form
    assert found.record["languages"] == ["zh-Hans", "en"]
    assert door.notes == []


def test_one_that_was_composed_keeps_its_languages_and_its_order(web):
    client, _door = web
    token = packed(own_of(RANKING, MAP, languages=("zh-Hant", "en")))
    page = client.get(f"{AT}own?lang=zh-Hans&b={token}").text
    assert '<option value="zh-Hant" lang="zh-Hant-HK" selected>' in page
    answer = client.post(f"{AT}own?lang=zh-Hans", data={"format": "html", "b": token})
    told = read(fetched(client, answer)).record
    assert told["languages"] == ["zh-Hant", "en"]
    assert [one["id"] for one in told["slides"]][1:3] == ["fiveg-ranking", "fiveg-map"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("egscc_9", 404), ("own?b=x!", 400), ("egscc_2?format=doc", 400), ("egscc_2?slides=fr", 400)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_wrong_is_said_on_a_page(web, method, address, status):
    answer = getattr(web[0], method)(f"{AT}{address}")
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_a_pack_of_somebody_signed_in_is_written_down_and_there_for_nobody_else(web):
    client, door = web
    door.viewer = Viewer(person_id="alice", name="Alice", role="member")
    answer = client.post(f"{AT}egscc_1", data={"format": "html"})
    job = answer.location.split("/")[3].split("?")[0]
    assert read(fetched(client, answer)).record["languages"] == ["en"]
    (note,) = door.notes
    assert (note["action"], note["subject"], note["format"]) == ("exported", "egscc_1", "html")
    assert (note["languages"], note["audience"]) == (["en"], "public")
    for viewer in (Viewer(), Viewer(person_id="bob", name="Bob", role="admin")):
        door.viewer = viewer
        for end in ("", "/state", "/file"):
            assert client.get(f"/exports/jobs/{job}{end}").status_code == 404


def test_a_long_one_shows_how_far_it_is_and_is_cancelled_from_its_page(web, monkeypatch):
    monkeypatch.setattr(taking, "PATIENCE", 0.0)
    client, _door = web
    many = own_of(*[MAP, RANKING] * 30)
    token = packed(many)
    address = client.post(f"{AT}own", data={"format": "html", "b": token}).location
    assert client.post(address.replace("?", "/cancel?")).status_code == 303
    assert over(client, address)["status"] == "cancelled"
    page = client.get(address).text
    again = next(part for part in page.split('"') if part.startswith(f"{AT}own"))
    asked = parse_qs(urlsplit(again.replace("&amp;", "&")).query)
    assert (asked["b"], asked["format"]) == ([token], ["html"])
    assert client.get(address.replace("?", "/file?")).status_code == 404


def test_a_briefing_too_long_for_an_address_is_prepared_again_where_it_is_composed():
    from dashboards.briefings.packs.forms import FORMS
    from dashboards.briefings.present import Wanted

    wants = Wanted(briefing=own_of(MAP), token="x" * 4000, lang="en", second="", theme="light")
    assert taking._again(wants, FORMS["pdf"]) == COMPOSE


def test_programs_still_have_the_file_itself(web):
    answer = web[0].get("/api/v1/briefings/egscc_2?format=html")
    assert answer.status_code == 200
    assert read(answer.data).form == "html"
