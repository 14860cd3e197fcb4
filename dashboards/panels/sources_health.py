"""How the sources are: what each last brought, whether that is fresh, what comes next, what is held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from metrics.asof import HONG_KONG

STATES: Mapping[str, str] = {
    "late": "sources.late",
    "on_time": "sources.on_time",
    "never": "sources.never",
    "not_configured": "sources.not_configured",
}
"""States in the order they are listed: what wants attention first."""

ENDS: Mapping[str, str] = {
    "loaded": "sources.run_loaded",
    "unchanged": "sources.run_unchanged",
    "partial": "sources.run_partial",
    "failed": "sources.run_failed",
    "not_configured": "sources.not_configured",
    "recovered": "sources.run_recovered",
}
COUNTS: Mapping[str, str] = {
    "read": "sources.count_read",
    "new": "sources.count_new",
    "unchanged": "sources.count_unchanged",
    "quarantined": "sources.count_quarantined",
    "failed": "sources.count_failed",
}
LICENCES = {"data_gov_hk": "sources.licence_data_gov_hk", "not_stated": "sources.licence_not_stated"}
RULES: Mapping[str, str] = {
    "bounds": "sources.rule_bounds",
    "place": "sources.rule_place",
    "period": "sources.rule_period",
    "future": "sources.rule_future",
    "duplicate": "sources.rule_duplicate",
    "sum": "sources.rule_sum",
    "jump": "sources.rule_jump",
    "falls": "sources.rule_falls",
    "row discarded": "sources.rule_row",
    "milestone_proposed": "sources.rule_milestone",
}
REFUSED = "payload refused in "
COLUMNS = ["source_id", "state", "health", "held"]


def health(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return a row for each source: source_id, state (str), health (what the desk told), held (int, records)."""
    held = desk.metrics.warehouse.quarantined()["source_id"].value_counts()
    order = {state: at for at, state in enumerate(STATES)}
    told = sorted(
        desk.health(), key=lambda one: (order.get(one.state, len(order)), one.source.title[filters.lang])
    )
    rows = [[one.source.id, one.state, one, int(held.get(one.source.id, 0))] for one in told]
    return pd.DataFrame(rows, columns=COLUMNS)


def summary(frame: pd.DataFrame, view: View) -> Component:
    """Return how many sources are in each state, and how many records are held back."""
    counts = frame["state"].value_counts()
    cards = [
        parts.card(parts.big_number(str(int(counts.get(state, 0))), view.t(name)))
        for state, name in STATES.items()
    ]
    held = parts.big_number(view.words.number(float(frame["held"].sum())), view.t("sources.held"))
    return parts.cards([*cards, parts.card(held)])


def listing(frame: pd.DataFrame, view: View) -> Component:
    """Return the sources one under the other, what wants attention first."""
    return html.Div(
        [_source(row.health, int(row.held), view) for row in frame.itertuples()], className="sources"
    )


def _source(one: Any, held: int, view: View) -> Component:
    source = one.source
    title = source.title[view.words.lang]
    publisher = html.A(
        view.t(f"organisation.{source.publisher}"), href=source.page_url, rel="noopener noreferrer external"
    )
    head = [
        html.H3(title),
        html.P([publisher, " · ", view.t(LICENCES[source.licence])], className="source-of"),
    ]
    facts = [
        (view.t("sources.data_to"), _data_to(one, view)),
        (view.t("sources.last_run"), _last_run(one.last, view)),
        (view.t("sources.figures"), _counts(one.good, view)),
        (view.t("sources.next_run"), _next(one, view)),
        (view.t("sources.held"), view.words.number(float(held))),
    ]
    return html.Article(
        [html.Div([_state(one, view), *head], className="source-head"), parts.facts(facts)],
        id=f"source-{source.id}",
        className="source",
    )


def _state(one: Any, view: View) -> Component:
    look = f"source-state state-{one.state.replace('_', '-')}"
    said: list[Component] = [html.Span(view.t(STATES[one.state]), className=look)]
    if not one.source.confirmed:
        said.append(html.Span(view.t("sources.unconfirmed"), className="flag"))
    return html.P(said, className="source-flags")


def _data_to(one: Any, view: View) -> str:
    """Return the last day that the source's data speak of, or the instant within one."""
    if one.data_to is None:
        return view.t("sources.nothing")
    local = one.data_to.astimezone(HONG_KONG)
    if (local.hour, local.minute) == (0, 0):
        return view.words.day((local - timedelta(microseconds=1)).date())
    return view.words.instant(one.data_to)


def _last_run(run: Any, view: View) -> list[Component | str]:
    if run is None:
        return [view.t("sources.not_run")]
    said: list[Component | str] = [
        view.t(
            "format.pair", a=_when(run.ended_at, view), b=view.t(ENDS.get(run.status, "sources.run_other"))
        )
    ]
    if run.error:
        log = html.Code(run.error, lang="en")
        said.append(html.Details([html.Summary(view.t("sources.message")), log], className="unfold"))
    return said


def _when(instant: datetime | None, view: View) -> str:
    return view.words.instant(instant) if instant else ""


def _counts(run: Any, view: View) -> str:
    if run is None:
        return view.t("sources.nothing")
    told = [
        view.t(name, n=view.words.number(float(run.counts[key])))
        for key, name in COUNTS.items()
        if run.counts.get(key)
    ]
    return view.words.listing(told) if told else view.t("sources.no_news")


def _next(one: Any, view: View) -> list[Component | str]:
    if one.next_at is not None:
        return [view.words.instant(one.next_at)]
    return [view.t("sources.not_planned"), " ", html.Code(one.source.schedule)]


def quarantine(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the records held back by source and reason: source_id, title, rule (str), n (int), since (instant)."""
    frame = desk.metrics.warehouse.quarantined()
    titles = {one.source.id: one.source.title[filters.lang] for one in desk.health()}
    grouped = frame.groupby(["source_id", "rule"], as_index=False, sort=True).agg(
        n=("item", "size"), since=("recorded_at", "min")
    )
    return grouped.assign(title=[titles.get(source, source) for source in grouped["source_id"]])


def quarantine_body(frame: pd.DataFrame, view: View) -> Component:
    """Return what is held back as a table: source, reason, records, since when."""
    lines: list[Sequence[str]] = [
        [row.title, reasons(row.rule, view), view.words.number(float(row.n)), view.words.instant(row.since)]
        for row in frame.itertuples()
    ]
    head = [view.t(key) for key in ("sources.source", "sources.reason", "sources.records", "sources.since")]
    return parts.table(head, lines, caption=view.t("sources.quarantine"), numeric=[2])


def reasons(rule: str, view: View) -> str:
    """Return why records are held back, in words; a reason without words stands as it was written."""
    if rule.startswith(REFUSED):
        return view.t("sources.rule_refused")
    return view.words.listing(view.t(RULES[one]) if one in RULES else one for one in rule.split(", "))


def _ledger(_frame: pd.DataFrame, view: View) -> list[str]:
    return [view.t("sources.ledger")]


SUMMARY = Panel(
    id="sources-summary", title="sources.summary", query=health, body=summary, size="full", framed=False,
    empty="sources.none",
)  # fmt: skip
LISTING = Panel(
    id="sources-list", title="sources.list", query=health, body=listing, size="full", empty="sources.none",
    note="sources.now_note", sources=_ledger,
)  # fmt: skip
QUARANTINE = Panel(
    id="quarantine", title="sources.quarantine", query=quarantine, body=quarantine_body, size="full",
    empty="sources.nothing_held", note="sources.quarantine_note", sources=_ledger,
)  # fmt: skip
