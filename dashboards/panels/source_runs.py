"""One source: how it is and since when, and each of its newest runs with words, counts, changes and payloads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.source_calendar import calendar_said
from dashboards.panels.source_changes import change_said
from dashboards.panels.source_lines import lines_said
from dashboards.panels.sources_health import (
    ENDS,
    counts_said,
    data_to_said,
    held_back,
    ledger_said,
    next_said,
    state_said,
    told_health,
)
from dashboards.roles import all_may

MOST_RUNS = 20
MOST_PAYLOADS = 6
TRIGGERS: Mapping[str, str] = {
    "schedule": "sources.by_schedule",
    "hand": "sources.by_hand",
    "replay": "sources.by_replay",
    "backfill": "sources.by_backfill",
}


def one_source(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the source asked for: health, news (its newest run that brought news), held (int), at_work, runs_now."""
    found = [one for one in told_health(desk) if one.source.id == filters.item]
    held = held_back(desk)["source_id"].eq(filters.item).sum()
    rows = [
        {
            "health": one,
            "news": desk.feeds.last_news(filters.item) if desk.feeds else None,
            "held": int(held),
            "at_work": desk.feeds.at_work() if desk.feeds else False,
            "runs_now": desk.accounts and all_may(desk.audience, "run_now"),
        }
        for one in found
    ]
    return pd.DataFrame(rows, columns=["health", "news", "held", "at_work", "runs_now"])


def state_body(frame: pd.DataFrame, view: View) -> list[Component]:
    """Return how a source is: since when it is broken, how far its data reach, what it brought last, what comes."""
    row = frame.iloc[0]
    one = row["health"]
    facts = [
        (view.t("sources.data_to"), data_to_said(one, view)),
        (
            view.t("sources.due_by"),
            view.words.instant(one.due_by) if one.due_by else view.t("sources.nothing"),
        ),
        (view.t("sources.last_good"), _when_said(one.good, view)),
        (view.t("sources.last_news"), _when_said(row["news"], view)),
        (view.t("sources.next_run"), next_said(one, view)),
        (view.t("sources.calendar"), calendar_said(one.source.schedule, view.words)),
        (view.t("sources.held"), view.words.number(float(row["held"]))),
    ]
    publisher = view.t(f"organisation.{one.source.publisher}")
    link = html.A(publisher, href=one.source.page_url, rel="noopener noreferrer external")
    head = html.Div([state_said(one, view), html.P([link], className="source-of")], className="source-head")
    return [
        head,
        *_broken(one, view),
        parts.facts(facts),
        *([] if row["at_work"] else [parts.note(view.t("sources.no_scheduler"))]),
        *([_run_now(one.source.id, view)] if row["runs_now"] else []),
    ]


def _broken(one: Any, view: View) -> list[Component]:
    if one.broken is None or one.broken.ended_at is None:
        return []
    since = view.words.instant(one.broken.ended_at)
    key = "sources.broken_since" if one.good else "sources.never_came"
    return [html.P(view.t(key, since=since), className="source-broken", role="status")]


def _when_said(run: Any, view: View) -> str:
    if run is None or run.ended_at is None:
        return view.t("sources.nothing")
    return view.t("format.pair", a=view.words.instant(run.ended_at), b=counts_said(run, view))


def _run_now(source_id: str, view: View) -> Component:
    # Its own page, by an ordinary link: that page holds a form for this reader alone, this one is shared.
    address = view.href(f"/sources/{source_id}/run", as_of=None)
    return html.P(html.A(view.t("sources.run_now"), href=address, target="_self", className="button"))


def runs(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the newest runs of the source asked for, newest first: told (the run as it is told), visible."""
    told = desk.feeds.runs(filters.item, MOST_RUNS) if desk.feeds else ()
    return pd.DataFrame({"told": list(told), "visible": [desk.metrics.may_see] * len(told)})


def runs_body(frame: pd.DataFrame, view: View) -> Component:
    """Return the runs one under the other."""
    return html.Ol([_run(row.told, row.visible, view) for row in frame.itertuples()], className="runs")


def _run(told: Any, visible: Any, view: View) -> Component:
    run = told.run
    when = run.ended_at or run.started_at or run.planned_at
    head = html.P(
        [
            html.Strong(view.words.instant(when)),
            html.Span(
                view.t(ENDS.get(run.status, "sources.run_other")),
                className=f"run-end run-{_look(run.status)}",
            ),
            html.Span(_asked_by(run, view), className="soft"),
        ],
        className="run-head",
    )
    said = [] if run.ended_at is None else [html.P(counts_said(run, view), className="run-line")]
    return html.Li(
        [
            head,
            *said,
            *lines_said(told.lines, view.words, stage=run.stage),
            *change_said(told.difference, view, visible),
            *_payloads(told, view),
        ],
        id=f"run-{run.run_id}",
    )


def _look(status: str) -> str:
    return status if status in {"failed", "partial", "loaded", "unchanged"} else "other"


def _asked_by(run: Any, view: View) -> str:
    """Return what set a run off and for which logical time; a run of bytes at hand is told by their hash alone."""
    how = view.t(TRIGGERS[run.trigger])
    try:
        at = datetime.fromisoformat(run.logical_time)
    except ValueError:
        return how
    return view.t("sources.for_time", how=how, at=view.words.instant(at))


def _payloads(told: Any, view: View) -> list[Component]:
    links = [_payload(one, view) for one in told.payloads[:MOST_PAYLOADS]]
    if not links:
        return []
    more = len(told.payloads) - len(links)
    items = [html.Li(link) for link in links]
    if more > 0:
        items.append(html.Li(view.t("sources.more_payloads", n=view.words.number(float(more)))))
    return [html.Ul(items, className="run-payloads", **{"aria-label": view.t("sources.payloads")})]


def _payload(one: Any, view: View) -> list[Component | str]:
    name = urlsplit(one.url).path.rpartition("/")[2] or one.url
    size = view.words.number(float(one.size))
    link = html.A(
        view.t("sources.payload", name=name),
        href=f"/sources/payload/{one.sha256}",
        download="",
        rel="nofollow",
    )
    return [
        link,
        " ",
        html.Span(view.t("sources.payload_size", n=size, hash=one.sha256[:12]), className="soft"),
    ]


STATE = Panel(
    id="source-state", title="sources.state", query=one_source, body=state_body, size="full",
    empty="sources.none", note="sources.now_note", sources=ledger_said, speaks=False,
)  # fmt: skip
RUNS = Panel(
    id="source-runs", title="sources.runs", query=runs, body=runs_body, size="full", empty="sources.not_run",
    note="sources.runs_note", sources=ledger_said, speaks=False,
)  # fmt: skip
