"""One indicator: what it means, its figures, coverage, revisions, sources, uses, and every word ever said of it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.notices import lines, notices_for
from dashboards.panel import Page, Panel, View
from dashboards.panels.indicator_about import about_panel, now_panel
from dashboards.panels.indicator_coverage import coverage_panel
from dashboards.panels.indicator_figures import series_panel
from dashboards.panels.indicator_list import PATH
from dashboards.panels.indicator_revisions import revisions_panel
from dashboards.panels.indicator_sources import sources_panel
from dashboards.panels.indicator_told import LIVE, told_for
from dashboards.panels.indicator_uses import uses_panel
from dashboards.panels.indicator_vintages import asked_leaf, vintages_panel


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels, which share what they find out about the indicator."""
    told = told_for(desk, filters)
    return (
        about_panel(told),
        now_panel(told),
        series_panel(told),
        coverage_panel(told),
        revisions_panel(told),
        sources_panel(told),
        uses_panel(told),
        vintages_panel(told),
    )


def title(view: View) -> str:
    """Return the name of the indicator."""
    return view.t(f"indicator.{view.filters.item}")


def intro(desk: Desk, view: View) -> list[Component]:
    """Write the way back to the catalogue, and which figures were corrected."""
    item = view.filters.item
    ways = [html.A(view.t("indicator_page.back"), href=view.href(PATH))]
    if desk.catalogue.get(item).frequency != LIVE:
        drawn = view.href("/explore", options=(("indicators", item),))
        ways.append(html.A(view.t("indicator_page.explore"), href=drawn))
    back = html.P(ways, className="back")
    return [back, *lines(notices_for(desk, view.filters, [item]), view)]


def known(desk: Desk) -> Sequence[str]:
    """Return the ids of the indicators that this viewer may see."""
    return [one.id for one in desk.catalogue if desk.metrics.may_see(one.id)]


PAGE = Page(
    id="indicator",
    path=f"{PATH}/<id>",
    order=71,
    title=title,
    intro=intro,
    items=known,
    panels=panels,
    nav=False,
    options={"leaf": lambda _desk: asked_leaf},
)
