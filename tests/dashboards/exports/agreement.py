"""Does a panel say what its table says? Read from the components and the chart as a reader would."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from dashboards.exports.telling import Telling
from dashboards.figures import sparkline
from dashboards.fragments import markup
from dashboards.panel import Panel, View

NO_BREAK = "\u00a0"
"""Stands on a page where a figure must not break over two lines; a reader sees a space."""

AMOUNTS = {"bar": ("x", "y"), "scatter": ("y",)}
"""Where the amounts of a trace stand; of a bar it is the side that it reaches to."""


def written(panel: Panel, frame: pd.DataFrame, view: View) -> str:
    """Return all text that a reader of *panel* can see or hear, charts and pictures too."""
    said = [alt_of(panel, frame, view)]
    if panel.body and (len(frame) or panel.draws_empty):
        body = panel.body(frame, view)
        found = body if isinstance(body, list) else [body]
        said += [text for one in found if one is not None for text in texts(one)]
    if panel.figure and (len(frame) or panel.draws_empty):
        said += list(drawn_texts(panel.figure(frame, view.style)))
    return unescape(" ".join(said)).replace(NO_BREAK, " ")


def alt_of(panel: Panel, frame: pd.DataFrame, view: View) -> str:
    return panel.alt(frame, view) if panel.alt and len(frame) else ""


def texts(component: Any) -> Iterator[str]:
    """Return the texts of a component, whatever is live in it."""
    if isinstance(component, str | int | float):
        yield str(component)
        return
    if isinstance(component, list | tuple):
        for one in component:
            yield from texts(one)
        return
    if component is None:
        return
    plain = markup(component)
    if plain is not None:
        yield re.sub(r"<[^>]*>", " ", plain)
        yield from re.findall(r'src="(data:image[^"]*)"', plain)
        return
    yield from texts(getattr(component, "children", None))
    for rows in (getattr(component, "rowData", None) or [],):
        yield from (str(row) for row in rows)


def drawn_texts(figure: Any) -> Iterator[str]:
    """Return the texts in and on a chart."""
    told = figure.to_plotly_json()
    for trace in told["data"]:
        for name in ("text", "hovertext", "customdata"):
            yield from _strings(trace.get(name))
    for note in told["layout"].get("annotations", []):
        yield re.sub(r"<[^>]*>", " ", note.get("text", ""))


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield re.sub(r"<br>", " ", held)
    elif isinstance(held, list | tuple | np.ndarray):
        for one in held:
            yield from _strings(one)


def amounts(figure: Any) -> list[float]:
    """Return every number that a bar or a dot of *figure* stands for."""
    found: list[float] = []
    for trace in figure.data:
        if trace.type == "bar":
            found += _numbers(trace.x if trace.orientation == "h" else trace.y)
        elif trace.type == "scatter" and "markers" in (trace.mode or ""):
            found += _numbers(trace.y)
    return found


def _numbers(held: Any) -> list[float]:
    cells = [] if held is None else np.asarray(held, dtype=object).ravel()
    return [float(one) for one in cells if isinstance(one, int | float | np.number) and math.isfinite(one)]


def forms(row: dict[str, Any], view: View) -> set[str]:
    """Return the ways in which a figure may be written: in full or in headline form, with or without its unit."""
    found = {str(row["figure"])}
    value = row.get("value")
    if value is None or math.isnan(value):
        return found
    unit = str(row.get("unit_id") or "")
    named = unit if view.words.has(f"unit.{unit}") else ""
    qualifier = str(row.get("qualifier") or "exact")
    for write in (view.words.number, view.words.compact):
        found |= {write(value, qualifier=qualifier), write(value, named, qualifier)}
    return found


def unwritten(telling: Telling, text: str, view: View) -> list[dict[str, Any]]:
    """Return the rows whose figure is neither written in *text* nor drawn as a small line in it."""
    if "figure" not in telling.rows:
        return []
    rows = telling.rows.to_dict("records")
    silent = [row for row in rows if row["figure"] and not any(form in text for form in forms(row, view))]
    drawn = _on_small_lines(telling.rows, text, view) if silent else set()
    return [row for row in silent if row.get("figure_ref", "") not in drawn or not row.get("figure_ref")]


SERIES = ["indicator_id", "place_id", "counting_basis", "breakdown", "span"]


def _on_small_lines(rows: pd.DataFrame, text: str, view: View) -> set[str]:
    """Return the references of the figures of those series whose line, drawn of the table's rows, is in *text*."""
    if not set(SERIES) <= set(rows.columns):
        return set()
    found: set[str] = set()
    for _, mine in rows.groupby(SERIES):
        frame = mine.assign(
            unit=mine["unit_id"],
            **{name: pd.to_datetime(mine[name]) for name in ("period_start", "period_end")},
        )
        if len(frame) < 2:
            continue
        for order in (frame, frame.iloc[::-1]):
            svg = "data:image/svg+xml;charset=utf-8," + quote(sparkline.svg(order, view.style))
            if svg in text:
                found |= set(mine["figure_ref"])
    return found
