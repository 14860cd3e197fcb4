"""Where an indicator is used: panels of pages, targets, initiatives, and what the meetings knew of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import Panel, View, panels_of, said
from dashboards.panels.indicator_told import Told, at
from dashboards.panels.indicator_words import series_name, short_figure
from dashboards.panels.work_item_words import dated, figure_said
from metrics.asof import day_as_of

MEETINGS = "/meetings"
EXPLORER = "/explore"
"""Where any indicator is drawn when it is asked for: no use of its own."""


def uses_panel(told: Told) -> Panel:
    """Return the panel of the uses."""
    return Panel(
        id="uses",
        title="indicator_page.uses",
        query=lambda desk, _filters: desk.metrics.nothing(),
        body=partial(uses_body, told),
        size="half",
        draws_empty=True,
        speaks=False,
        sources=lambda _frame, view: [view.t("indicator_page.from_catalogue")],
    )


def uses_body(told: Told, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the uses in groups; a group without any is left away."""
    groups = (
        ("indicator_page.on_pages", on_pages(told, view)),
        ("indicator_page.in_targets", in_targets(told, view)),
        ("indicator_page.in_initiatives", in_initiatives(told, view)),
        ("indicator_page.in_derived", in_derived(told, view)),
        ("indicator_page.at_meetings", at_meetings(told, view)),
    )
    found: list[Component] = []
    for title, items in groups:
        if items:
            found += [html.H3(view.t(title), className="group-title"), html.Ul(items, className="uses")]
    return found or [parts.note(view.t("indicator_page.not_used"))]


def on_pages(told: Told, view: View) -> list[Component]:
    """Return the panels that state the indicator among those they show, each with the way to it."""
    found = []
    for page in view.pages:
        if "<" in page.path or page.path == EXPLORER:
            continue
        plain = replace(told.filters, item="", options=(), places=(), start=None, end=None)
        here = replace(view, filters=plain)
        for panel in panels_of(page, told.desk, plain):
            if panel.speaks and told.id in panel.indicators:
                text = view.t("format.pair", a=said(page.title, here), b=said(panel.title, here))
                found.append(html.Li(html.A(text, href=f"{view.href(page.path)}#panel-{panel.id}")))
    return found


def in_targets(told: Told, view: View) -> list[Component]:
    """Return the targets announced by then."""
    known = [one for one in told.desk.agenda.targets_known(told.as_of.day) if one.indicator_id == told.id]
    return [html.Li(_target(one, told, view)) for one in known]


def _target(target: Any, told: Told, view: View) -> list[Component | str]:
    figure = figure_said(target.value, target.qualifier, target.unit, view)
    due = dated(target.due_on, view)
    if due and "due_on" in target.inferred:
        due = view.t("qualifier.approx_pattern", n=due)
    when = view.t("work_item_page.due_on", date=due) if due else view.t("work_item_page.no_due_date")
    kind = view.t(f"why.kind_{target.kind}")
    text = view.words.listing([view.t(f"place.{target.place_id}"), figure, when])
    way = f"{view.href(f'/work-items/{told.indicator.work_item}')}#panel-measures"
    return [html.A(text, href=way), html.Span(f" · {kind}", className="soft")]


def in_initiatives(told: Told, view: View) -> list[Component]:
    """Return the initiatives that name the indicator."""
    return [
        html.Li(
            html.A(
                view.t(f"initiative.{one.id}"),
                href=f"{view.href(f'/work-items/{one.work_item}')}#panel-initiatives",
            )
        )
        for one in told.desk.agenda.initiatives
        if told.id in one.indicators
    ]


def in_derived(told: Told, view: View) -> list[Component]:
    """Return the indicators that are worked out from this one."""
    return [
        html.Li(html.A(view.t(f"indicator.{one.id}"), href=view.href(f"/indicators/{one.id}")))
        for one in told.desk.catalogue
        if one.derive and told.id in {one.derive.of, one.derive.per} and told.desk.metrics.may_see(one.id)
    ]


def at_meetings(told: Told, view: View) -> list[Component]:
    """Return the meetings held by then, each with the newest figure that it could know."""
    there = any(
        page.path == f"{MEETINGS}/<id>" or page.path.startswith(f"{MEETINGS}/<") for page in view.pages
    )
    found = []
    for meeting in told.desk.agenda.meetings:
        if meeting.as_of > told.as_of.day:
            continue
        as_of = day_as_of(meeting.as_of, clock=told.desk.clock())
        known = at(told, as_of).latest
        whole = known[known["breakdown"].eq("")] if len(known) else known
        text = view.t("indicator_page.meeting_none")
        if len(whole):
            row = whole.sort_values("period_end", ascending=False, kind="stable").iloc[0].to_dict()
            text = view.words.listing([series_name(row, view), short_figure(row, view)])
        way = (
            view.href(f"{MEETINGS}/{meeting.id}")
            if there
            else view.href(f"/indicators/{told.id}", as_of=as_of)
        )
        name = html.A(view.t(f"meeting.{meeting.id}"), href=way)
        found.append(html.Li([name, html.Span(text, className="under")]))
    return found
