"""The address of packs: the viewer's rights, one answer for one question, plain faults."""

from __future__ import annotations

import pytest
from flask import Flask

from dashboards.briefings.packs.attachment import attach
from dashboards.briefings.packs.reading import read
from dashboards.opened import Desks
from dashboards.roles import Viewer
from tests.dashboards.briefings.packs.packing import drawing_of
from tests.dashboards.exports.room import Door


@pytest.fixture
def room(opening_desk):
    desks = Desks(opening_desk)
    desks.door = Door(words=opening_desk.words)
    server = Flask("packs")
    attach(server, desks, drawing_of(opening_desk))
    return server.test_client(), desks.door


def test_a_pack_is_handed_out_once_and_then_known(room):
    client, _door = room
    first = client.get("/api/v1/briefings/egscc_2?format=html&lang=zh-Hant&lang2=en")
    assert first.status_code == 200
    assert read(first.data).record["languages"] == ["zh-Hant", "en"]
    assert "attachment" in first.headers["Content-Disposition"]
    again = client.get(
        "/api/v1/briefings/egscc_2?format=html&lang=zh-Hant&lang2=en",
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304
    other = client.get("/api/v1/briefings/egscc_2?format=html&lang=en")
    assert other.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "format"),
        ("format=doc", "format"),
        ("format=pdf&lang=fr", "lang"),
        ("format=pdf&lang2=fr", "lang2"),
        ("format=pdf&x=1", ""),
        ("format=pdf&lang=en&lang=en", "lang"),
    ],
)
def test_what_is_wrong_is_said_as_json(room, query, parameter):
    answer = room[0].get(f"/api/v1/briefings/egscc_2?{query}")
    assert answer.status_code == 400
    assert parameter in [one["parameter"] for one in answer.json["faults"]]


def test_a_token_that_is_none_and_a_briefing_there_is_not(room):
    assert room[0].get("/api/v1/briefings/own?format=pdf&b=x!").status_code == 400
    assert room[0].get("/api/v1/briefings/nobody?format=pdf").status_code == 404


def test_who_took_a_pack_is_written_down_where_somebody_is_signed_in(room):
    client, door = room
    client.get("/api/v1/briefings/egscc_1?format=html")
    assert door.notes == []
    door.viewer = Viewer(person_id="alice", name="Alice", role="member")
    client.get("/api/v1/briefings/egscc_1?format=html")
    (note,) = door.notes
    assert (note["action"], note["subject"], note["format"]) == ("exported", "egscc_1", "html")
