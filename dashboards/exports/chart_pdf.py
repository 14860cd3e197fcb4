"""A panel as a PDF: typeset, tagged and searchable, its chart as lines and letters, its figures as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typst

from dashboards.exports import fonts, slide_table
from dashboards.exports.chromium import Canvas
from dashboards.exports.engine import Draw
from dashboards.exports.picture import texts_of
from dashboards.exports.sheet import NATURAL, PAD, foot_lines, own_height, stamp, subtitle
from dashboards.exports.telling import Telling
from dashboards.i18n_numbers import digits
from dashboards.style import Style

TEMPLATE = Path(__file__).with_name("templates") / "panel.typ"
LANGUAGE: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {"en": ("en", "HK", "latn"), "zh-Hant": ("zh", "HK", "hant"), "zh-Hans": ("zh", "CN", "hans")}
)
"""Language, region and script of a text, as typst names them."""

MOST_ROWS = 400
_ROOM = 760.0
_UPRIGHT = 0.9
_MM = {True: (265.0, 118.0), False: (178.0, 190.0)}
"""Room for a chart on the first page, across and down, by whether the page lies on its side."""


def pdf(telling: Telling, style: Style, draw: Draw) -> bytes:
    """Return *telling* as PDF/UA, the same bytes each time; the chart is drawn by *draw*, the rest is typeset.

    Raise FontsMissingError where a character cannot be written here, ImageError where the chart cannot be drawn.
    """
    drawn = chart(telling, style, draw)
    image, shape = drawn or (b"", 1.0)
    said = _said(telling, style, shape, has_chart=drawn is not None)
    fonts.check(_texts(said), style.lang)
    files = {"main.typ": TEMPLATE.read_bytes(), "chart.svg": image}
    return typst.compile(
        files, sys_inputs={"said": json.dumps(said)}, timestamp=0, pdf_standards="ua-1", pdf_tags=True
    )


def chart(telling: Telling, style: Style, draw: Draw) -> tuple[bytes, float] | None:
    """Return the chart as SVG and its height over its width; None for a panel without one."""
    if telling.figure is None:
        return None
    figure = telling.figure(replace(style, room=NATURAL * 0.85))
    wide = NATURAL - 2 * PAD
    high = own_height(figure, telling, wide)
    plain = figure.to_dict()
    fonts.check(texts_of(plain), style.lang)
    plain["layout"] |= {"width": round(wide), "height": round(high), "autosize": False}
    return draw(plain, Canvas(width=round(wide), height=round(high), form="svg")), high / wide


def _said(telling: Telling, style: Style, shape: float, *, has_chart: bool) -> dict[str, Any]:
    """Return everything that the template sets, as plain values."""
    palette = style.palette
    flipped = has_chart and shape < _UPRIGHT
    table = slide_table.grid(telling, style, _ROOM, MOST_ROWS) if len(telling.rows) else None
    lang, region, script = LANGUAGE[style.lang]
    *lines, _address = foot_lines(telling, style)
    face = fonts.chosen(style.lang)
    across, down = _MM[flipped]
    return {
        "title": telling.title, "unit": subtitle(telling, style), "alt": telling.alt, "lines": lines,
        "stamp": stamp(telling, style), "permalink": telling.permalink, "as_of": telling.as_of,
        "href": telling.permalink.startswith(("https://", "http://")), "product": style.t("ui.product_name"),
        "flipped": flipped, "chart": has_chart, "wide": min(100.0, down / shape / across * 100),
        "lang": lang, "region": region, "script": script,
        "fonts": [face.family if face else "Noto Sans CJK HK", "DejaVu Sans"],
        "ink": palette.ink, "soft": palette.soft, "line": palette.line, "accent": palette.accent,
        "alarm": palette.status["off_track"], "figures": style.t("picture.figures"),
        "labels": table.labels if table else [], "rows": table.rows if table else [],
        "widths": table.widths if table else [], "right": table.right if table else [],
        "left_out": style.t("slides.left_out", n=digits(table.left_out)) if table and table.left_out else "",
    }  # fmt: skip


def _texts(said: Mapping[str, Any]) -> list[str]:
    rows = [cell for row in said["rows"] for cell in row]
    return [
        said["title"],
        said["unit"],
        said["stamp"],
        said["permalink"],
        *said["lines"],
        *said["labels"],
        *rows,
    ]
