"""A pack as one HTML file: slides, charts, tables and all that draws them; it asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.io.json import to_json_plotly

from dashboards.briefings.drawn import deck
from dashboards.briefings.packs.record import hashes, record, written
from dashboards.briefings.packs.values import Pack, Progress, no_progress
from dashboards.briefings.present import chart_of, wide
from dashboards.briefings.values import Slide
from dashboards.exports import slide_table
from dashboards.frames import PLOTLY_LOCALE
from dashboards.roles import AUDIENCES
from dashboards.routes import LAYERS, shapes_of
from dashboards.server import ASSETS
from dashboards.style import Style

TEMPLATES = Path(__file__).parent / "templates"
STYLES = ("10-tokens.css", "20-frame.css", "30-parts.css", "31-steps.css", "48-present.css")
SCRIPTS = ("00-plotly-geo.js", "plotly.min.js", "presenting.js")
SAID = (
    "pack.figures", "pack.print", "pack.hashes", "pack.help",
    "present.previous", "present.next", "present.slides", "present.notes", "present.no_notes",
)  # fmt: skip
MOST_ROWS = 2000
_ROOM = 4000.0
NOTHING = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
"""What the page may do: run the scripts that are in it, and nothing else."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


@lru_cache(maxsize=1)
def _scripts() -> tuple[str, ...]:
    """Return the scripts in their order; none of them may end the element that it stands in."""
    first, *last = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("first.js", "onepage.js"))
    drawing = [(ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return tuple(text.replace("</script", "<\\/script") for text in (first, *drawing, *last))


@lru_cache(maxsize=1)
def _style() -> str:
    texts = [(ASSETS / name).read_text(encoding="utf-8") for name in STYLES]
    return "\n".join([*texts, (TEMPLATES / "onepage.css").read_text(encoding="utf-8")])


def html(pack: Pack, *, progress: Progress = no_progress) -> bytes:
    """Return *pack* as one HTML file."""
    words, figures = pack.words, record(pack)
    scripts = _scripts()
    stamp = words.t(f"picture.audience_{pack.audience}") if pack.audience != AUDIENCES[0] else ""
    page = _environment().get_template("onepage.html").render(
        policy=NOTHING.format(scripts=" ".join(_hashed(text) for text in scripts)),
        html_lang=words.html_lang,
        title=pack.title,
        product=words.t("ui.product_name"),
        stamp=stamp,
        style=Markup(_style()),  # noqa: S704 (our own files)
        scripts=[Markup(text) for text in scripts],  # noqa: S704
        pages=list(_pages(pack)),
        total=len(pack.slides),
        said={key.partition(".")[2]: words.t(key) for key in SAID},
        marks=[(words.t("pack.sha256"), figures["sha256"]),
               (words.t("download.as_known_on"), words.day(pack.briefing.as_of.day)),
               (words.t("download.stamp"), str(figures["stamp"])), *hashes(figures)],
        held=_inside(written(figures).decode("utf-8")),
        deck=_inside(_charts(pack, progress)),
    )  # fmt: skip
    return page.encode("utf-8")


def _hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"


def _inside(text: str) -> Markup:
    """Return JSON as it may stand in a script element: nothing in it can end that."""
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


def _pages(pack: Pack) -> Iterator[dict[str, Any]]:
    """Yield each slide: its markup, and the figures below it."""
    made = deck(pack.slides, pack.seconds or None, pack.words)
    style = pack.style_of(pack.words.lang, "light")
    for slide, text in zip(pack.slides, made, strict=True):
        yield {"markup": Markup(text), "table": _table(slide, style), "note": slide.note, "id": slide.id}  # noqa: S704


def _table(slide: Slide, style: Style) -> dict[str, Any] | None:
    """Return the figures of a chart, or all rows of a table that goes over several slides; None of words."""
    telling = slide.telling
    if telling is None or slide.kind not in {"chart", "table"} or slide.part or not len(telling.rows):
        return None
    grid = slide_table.grid(telling, style, _ROOM, MOST_ROWS)
    rows = [list(zip(row, grid.right, strict=True)) for row in grid.rows]
    return {"labels": list(zip(grid.labels, grid.right, strict=True)), "rows": rows, "title": telling.title,
            "link": telling.permalink if telling.permalink.startswith("https://") else ""}  # fmt: skip


def _charts(pack: Pack, progress: Progress) -> str:
    """Return the charts of the slides as JSON, and once the map shapes that they draw."""
    style = Style(words=pack.words, theme="light", shapes=shapes_of(pack.desk))
    slides = []
    for at, slide in enumerate(pack.slides, 1):
        told = pack.words.t("present.position", n=at, total=len(pack.slides), title=slide.title)
        room = wide(slide, style)
        slides.append({"told": told, "note": slide.note, "chart": chart_of(slide, room), "least": room.room})
        progress(at, len(pack.slides))
    plain = json.loads(to_json_plotly(slides))
    shapes = _shapes(pack, json.dumps(plain))
    body = {"locale": PLOTLY_LOCALE[pack.words.lang], "slides": plain, "shapes": shapes}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _shapes(pack: Pack, charts: str) -> Mapping[str, Any]:
    """Return the layers that *charts* name, by the address they name them by."""
    addresses = shapes_of(pack.desk).layers
    if pack.desk.boundaries is None:
        return {}
    return {
        addresses[name]: json.loads(pack.desk.boundaries.geojson(name))
        for name in LAYERS
        if isinstance(addresses.get(name), str) and addresses[name] in charts
    }
