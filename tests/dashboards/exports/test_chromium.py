"""Chromium as a drawing machine: nothing reaches out of it."""

from __future__ import annotations

import http.server
import threading

import pytest

from dashboards.exports.chromium import Canvas, browser_path
from tests.dashboards.exports.chromiums import needs_chromium


def test_no_browser_is_found_where_there_is_none(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert browser_path() is None


class Heard(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@needs_chromium
def test_a_chart_that_names_an_address_asks_for_nothing(engine) -> None:
    heard = type("HeardHere", (Heard,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), heard) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        outside = f"http://127.0.0.1:{server.server_port}/picture.png"
        chart = {
            "data": [{"type": "scattergeo", "lon": [114.1], "lat": [22.3], "mode": "text", "text": ["x"]}],
            "layout": {"images": [{"source": outside, "sizex": 1, "sizey": 1}], "geo": {"visible": False}},
        }
        assert engine.draw(chart, Canvas(width=200, height=200, form="svg")).startswith(b"<svg")
        server.shutdown()
    assert heard.asked == []


@needs_chromium
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_picture_has_the_dots_asked_for(engine, scale: float) -> None:
    image = engine.draw({"data": [], "layout": {}}, Canvas(width=160, height=90, scale=scale))
    across, down = (int.from_bytes(image[at : at + 4], "big") for at in (16, 20))
    assert (across, down) == (160 * scale, 90 * scale)
