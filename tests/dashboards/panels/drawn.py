"""Panels put in their frames for tests, and what they then say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.frames import Framed, framed
from dashboards.panel import Page, Panel, View, panels_of
from dashboards.style import Shapes, Style
from metrics.asof import AsOf, day_as_of, now_as_of

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
NOW = now_as_of(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))


def on(year: int, month: int, day: int) -> AsOf:
    """Return the as-of of a day."""
    return day_as_of(date(year, month, day))


def view_of(desk: Desk, filters: Filters) -> View:
    """Return the view of *filters*, with the map shapes of *desk*."""
    shapes = Shapes(label_points=desk.boundaries.label_points, hatch=desk.boundaries.hatch)
    words = desk.words[filters.lang]
    style = Style(words=words, shapes=shapes)
    return View(words=words, style=style, filters=filters, today=date(2026, 11, 21))


def told(component: object) -> Iterator[str]:
    """Yield every text in *component*, in reading order; those of attributes that are read aloud too."""
    if isinstance(component, str):
        yield component.replace("\u00a0", " ")  # as it is read; where lines end is no part of it
    elif isinstance(component, (list, tuple)):
        for one in component:
            yield from told(one)
    elif isinstance(component, Component):
        spoken = getattr(component, "aria-label", None) or getattr(component, "alt", None)
        if isinstance(spoken, str):
            yield spoken
        yield from told(getattr(component, "children", None))


def text(panel: Panel, desk: Desk, filters: Filters | None = None) -> str:
    """Return what *panel* says for *filters*, as one text; raise where it fails."""
    made = put(panel, desk, filters or Filters(as_of=NOW))
    assert made.well, f"{panel.id} failed"
    return " | ".join(told(made.component))


def put(panel: Panel, desk: Desk, filters: Filters) -> Framed:
    """Return *panel* in its frame."""
    return framed(panel, desk, view_of(desk, filters))


def failures(page: Page, desk: Desk, filters: Filters) -> list[str]:
    """Return the ids of the panels of *page* that fail."""
    return [panel.id for panel in panels_of(page, desk, filters) if not put(panel, desk, filters).well]


def one_city(panel: Panel) -> Panel:
    """Return *panel* with its question cut to what is known of one city."""
    return replace(panel, query=lambda desk, filters: _of_shenzhen(panel.query(desk, filters)))


def _of_shenzhen(frame):
    return frame[frame["place_id"].eq("shenzhen")] if "place_id" in frame.columns else frame
