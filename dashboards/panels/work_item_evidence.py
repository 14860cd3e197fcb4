"""The evidence of a work item: every source that its milestones, targets and figures rest on, with its tier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.work_item_tables import evidence_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import dated, with_tier
from metrics.agenda_values import Dated, Evidence
from metrics.queries import TIER_ORDER
from metrics.review import Review

SHOWN = 10
_FOR = {
    "milestones": "work_item_page.for_milestones",
    "targets": "work_item_page.for_targets",
    "figures": "work_item_page.for_figures",
}


def evidence_panel(told: Told, number: int) -> Panel:
    """Return the panel of the evidence of work item *number*."""
    return Panel(
        id="evidence",
        title="work_item_page.evidence",
        query=partial(evidence_frame, told, number),
        body=partial(evidence_body, told),
        table=evidence_table(told),
        note="work_item_page.evidence_note",
        empty="work_item_page.no_evidence",
        size="full",
    )


def evidence_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a source known then: publisher, title, url, ``evidence_tier``, published_on, precision, and how
    many ``milestones``, ``targets`` and ``figures`` rest on it; official first."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, one in _evidence(told, told.reviews[number]):
        if not known_by(one, told.as_of.day):
            continue
        row = found.setdefault((one.publisher, one.title), _row(one) | dict.fromkeys(_FOR, 0))
        row[kind] += 1
        row["url"] = row["url"] or one.url
    rows = sorted(
        found.values(), key=lambda row: (TIER_ORDER[row["evidence_tier"]], -_newest(row), row["title"])
    )
    return pd.DataFrame(rows)


def known_by(one: Evidence, day: date) -> bool:
    """Say whether *one* was published by *day*; a source without a date is as old as what it tells."""
    return one.published_on is None or one.published_on.on <= day


def _row(one: Evidence) -> dict[str, Any]:
    return {
        "publisher": one.publisher,
        "title": one.title,
        "url": one.url,
        "evidence_tier": one.tier,
        "published_on": one.published_on.on if one.published_on else None,
        "precision": one.published_on.precision if one.published_on else "",
    }


def _newest(row: Mapping[str, Any]) -> int:
    return row["published_on"].toordinal() if row["published_on"] else 0


def _evidence(told: Told, review: Review) -> Iterator[tuple[str, Evidence]]:
    for step in review.steps:
        yield "milestones", step.milestone.source
    for measure in review.measures:
        yield "targets", measure.target.source
    refs = pd.concat([measure.figures[["figure_ref", "tier"]] for measure in review.measures] or [_none()])
    lead = told.headlines[review.number]
    if lead:
        refs = pd.concat([refs, lead.figures[["figure_ref", "tier"]]])
    yield from (("figures", one) for one in _cited(refs.drop_duplicates(), told))


def _none() -> pd.DataFrame:
    return pd.DataFrame({"figure_ref": [], "tier": []}, dtype="str")


def _cited(refs: pd.DataFrame, told: Told) -> Iterable[Evidence]:
    cited = told.desk.metrics.citations()
    for ref, tier in refs.itertuples(index=False):
        if said := cited.get(ref):
            on = Dated(on=date.fromisoformat(said["published_on"]), precision=said["precision"])
            yield Evidence(
                title=said["title"], publisher=said["publisher"], tier=tier, published_on=on, url=said["url"]
            )


def publisher_said(publisher: str, told: Told, view: View) -> str:
    """Write the name of who published it, in the reader's language."""
    return told.desk.catalogue.organisations.name(publisher, view.words.lang)


def evidence_said(one: Evidence, told: Told, view: View) -> Component | None:
    """Write a source in one line: publisher, title (linked where the address is the publisher's own), tier, date."""
    if not known_by(one, told.as_of.day):
        return None
    title = html.A(one.title, href=one.url, rel="noopener external") if one.url else html.Cite(one.title)
    name = with_tier(publisher_said(one.publisher, told, view), one.tier, view)
    when = dated(one.published_on, view)
    return html.P(
        [html.Span(name), " ", title, *([" ", html.Span(when, className="when")] if when else [])],
        className="source-said",
    )


def evidence_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the sources as a list, the longer tail folded."""
    items = [_item(row, told, view) for row in frame.to_dict("records")]
    found: list[Component] = [html.Ul(items[:SHOWN], className="evidence")]
    if len(items) > SHOWN:
        more = view.t("change.more", n=len(items) - SHOWN)
        rest = html.Ul(items[SHOWN:], className="evidence")
        found.append(html.Details([html.Summary(more), rest], className="explain"))
    return found


def _item(row: Mapping[str, Any], told: Told, view: View) -> Component:
    for_what = [view.t(key, n=row[kind]) for kind, key in _FOR.items() if row[kind]]
    title = (
        html.A(row["title"], href=row["url"], rel="noopener external")
        if row["url"]
        else html.Cite(row["title"])
    )
    day = row["published_on"]
    when = "" if day is None or pd.isna(day) else view.words.day(pd.Timestamp(day).date(), row["precision"])
    aside = [part for part in (when, *for_what) if part]
    return html.Li(
        [
            html.Span(view.t(f"tier.{row['evidence_tier']}"), className=f"flag tier-{row['evidence_tier']}"),
            html.Div([html.B(publisher_said(row["publisher"], told, view)), " ", title]),
            html.Span(view.words.listing(aside), className="soft"),
        ]
    )
