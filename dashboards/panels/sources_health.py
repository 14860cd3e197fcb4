"""How the sources are: what each last brought, whether that is fresh, what comes next, what is held back."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.i18n import Words
from dashboards.panel import Panel, View
from dashboards.panels.source_calendar import calendar_said
from dashboards.panels.source_lines import reasons, texts_said
from dashboards.panels.sources_tables import quarantine_table, states_table
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
    "missed": "sources.run_missed",
    "planned": "sources.run_planned",
    "started": "sources.run_started",
}
COUNTS: Mapping[str, str] = {
    "read": "sources.count_read",
    "new": "sources.count_new",
    "unchanged": "sources.count_unchanged",
    "quarantined": "sources.count_quarantined",
    "failed": "sources.count_failed",
}
LICENCES = {"data_gov_hk": "sources.licence_data_gov_hk", "not_stated": "sources.licence_not_stated"}
SOON, CALM = 4, 60
PROPOSED = "milestone_proposed"
COLUMNS = ["source_id", "state", "health", "held", "lines"]


def health(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return a row for each source: source_id, state (str), health (what the desk told), held (int, records),
    lines (what was said of its last run, in words)."""
    held = held_back(desk)["source_id"].value_counts()
    order = {state: at for at, state in enumerate(STATES)}
    told = sorted(
        told_health(desk), key=lambda one: (order.get(one.state, len(order)), one.source.title[filters.lang])
    )
    words = desk.words[filters.lang]
    rows = [
        [one.source.id, one.state, one, int(held.get(one.source.id, 0)), _why(desk, one.last, words)]
        for one in told
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def mark(desk: Desk) -> Hashable:
    """Return what the pages of the sources rest on beside the figures: the run ledger, the quarantine."""
    return desk.feeds.mark() if desk.feeds else None


def seconds(desk: Desk) -> int:
    """Return after how many seconds these pages are asked for again: sooner while somebody waits for a run."""
    return SOON if desk.feeds and desk.feeds.asked() else CALM


def held_back(desk: Desk) -> pd.DataFrame:
    """Return what is held back of figures and files; a proposed milestone is neither, and stewards see it."""
    frame = desk.metrics.warehouse.quarantined()
    return frame[frame["rule"].ne(PROPOSED)]


def told_health(desk: Desk) -> Sequence[Any]:
    """Return how the sources are, as newly as the desk can tell."""
    return desk.feeds.health() if desk.feeds else desk.health()


def _why(desk: Desk, run: Any, words: Words) -> list[str]:
    return texts_said(desk.feeds.lines(run), words, stage=run.stage) if desk.feeds and run else []


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
        [_source(row.health, int(row.held), row.lines, view) for row in frame.itertuples()],
        className="sources",
    )


def _source(one: Any, held: int, lines: Sequence[str], view: View) -> Component:
    source = one.source
    title = html.A(source.title[view.words.lang], href=view.href(f"/sources/{source.id}"))
    publisher = html.A(
        view.t(f"organisation.{source.publisher}"), href=source.page_url, rel="noopener noreferrer external"
    )
    head = [
        html.H3(title),
        html.P([publisher, " · ", view.t(LICENCES[source.licence])], className="source-of"),
    ]
    facts = [
        (view.t("sources.data_to"), data_to_said(one, view)),
        (view.t("sources.last_run"), _last_run(one, view)),
        (view.t("sources.figures"), counts_said(one.good, view)),
        (view.t("sources.next_run"), next_said(one, view)),
        (view.t("sources.held"), view.words.number(float(held))),
    ]
    return html.Article(
        [
            html.Div([state_said(one, view), *head], className="source-head"),
            parts.facts(facts),
            *_trouble(one, lines, view),
        ],
        id=f"source-{source.id}",
        className="source",
    )


def state_said(one: Any, view: View) -> Component:
    """Return the state of a source as a shape and its word, and whether anybody has seen its form."""
    look = f"source-state state-{one.state.replace('_', '-')}"
    said: list[Component] = [html.Span(view.t(STATES[one.state]), className=look)]
    if not one.source.confirmed:
        said.append(html.Span(view.t("sources.unconfirmed"), className="flag"))
    return html.P(said, className="source-flags")


def data_to_said(one: Any, view: View) -> str:
    """Return the last day that the source's data speak of, or the instant within one."""
    if one.data_to is None:
        return view.t("sources.nothing")
    local = one.data_to.astimezone(HONG_KONG)
    if (local.hour, local.minute) == (0, 0):
        return view.words.day((local - timedelta(microseconds=1)).date())
    return view.words.instant(one.data_to)


def _last_run(one: Any, view: View) -> str:
    """Return when a source ran last and how that ended."""
    run = one.last
    if run is None:
        return view.t("sources.not_run")
    ended = view.words.instant(run.ended_at) if run.ended_at else ""
    return view.t("format.pair", a=ended, b=view.t(ENDS.get(run.status, "sources.run_other")))


def _trouble(one: Any, lines: Sequence[str], view: View) -> list[Component]:
    """Return of a source that fails why (*lines*) and since when, in a line as wide as its facts."""
    run = one.last
    said: list[str] = []
    if run is not None and lines and run.status in {"failed", "partial"}:
        said.append(lines[0])
    if run is not None and one.broken is not None and one.broken.run_id != run.run_id:
        said.append(view.t("sources.since_when", at=view.words.instant(one.broken.ended_at)))
    return (
        [html.Div([html.P(each, className="run-line soft") for each in said], className="source-why")]
        if said
        else []
    )


def counts_said(run: Any, view: View) -> str:
    """Return what a run brought, counted."""
    return counts_of(run, view.words)


def counts_of(run: Any, words: Words) -> str:
    """Return what a run brought, counted, in *words*."""
    if run is None:
        return words.t("sources.nothing")
    told = [
        words.t(name, n=words.number(float(run.counts[key])))
        for key, name in COUNTS.items()
        if run.counts.get(key)
    ]
    return words.listing(told) if told else words.t("sources.no_news")


def next_said(one: Any, view: View) -> list[Component | str]:
    """Return when a source runs next; where nobody has planned that, its calendar."""
    if one.next_at is not None:
        return [view.words.instant(one.next_at)]
    return [view.t("sources.not_planned", calendar=calendar_said(one.source.schedule, view.words))]


def quarantine(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the records held back by source and reason: source_id, title, rule (str), n (int), since (instant)."""
    frame = held_back(desk)
    titles = {one.source.id: one.source.title[filters.lang] for one in told_health(desk)}
    grouped = frame.groupby(["source_id", "rule"], as_index=False, sort=True).agg(
        n=("item", "size"), since=("recorded_at", "min")
    )
    return grouped.assign(title=[titles.get(source, source) for source in grouped["source_id"]])


def _row(row: Any, view: View) -> dict[str, Any]:
    """Return what is told of a source as the cells of a table."""
    one, source = row.health, row.health.source
    last = one.last
    return {
        "title": source.title[view.words.lang],
        "publisher": view.t(f"organisation.{source.publisher}"),
        "licence_words": view.t(LICENCES[source.licence]),
        "state_words": view.t(STATES[one.state]),
        "data_to": data_to_said(one, view),
        "last_run": view.words.instant(last.ended_at) if last and last.ended_at else "",
        "last_status": view.t(ENDS.get(last.status, "sources.run_other"))
        if last
        else view.t("sources.not_run"),
        "message": view.words.listing(row.lines),
        "brought": counts_said(one.good, view),
        "next_run": "".join(str(part) for part in next_said(one, view)),
        "held_back": float(row.held),
        "source_url": source.page_url,
        "source_id": source.id,
        "state_id": one.state,
    }


def listing_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of the sources, what wants attention first."""
    return pd.DataFrame([_row(row, view) for row in frame.itertuples()])


def quarantine_body(frame: pd.DataFrame, view: View) -> Component:
    """Return what is held back as a table: source, reason, records, since when."""
    lines: list[Sequence[str]] = [
        [
            row.title,
            reasons(row.rule, view.words),
            view.words.number(float(row.n)),
            view.words.instant(row.since),
        ]
        for row in frame.itertuples()
    ]
    head = [view.t(key) for key in ("sources.source", "sources.reason", "sources.records", "sources.since")]
    return parts.table(head, lines, caption=view.t("sources.quarantine"), numeric=[2])


def ledger_said(_frame: pd.DataFrame, view: View) -> list[str]:
    """Return where what is told of runs comes from."""
    return [view.t("sources.ledger")]


SUMMARY = Panel(
    id="sources-summary", title="sources.summary", query=health, body=summary, size="full", framed=False,
    table=states_table(STATES), empty="sources.none",
)  # fmt: skip
LISTING = Panel(
    id="sources-list", title="sources.list", query=health, body=listing, size="full", empty="sources.none",
    table=listing_table, note="sources.now_note", sources=ledger_said,
)  # fmt: skip
QUARANTINE = Panel(
    id="quarantine", title="sources.quarantine", query=quarantine, body=quarantine_body, size="full",
    table=quarantine_table(reasons), empty="sources.nothing_held", note="sources.quarantine_note", sources=ledger_said,
)  # fmt: skip
