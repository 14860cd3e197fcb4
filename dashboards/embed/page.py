"""A panel as a page of its own, small enough for a frame: chart, table, source, and the way to the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from plotly.io.json import to_json_plotly

from dashboards.briefings.drawn import shown_columns
from dashboards.desk import Desk
from dashboards.exports.asking import Wanted
from dashboards.exports.telling import Telling, tell
from dashboards.frames import PLOTLY_LOCALE
from dashboards.i18n import HTML_LANG
from dashboards.style import Shapes, Style

TEMPLATES = Path(__file__).parent / "templates"
MOST_ROWS = 500


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def embedded(
    asked: Wanted, desk: Desk, shapes: Shapes, *, origin: str, theme: str, files: Mapping[str, str]
) -> str:
    """Return the page of a panel in the state that is *asked* for."""
    filters = replace(asked.filters, theme=theme)
    telling = tell(asked.page, asked.panel, desk, filters, shapes=shapes, origin=origin)
    words = telling.words
    style = Style(words=words, theme=theme, shapes=shapes)
    columns, rows = _table(telling)
    said = [words.t("ui.data_to", date=telling.data_to)] if telling.data_to else []
    said.append(style.source_line(list(telling.sources), telling.as_of))
    return environment().get_template("embed.html").render(
        html_lang=HTML_LANG[telling.lang],
        theme=theme,
        product=words.t("ui.product_name"),
        title=telling.title,
        unit=telling.unit,
        note=telling.note,
        empty=telling.empty,
        alt=telling.alt,
        height=telling.height,
        figure=_figure(telling, style),
        columns=columns,
        rows=rows,
        table=words.t("embed.table"),
        said=[*telling.flags, *telling.corrections, *said],
        permalink=telling.permalink,
        live=filters.as_of.current,
        files=files,
    )  # fmt: skip


def _figure(telling: Telling, style: Style) -> str:
    """Return the chart as JSON that may stand in a page; "" where there is none."""
    if telling.figure is None:
        return ""
    figure = telling.figure(style)
    figure.update_layout(autosize=True, height=None, width=None)
    told: dict[str, Any] = {"figure": figure, "locale": PLOTLY_LOCALE[telling.lang]}
    text = to_json_plotly(told)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _table(telling: Telling) -> tuple[list[str], list[list[str]]]:
    if telling.rows.empty:
        return [], []
    shown = shown_columns(telling.columns, telling.rows)
    rows = telling.rows.head(MOST_ROWS)
    cells = [[_cell(row[one.id]) for one in shown] for row in rows.to_dict("records")]
    return [one.label for one in shown], cells


def _cell(cell: Any) -> str:
    return "" if cell is None or cell != cell else str(cell)  # noqa: PLR0124 - a missing number is not itself
