"""Chromium as a drawing machine: nothing reaches out of it."""

from __future__ import annotations

import http.server
import re
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


LINES = {
    "data": [
        {"type": "scatter", "x": [1, 2], "y": [3, 4], "name": "one"},
        {"type": "bar", "x": [1, 2], "y": [3, 4], "name": "two", "marker": {"pattern": {"shape": "/"}}},
    ],
    "layout": {"template": {}},
}


@needs_chromium
def test_a_drawing_made_again_is_the_same_to_the_byte_and_so_is_one_of_another_chromium(engine) -> None:
    sheet = Canvas(width=300, height=200, form="svg")
    first = engine.draw(LINES, sheet)
    assert engine.draw(LINES, sheet) == first
    engine.draw({"data": [], "layout": {}}, sheet)
    assert engine.draw(LINES, sheet) == first
    engine.close()
    assert engine.draw(LINES, sheet) == first


@needs_chromium
def test_what_is_drawn_by_lot_has_a_name_of_its_own_in_each_drawing(engine) -> None:
    names = re.findall(rb'\bid="([^"]+)"', engine.draw(LINES, Canvas(width=300, height=200, form="svg")))
    assert any(re.fullmatch(rb"p[0-9a-f]{6}-[0-9a-f]{6}", name) for name in names), "hatching is named by lot"
    assert len(names) == len(set(names))
