"""What a panel says, free of form: words, rows and chart, of which every table, image, slide and document is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.desk import Desk, Filters, address
from dashboards.exports.about import Cited, Definition, cited, definitions, filters_said
from dashboards.exports.citation import citation
from dashboards.exports.columns import Column, told
from dashboards.frames import alt_said, as_of_said, data_to, flags_of, source_names
from dashboards.i18n import Words
from dashboards.notices import PageNotices, sentence
from dashboards.panel import Page, Panel, View, moment_of, said
from dashboards.roles import AUDIENCES
from dashboards.shell import path_of, view_of
from dashboards.style import Shapes, Style
from metrics.asof import HONG_KONG

WAREHOUSE = frozenset({"indicator_id", "place_id", "value"})
"""What a frame has that says by itself what its figures are."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What a panel says.

    Texts are in the reader's language (*lang*): *title*, *unit*, *note*, *as_of* (a written date), *data_to*
    (likewise, "" for none), *flags*, *sources*, *alt*; *empty* says why there are no rows, "" where there are.
    *rows* is tidy, one line a figure, with a column of cells for each of *columns*. *figure* draws the chart in a
    style; None where the panel has none. *audience* is the strictest of its indicators. *stamp* is that of the
    warehouse. *permalink* is the address of the panel as known on that day. *filters* says what was asked, as pairs;
    *definitions* what the indicators mean, *cited* where the figures stand, *corrections* which of them were put
    right, in sentences.
    """

    words: Words

    panel_id: str
    page_path: str
    title: str
    unit: str
    note: str
    as_of: str
    as_of_day: str
    data_to: str
    flags: tuple[str, ...]
    corrections: tuple[str, ...]
    sources: tuple[str, ...]
    permalink: str
    citation: str
    alt: str
    empty: str
    audience: str
    stamp: int
    height: int
    filters: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]
    definitions: tuple[Definition, ...]
    cited: tuple[Cited, ...]
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    figure: Callable[[Style], go.Figure] | None

    @property
    def lang(self) -> str:
        """Return the language code."""
        return self.words.lang


def has_table(panel: Panel, frame: pd.DataFrame) -> bool:
    """Say whether there is a way from *frame* to a table: the panel's own, the frame's of the warehouse.

    One without rows is a table of nothing.
    """
    return panel.table is not None or frame.empty or set(frame.columns) >= WAREHOUSE


def tell(
    page: Page, panel: Panel, desk: Desk, filters: Filters, *, shapes: Shapes, origin: str = ""
) -> Telling:
    """Return what *panel* of *page* says to *filters*; raise ValueError for a panel without a table.

    The as-of of *filters* should carry the stamp of the warehouse; one without gets that of now. *origin* is what
    links begin with ("https://host").
    """
    if filters.as_of.stamp is None:
        filters = replace(filters, as_of=replace(filters.as_of, stamp=desk.stamp()))
    filters = moment_of(panel, filters)
    view = view_of(desk, filters, desk.clock().astimezone(HONG_KONG).date(), shapes)
    frame = panel.query(desk, filters)
    if not has_table(panel, frame):
        raise ValueError(f"panel {panel.id!r} has no table: state Panel.table, or return a warehouse frame")
    columns, rows = _table(panel, frame, desk, view)
    seen = tuple(dict.fromkeys([*panel.indicators, *_indicators(rows)]))
    audience = strictest(audience_of(seen, desk), frame)
    if audience != AUDIENCES[0]:
        columns, rows = marked(audience, columns, rows, view.words)
    return Telling(
        **_words(page, panel, frame, view, origin),
        panel_id=panel.id,
        page_path=path_of(page, filters),
        as_of_day=filters.as_of.day.isoformat(),
        corrections=_corrections(panel, frame, desk, view),
        empty="" if len(rows) else view.t(panel.empty),
        audience=audience,
        stamp=filters.as_of.stamp or 0,
        height=panel.height,
        filters=filters_said(filters, desk, as_of_said(view)),
        indicators=seen,
        definitions=definitions(seen, desk, view.words),
        cited=cited(rows, view.words),
        columns=columns,
        rows=rows,
        figure=_drawing(panel, frame),
    )


def _words(page: Page, panel: Panel, frame: pd.DataFrame, view: View, origin: str) -> dict[str, Any]:
    """Return what *panel* says beside its figures, as it is written around it on the page."""
    title, unit, sources = said(panel.title, view), said(panel.unit, view), source_names(panel, frame, view)
    newest, as_of = data_to(frame), as_of_said(view)
    link = origin + permalink(page, panel.id, view.filters)
    shown = len(frame) > 0 or panel.draws_empty
    return {
        "words": view.words,
        "title": title,
        "unit": unit,
        "note": said(panel.note, view),
        "as_of": as_of,
        "data_to": view.words.day(newest) if newest is not None else "",
        "flags": tuple(view.t(f"flag.{flag}") for flag in flags_of(frame)),
        "sources": tuple(sources),
        "permalink": link,
        "citation": citation(view.words, title=title, as_of=as_of, sources=sources, address=link, unit=unit),
        "alt": alt_said(panel, frame, title, view) if shown else view.t(panel.empty),
    }


def _table(
    panel: Panel, frame: pd.DataFrame, desk: Desk, view: View
) -> tuple[tuple[Column, ...], pd.DataFrame]:
    """Return the table of *panel*; where the panel says that there is nothing, it has no rows."""
    if frame.empty and not (panel.draws_empty and panel.table):
        return told(desk.metrics.nothing(), desk, view, own=False)
    table = panel.table(frame, view) if panel.table else frame
    columns, rows = told(table, desk, view, own=panel.table is not None)
    return (columns, rows) if columns else told(desk.metrics.nothing(), desk, view, own=False)


def _corrections(panel: Panel, frame: pd.DataFrame, desk: Desk, view: View) -> tuple[str, ...]:
    found = PageNotices(desk=desk, filters=view.filters, panels=(panel,))(panel, frame)
    return tuple(sentence(one, view) for one in found)


def _drawing(panel: Panel, frame: pd.DataFrame) -> Callable[[Style], go.Figure] | None:
    """Return what draws the chart; a frame without rows has one only where the chart itself draws that."""
    if panel.figure is None or not (len(frame) or panel.draws_empty):
        return None
    return partial(panel.figure, frame)


def marked(
    audience: str, columns: tuple[Column, ...], rows: pd.DataFrame, words: Words
) -> tuple[tuple[Column, ...], pd.DataFrame]:
    """Return a table whose every row says whom it is for: rows may be cut out of a file."""
    mark = Column(id="audience", label=words.t("column.audience"), kind="text")
    return (mark, *columns), rows.assign(audience=words.t(f"audience.{audience}"))


def _indicators(rows: pd.DataFrame) -> Iterable[str]:
    return (one for one in rows["indicator_id"].unique() if one) if "indicator_id" in rows.columns else ()


def audience_of(indicators: Iterable[str], desk: Desk) -> str:
    """Return the strictest audience of *indicators*: public where there is none."""
    seen = {desk.catalogue.by_id[one].audience for one in indicators if one in desk.catalogue.by_id}
    return max(seen, key=AUDIENCES.index, default=AUDIENCES[0])


def strictest(audience: str, frame: pd.DataFrame) -> str:
    """Return the strictest of *audience* and of those that *frame* says of its rows: people write for some alone."""
    said_of = frame["audience"].dropna().unique() if "audience" in frame.columns else ()
    return max((audience, *said_of), key=AUDIENCES.index)


def permalink(page: Page, panel_id: str, filters: Filters) -> str:
    """Return the address of a panel with all its state, as known on the day at hand."""
    path, options = path_of(page, filters), filters.options
    if filters.as_of.current:
        options = (("as_of", filters.as_of.day.isoformat()), *options)
    state = address(path, filters, options=options)
    return f"{state}#panel-{panel_id}"
