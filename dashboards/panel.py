"""Panel = query + figure + words; Page = panels. Values that a module of ``dashboards.pages`` states."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import ModuleType
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboards.desk import Allowed, Desk, Filters, address
from dashboards.i18n import Words
from dashboards.style import Style
from metrics.asof import AsOf
from metrics.meetings import Gathering
from metrics.notices import Notice

Size = Literal["third", "half", "wide", "full"]


def _nobody(_frame: pd.DataFrame) -> Sequence[str]:
    return ()


def _no_menu(_panel: Panel, _frame: pd.DataFrame, _title: str, _view: View) -> Sequence[Component]:
    return ()


def _no_notice(_panel: Panel, _frame: pd.DataFrame) -> Sequence[Notice]:
    return ()


@dataclass(frozen=True, kw_only=True)
class View:
    """How one answer is written: words, style, what was asked, today's date in Hong Kong.

    *publishers* names who published the figures of a frame; ``view.t(key)`` is a term;
    ``view.href(path, **changes)`` an address that keeps language and as-of. *menu* writes the lines by which a
    panel, its frame and title can be taken away. *notices* tells which corrections a
    panel must say, *pages* are all there are, *meetings* are those known then.
    """

    words: Words
    style: Style
    filters: Filters
    today: date
    publishers: Callable[[pd.DataFrame], Sequence[str]] = _nobody
    notices: Callable[[Panel, pd.DataFrame], Sequence[Notice]] = _no_notice
    pages: Sequence[Page] = ()
    menu: Callable[[Panel, pd.DataFrame, str, View], Sequence[Component]] = _no_menu
    meetings: Callable[[], Sequence[Gathering]] = tuple

    def t(self, key: str, /, **values: object) -> str:
        """Return a term of the reader's language."""
        return self.words.t(key, **values)

    def href(self, path: str, **changes: Any) -> str:
        """Return the address of *path* in this language and as of the same day; places and period are dropped
        unless given in *changes*."""
        return address(
            path, self.filters, **({"places": (), "start": None, "end": None, "per": ""} | changes)
        )

    def here(self, path: str, **changes: Any) -> str:
        """Return the address of *path* with the whole state, options too, some of it changed."""
        return address(path, self.filters, **({"options": self.filters.options} | changes))


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One panel: *query* asks the desk, *figure* draws a chart of the frame or *body* writes components.

    A panel with both has the chart first. *title* is a term key, or is computed; *unit* and *note* are term
    keys ("" for none). From the columns of a warehouse frame, where present, the panel takes what it says
    below: ``period_end`` (data to), ``source_id`` (sources), ``status`` (flags). *empty* is the term key of the
    reason for an empty frame; with *draws_empty* the chart draws that itself. *alt* writes what the chart shows
    for those who cannot see it (by default places and figures). *framed* False leaves the frame away. *table*
    makes of the frame the table that leaves the page, where the frame is not one of the warehouse or holds more
    than is shown: columns as in ``exports.columns``, any other labelled by the term ``column.<id>``.
    *speaks* is False for headings and switches, which say nothing to take away. *as_of* is for what is told as of
    another moment than its page's, such as a meeting's.
    *corrected* is False where the page says elsewhere which of the figures were corrected.
    *made_of* is for a panel that is made anew for each answer: what of the filters it was made of, beside those
    that its functions are given. Of equal ones on the same page the answer of one serves for all.
    """

    id: str
    title: str | Callable[[View], str]
    query: Callable[[Desk, Filters], pd.DataFrame]
    figure: Callable[[pd.DataFrame, Style], go.Figure] | None = None
    body: Callable[[pd.DataFrame, View], Component | list[Component] | None] | None = None
    unit: str | Callable[[View], str] = ""
    note: str | Callable[[View], str] = ""
    size: Size = "half"
    height: int = 360
    indicators: tuple[str, ...] = ()
    empty: str = "ui.no_figure"
    draws_empty: bool = False
    framed: bool = True
    sources: Callable[[pd.DataFrame, View], Sequence[str]] | None = None
    alt: Callable[[pd.DataFrame, View], str] | None = None
    table: Callable[[pd.DataFrame, View], pd.DataFrame] | None = None
    speaks: bool = True
    corrected: bool = True
    as_of: AsOf | None = None
    made_of: Hashable | None = None


def _everything(_desk: Desk) -> Sequence[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its *path*, where it stands in the navigation, its *panels*.

    A path may end in ``/<item>``; *items* then lists the values there are (others: 404), ``filters.item`` is the
    one asked for. *panels* may depend on the desk and the filters. *lead* is a term key: one calm
    sentence under the title. *intro* writes components above the panels. *options* are the page's own
    parameters and their allowed values, or what gives these for a desk: the values, or a reader of free or
    structured text (it returns the one way to write what it read, or raises ValueError). *shows_readings*
    renews the page when readings come in, *rests_on* when what it returns is another (it is asked with every
    request). *renews* says after how many seconds the browser asks again: unless it says, a minute with readings.
    """

    id: str
    path: str
    order: int
    title: str | Callable[[View], str]
    panels: tuple[Panel, ...] | Callable[[Desk, Filters], tuple[Panel, ...]]
    nav: bool = True
    nav_title: str = ""
    lead: str | Callable[[View], str] = ""
    intro: Callable[[Desk, View], Component | list[Component] | None] | None = None
    items: Callable[[Desk], Sequence[str]] = _everything
    options: Mapping[str, Sequence[str] | Callable[[Desk], Allowed]] = field(default_factory=dict)
    shows_readings: bool = False
    rests_on: Callable[[Desk], Hashable] | None = None
    renews: Callable[[Desk], int] | None = None


def made(panels: Iterable[Panel], *of: Hashable) -> tuple[Panel, ...]:
    """Return *panels*, each said to be made *of* these values of the filters."""
    return tuple(replace(panel, made_of=of) for panel in panels)


def moment_of(panel: Panel, filters: Filters) -> Filters:
    """Return *filters* as of the panel's own moment, under the same stamp, where it has one."""
    if panel.as_of is None:
        return filters
    return replace(filters, as_of=replace(panel.as_of, stamp=filters.as_of.stamp))


def said(text: str | Callable[[View], str], view: View) -> str:
    """Return what a title, unit or note says in this view."""
    if callable(text):
        return text(view)
    return view.t(text) if text else ""


def panels_of(page: Page, desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels of *page* for these *filters*."""
    return page.panels(desk, filters) if callable(page.panels) else page.panels


def options_of(page: Page, desk: Desk) -> dict[str, Allowed]:
    """Return the page's own parameters with the values allowed now, or their readers."""
    return {name: known(desk) if callable(known) else known for name, known in page.options.items()}


def discover(package: ModuleType) -> tuple[Page, ...]:
    """Return the PAGE of every module of *package*, in order; raise ValueError listing every disagreement."""
    pages = []
    faults = []
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        page = getattr(importlib.import_module(f"{package.__name__}.{found.name}"), "PAGE", None)
        if isinstance(page, Page):
            pages.append(page)
        else:
            faults.append(f"{package.__name__}.{found.name}: states no PAGE")
    for name in ("id", "path"):
        seen = [getattr(page, name) for page in pages]
        faults += [
            f"{name} {value!r}: stated by more than one page"
            for value in sorted({v for v in seen if seen.count(v) > 1})
        ]
    if faults:
        raise ValueError("; ".join(faults))
    return tuple(sorted(pages, key=lambda page: (page.order, page.id)))
