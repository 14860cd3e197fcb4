"""The door: strict headers on every answer, hostile requests refused with 4xx, health told as JSON."""

from __future__ import annotations

import io
import json
import random
import re

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards import guard
from dashboards.server import FrontSettings, create_app
from tests.dashboards.demo import PAGES, demo_desk

CALL = "/_dash-update-component"
WELL_FORMED = {
    "output": "nothing.children",
    "outputs": {"id": "nothing", "property": "children"},
    "inputs": [{"id": "address", "property": "pathname", "value": "/"}],
    "changedPropIds": ["address.pathname"],
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(demo_desk, FrontSettings(pages=PAGES)).test_client()


@pytest.mark.parametrize(
    "path", ["/", "/_page?path=/", "/nowhere", "/?lang=xx", "/livez", "/readyz", "/_dash-layout"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    sent = client.get(path).headers
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["X-Frame-Options"] == "DENY"
    assert sent["Referrer-Policy"] == "same-origin"
    assert sent["Cross-Origin-Opener-Policy"] == "same-origin"
    assert sent["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in sent["Permissions-Policy"]
    assert "Server-Timing" not in sent


def test_the_policy_is_strict(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]+'", rules["script-src"])
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert "unsafe-eval" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(client: FlaskClient, method: str) -> None:
    assert client.open("/", method=method).status_code == 405
    assert client.open(CALL, method=method).status_code == 405


def test_long_queries_and_bodies_are_refused(client: FlaskClient) -> None:
    assert client.get("/?x=" + "a" * guard.MOST_QUERY).status_code == 414
    assert (
        client.post(CALL, data=b"x" * (guard.MOST_BODY + 1), content_type="application/json").status_code
        == 413
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[broken"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_posts_from_other_pages_are_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(CALL, json=WELL_FORMED, headers=headers).status_code == 403


def test_own_pages_and_programs_may_post() -> None:
    assert guard.same_origin(
        {"Origin": "http://gba.example:8050", "Sec-Fetch-Site": "same-origin"}, "gba.example:8050"
    )
    assert guard.same_origin({}, "gba.example")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps(WELL_FORMED | {"output": None}).encode(),
        json.dumps(WELL_FORMED | {"output": {"id": 1}}).encode(),
        json.dumps(WELL_FORMED | {"inputs": "address"}).encode(),
        json.dumps(WELL_FORMED | {"inputs": [None]}).encode(),
        json.dumps(WELL_FORMED | {"inputs": [{"id": {"a": 1}, "property": 2}]}).encode(),
        json.dumps(WELL_FORMED | {"state": 7}).encode(),
        json.dumps(WELL_FORMED | {"changedPropIds": [{}]}).encode(),
        json.dumps(WELL_FORMED | {"outputs": 3}).encode(),
    ],
)
def test_hostile_callback_bodies_are_refused(client: FlaskClient, body: bytes) -> None:
    assert client.post(CALL, data=body, content_type="application/json").status_code == 400


def test_a_call_that_no_page_makes_is_not_found(client: FlaskClient) -> None:
    assert client.post(CALL, json=WELL_FORMED).status_code == 404
    own = WELL_FORMED | {"output": "..top.children...main.children...foot.children.."}
    assert client.post(CALL, json=own).status_code == 404
    assert client.post(CALL, data="{}", content_type="text/plain").status_code == 415


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"), json_values
        ),
    )
)
def test_no_callback_body_is_an_error_of_ours(client: FlaskClient, body: dict) -> None:
    assert 400 <= client.post(CALL, json=body).status_code < 500


def test_bad_query_strings_by_the_thousand_break_nothing_and_are_not_repeated(client: FlaskClient) -> None:
    chance = random.Random(20261121)
    names = ["lang", "as_of", "places", "from", "to", "per", "year", "theme", "path", "x"]
    pieces = [
        "<script>alert(1)</script>",
        "%00",
        "%ff%fe",
        "../../etc/passwd",
        "{{7*7}}",
        "'--",
        "9" * 40,
        "-1",
        "é",
        "\u2028",
        "%",
        "&&",
        "=",
        "1e999",
    ]
    for n in range(340):  # three addresses each
        query = "&".join(
            f"{chance.choice(names)}={''.join(chance.choices(pieces, k=chance.randint(0, 3)))}canary{n}"
            for _ in range(chance.randint(1, 5))
        )
        for path in ("/", "/connectivity", "/_page"):
            answer = client.get(f"{path}?{query}")
            assert answer.status_code < 500
            assert f"canary{n}".encode() not in answer.data
            assert b"alert(1)" not in answer.data


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2fapp.py",
        "/_dash-component-suites/dash/../../app.py",
        "/_dash-component-suites/os/path.py",
        "/_dash-component-suites/dash/dash.py",
        "/_no-assets/../app.py",
        "/geo/../app.py",
        "/geo/cities.0000.geojson",
        "/geo/.f00d.geojson",
        "/%2f%2felsewhere.example/",
    ],
)
def test_path_tricks_lead_nowhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {308, 404}
    assert "elsewhere.example" not in answer.headers.get("Location", "")
    assert b"import" not in answer.data


def test_alive_is_not_yet_ready() -> None:
    found = {"ready": False, "warehouse": "reachable", "scheduler": "silent for 20 min"}
    client = create_app(demo_desk, FrontSettings(pages=PAGES, readiness=lambda: found)).test_client()
    assert client.get("/livez").get_json() == {"alive": True}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, found)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_readiness_check_that_fails_is_not_ready_and_tells_no_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> dict[str, object]:
        raise RuntimeError("password=hunter2")

    answer = create_app(demo_desk, FrontSettings(pages=PAGES, readiness=fail)).test_client().get("/readyz")
    assert answer.status_code == 503
    assert b"hunter2" not in answer.data
    assert "hunter2" in caplog.text


def test_ready_is_200(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_calls_made_on_the_server_pass_the_guard() -> None:
    server = Flask("guarded")
    guard.protect(server, [], lambda: {"nothing.children"})
    server.add_url_rule(CALL, view_func=lambda: "done", methods=["POST"])
    assert server.test_client().post(CALL, json=WELL_FORMED).status_code == 200


def test_a_return_may_be_larger_than_a_form_and_is_still_bounded(client: FlaskClient) -> None:
    (path,) = guard.UPLOADS
    assert client.post(path, data=b"x" * (guard.MOST_BODY + 1)).status_code != 413
    assert client.post(path, data=b"x" * (guard.MOST_UPLOAD + 1)).status_code == 413


def test_a_return_longer_than_any_form_reaches_whoever_reads_it() -> None:
    server = Flask("guarded")
    guard.protect(server, [], tuple)
    for path in (*guard.UPLOADS, "/form"):
        server.add_url_rule(path, path, lambda: f"{len(request.files['file'].read())}", methods=["POST"])

    def sent(path: str, size: int) -> tuple[int, str]:
        answer = server.test_client().post(path, data={"file": (io.BytesIO(b"x" * size), "return.xlsx")})
        return answer.status_code, answer.text[:9]

    (upload,) = guard.UPLOADS
    assert sent(upload, guard.MOST_BODY + 1000) == (200, f"{guard.MOST_BODY + 1000}")
    assert sent("/form", guard.MOST_BODY + 1000)[0] == 413
