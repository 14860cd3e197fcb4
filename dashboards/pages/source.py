"""One source: how it is and since when, and its newest runs with what they said, changed and kept."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.desk import Desk
from dashboards.panel import Page, View
from dashboards.panels import source_runs
from dashboards.panels.sources_health import mark, seconds


def known(desk: Desk) -> Sequence[str]:
    """Return the sources there are."""
    return tuple(desk.feeds.known) if desk.feeds else tuple(one.source.id for one in desk.health())


def title(view: View) -> str:
    """Return the name of the source."""
    return view.t(f"source.{view.filters.item}")


PAGE = Page(
    id="source",
    path="/sources/<source>",
    order=91,
    title=title,
    nav=False,
    lead="sources.source_lead",
    panels=(source_runs.STATE, source_runs.RUNS),
    items=known,
    rests_on=mark,
    renews=seconds,
)
