"""Images of a panel: PNG in several sizes and SVG, each with everything a chart needs to be quoted."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from dashboards.desk import Desk
from dashboards.exports.chromium import Canvas
from dashboards.exports.engine import Draw
from dashboards.exports.picture import Picture, picture
from dashboards.exports.sheet import PRESETS
from dashboards.exports.telling import Telling
from dashboards.i18n import HTML_LANG
from dashboards.routes import LAYERS, shapes_of
from dashboards.style import Shapes, Style

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254


class Inlined(Mapping[str, Any]):
    """Hold the layers of a boundary set as values for a chart that can ask no address; read when first drawn."""

    def __init__(self, boundaries: Any) -> None:
        self._boundaries = boundaries
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in LAYERS:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = json.loads(self._boundaries.geojson(name))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(LAYERS)

    def __len__(self) -> int:
        return len(LAYERS)


def inlined(desk: Desk) -> Shapes:
    """Return the map shapes of *desk* as values; make it once and keep it."""
    shapes = shapes_of(desk)
    return replace(shapes, layers=Inlined(desk.boundaries)) if desk.boundaries else shapes


def paper(desk: Desk, lang: str, shapes: Shapes, theme: str = "light") -> Style:
    """Return the style of pictures in *lang*; light, as they end on paper and slides, unless told otherwise."""
    return Style(words=desk.words[lang], theme=theme, shapes=shapes)


def png(telling: Telling, style: Style, draw: Draw, *, preset: str = "2x") -> bytes:
    """Return the chart of *telling* as PNG in one of PRESETS, its words kept in the file too.

    Raise ValueError for a panel without a chart or an unknown preset, ImageError, FontsMissingError.
    """
    if preset not in PRESETS:
        raise ValueError(f"no preset {preset!r}: expected one of {', '.join(PRESETS)}")
    drawn = picture(telling, style, PRESETS[preset])
    image = draw(drawn.figure, canvas(drawn, "png"))
    return _marked(image, described(telling, style), PRESETS[preset].dpi)


def svg(telling: Telling, style: Style, draw: Draw) -> bytes:
    """Return the chart of *telling* as SVG with its name and description for those who cannot see it."""
    drawn = picture(telling, style, PRESETS["1x"])
    return _told(draw(drawn.figure, canvas(drawn, "svg")), telling, style)


def canvas(drawn: Picture, form: str) -> Canvas:
    """Return what the engine is asked for."""
    return Canvas(width=drawn.width, height=drawn.height, scale=drawn.scale, form=form)


def described(telling: Telling, style: Style) -> dict[str, str]:
    """Return what an image file says of itself."""
    return {
        "Title": telling.title,
        "Description": telling.alt,
        "Source": style.source_line(telling.sources, telling.as_of),
        "URL": telling.permalink,
        "Software": style.t("ui.product_name"),
    }


def _told(image: bytes, telling: Telling, style: Style) -> bytes:
    """Return *image* (SVG) with title, description and language."""
    start, rest = image.split(b">", 1)
    lang = HTML_LANG[style.lang]
    head = f' role="img" xml:lang="{lang}" aria-labelledby="title desc">'
    words = f'<title id="title">{escape(telling.title)}</title><desc id="desc">{escape(telling.alt)}</desc>'
    return start + (head + words).encode() + rest


def _marked(image: bytes, words: Mapping[str, str], dpi: int) -> bytes:
    """Return *image* (PNG) with its resolution and its *words* in it."""
    header_end = len(_SIGNATURE) + 25
    dots = round(dpi / _INCH)
    chunks = [_chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))]
    for name, text in words.items():
        if text:
            chunks.append(_chunk(b"iTXt", name.encode() + b"\0\0\0\0\0" + text.encode()))
    return image[:header_end] + b"".join(chunks) + image[header_end:]


def _chunk(name: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
