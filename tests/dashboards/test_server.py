"""The application put together: files for ever, scripts compressed, one clientside callback."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboards.server import FrontSettings, create_app, dash_in, server_outputs
from tests.dashboards.demo import PAGES, demo_desk


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(demo_desk, FrontSettings(pages=PAGES)).test_client()


def test_every_file_of_the_index_is_kept_for_a_year(client: FlaskClient) -> None:
    files = re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"', client.get("/").text)
    assert len(files) >= 10
    for path in files:
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200, path
        assert "max-age=31536000" in answer.headers["Cache-Control"], path
        if int(answer.headers["Content-Length"]) > 1000:
            assert answer.headers["Content-Encoding"] == "gzip", path
            assert gzip.decompress(answer.data)


def test_only_one_callback_and_it_runs_in_the_browser(client: FlaskClient) -> None:
    (callback,) = client.get("/_dash-dependencies").get_json()
    assert callback["clientside_function"] == {"namespace": "gba", "function_name": "page"}
    assert server_outputs(dash_in(Flask("x"))) == frozenset()


def test_no_address_of_another_host_is_in_the_index(client: FlaskClient) -> None:
    assert re.findall(r"(?:https?:)?(?:\\u002f|/){2}[a-z]", client.get("/").text) == []


def test_answers_of_an_application_are_bounded() -> None:
    app = create_app(demo_desk, FrontSettings(pages=PAGES, answer_bytes=1))
    assert app.test_client().get("/_page?path=/connectivity").status_code == 200


def test_two_applications_share_nothing() -> None:
    one = create_app(demo_desk, FrontSettings(pages=PAGES[:1])).test_client()
    two = create_app(demo_desk, FrontSettings(pages=PAGES)).test_client()
    assert one.get("/connectivity").status_code == 404
    assert two.get("/connectivity").status_code == 200


def test_the_pages_of_the_product_are_found_when_none_are_named() -> None:
    assert create_app(demo_desk).test_client().get("/livez").status_code == 200


def test_there_is_no_mcp_and_no_health_page_of_dash(client: FlaskClient) -> None:
    for path in ("/_mcp", "/health", "/_alive_x"):
        assert client.get(path).status_code == 404
