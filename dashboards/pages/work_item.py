"""One of the five work items: its statement, status and why, initiatives, milestones, measures, coverage, evidence."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel, View, made
from dashboards.panels.overrides import overrides_panels
from dashboards.panels.work_item_coverage import coverage_panel
from dashboards.panels.work_item_evidence import evidence_panel
from dashboards.panels.work_item_initiatives import initiatives_panel
from dashboards.panels.work_item_measures import measures_panel, tracks_panel
from dashboards.panels.work_item_milestones import milestones_panel
from dashboards.panels.work_item_status import lead_panel, status_panel
from dashboards.panels.work_item_told import told_for
from dashboards.panels.work_item_travel import travel_panel


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels, which share what they find out about the work item."""
    told, number = told_for(desk, filters), int(filters.item)
    found = (
        status_panel(told, number),
        lead_panel(told, number),
        initiatives_panel(told, number),
        milestones_panel(told, number),
        measures_panel(told, number),
        tracks_panel(told, number),
        travel_panel(told, number),
        coverage_panel(told, number),
        *overrides_panels(told, number),
        evidence_panel(told, number),
    )
    return made(found, number)


def title(view: View) -> str:
    """Return the title: number and short title."""
    item = view.filters.item
    return view.t("change.item", n=item, title=view.t(f"work_item.{item}"))


def lead(view: View) -> str:
    """Return the statement, in the expert group's words or the translation of them."""
    statement = view.t(f"work_item.{view.filters.item}.statement")
    return view.t("work_item_page.statement", statement=statement)


def intro(desk: Desk, view: View) -> list[Component]:
    """Write whose translation the statement is, and the way to the other work items."""
    item = desk.agenda.work_items[int(view.filters.item)]
    links = [
        (
            view.t("format.pair", a=str(number), b=view.t(f"work_item.{number}")),
            view.href(f"/work-items/{number}"),
            number == item.number,
        )
        for number in desk.agenda.work_items
    ]
    found: list[Component] = [parts.chips(links, label=view.t("work_item_page.others"))]
    if view.words.lang in item.house_translation:
        found.insert(0, html.P(view.t("work_item_page.house_translation"), className="note"))
    return found


def numbers(desk: Desk) -> Sequence[str]:
    """Return the numbers of the work items there are."""
    return [str(number) for number in desk.agenda.work_items]


PAGE = Page(
    id="work_item",
    path="/work-items/<number>",
    order=2,
    title=title,
    lead=lead,
    intro=intro,
    items=numbers,
    panels=panels,
    nav=False,
)
