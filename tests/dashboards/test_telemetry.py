"""Requests have a number, are measured, and only the operator reads the measures."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask

from dashboards.answers import Answer, AnswerCache
from dashboards.files import File
from dashboards.telemetry import attach
from dashboards.telemetry_settings import TelemetryFields

OPERATOR = {"REMOTE_ADDR": "127.0.0.1"}
STRANGER = {"REMOTE_ADDR": "192.0.2.7"}


def fact(value: float = 1.0) -> SimpleNamespace:
    return SimpleNamespace(
        name="gba_source_state", said="state", labels=("source", "state"), values={("hk_wifi", "late"): value}
    )


def served(facts=lambda: [fact()]):
    server = Flask("measured")
    attach(server, TelemetryFields(), facts, shared=False)

    @server.get("/fine")
    def fine() -> str:
        return "fine"

    @server.get("/broken")
    def broken() -> tuple[str, int]:
        return "broken", 503

    return server.test_client()


def test_requests_are_counted_by_address_and_outcome():
    client = served()
    for _ in range(3):
        client.get("/fine")
    client.get("/broken")
    client.get("/nowhere")
    said = client.get("/metrics", environ_base=OPERATOR).text
    assert 'gba_requests_total{address="/fine",method="GET",status="200"} 3.0' in said
    assert 'gba_requests_total{address="/broken",method="GET",status="503"} 1.0' in said
    assert 'address="static",method="GET",status="404"' in said
    assert "/nowhere" not in said
    assert 'gba_request_seconds_count{address="/fine"} 3.0' in said
    assert "gba_requests_in_progress 1.0" in said
    assert 'gba_source_state{source="hk_wifi",state="late"} 1.0' in said
    assert "gba_warehouse_up 1.0" in said


def test_a_warehouse_that_is_away_is_said_and_the_rest_is_still_there(caplog):
    def away():
        raise OSError("the database is away")

    said = served(away).get("/metrics", environ_base=OPERATOR).text
    assert "gba_warehouse_up 0.0" in said
    assert "gba_requests_in_progress 1.0" in said


def test_pages_made_anew_are_counted():
    server = Flask("measured")
    server.extensions["answers"] = AnswerCache()
    attach(server, TelemetryFields(), list, shared=False)
    file = File(body=b"12345", zipped=None, etag="e", content_type="t")
    for version in (1, 1, 2):
        server.extensions["answers"].get("question", lambda: Answer(file=file), version)
    said = server.test_client().get("/metrics", environ_base=OPERATOR).text
    assert "gba_answers_made_total 2.0" in said
    assert "gba_answers_bytes 5.0" in said


def test_strangers_do_not_read_the_measures():
    answer = served().get("/metrics", environ_base=STRANGER)
    assert answer.status_code == 403
    assert b"gba_" not in answer.data


def test_every_answer_carries_its_number_and_keeps_a_sound_one_from_outside():
    client = served()
    first, second = (client.get("/fine").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    given = {"X-Request-ID": "from-the-proxy-42"}
    assert client.get("/fine", headers=given).headers["X-Request-ID"] == "from-the-proxy-42"
    for hostile in ("short", "with space and more", "x" * 65, "<script>alert</script>"):
        assert client.get("/fine", headers={"X-Request-ID": hostile}).headers["X-Request-ID"] != hostile


def test_what_fails_stands_in_the_journal(caplog):
    client = served()
    with caplog.at_level("WARNING"):
        client.get("/broken?key=hidden-from-the-journal")
        client.get("/fine")
    (line,) = caplog.messages
    assert line.startswith("GET /broken: 503 in ")
    assert "hidden" not in line


@pytest.mark.parametrize("text", ["nonsense", "10.0.0.0/99"])
def test_networks_that_are_none_are_refused_at_the_start(text):
    with pytest.raises(ValueError, match="expected addresses or networks"):
        TelemetryFields(metrics_from=text)
