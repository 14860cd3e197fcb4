"""Words that people set beside computed statuses: who, why, until when; and what became of the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.i18n import HTML_LANG
from dashboards.panel import Panel, View
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import measure_name, step_shape
from dashboards.roles import all_may
from metrics.meetings import spoken
from metrics.overrides import Told as Story
from metrics.overrides import stories
from metrics.progress import Override

ENDED = {
    "withdrawn": "override.withdrawn",
    "replaced": "override.replaced",
    "expired": "override.expired",
}


def overrides_panels(told: Told, number: int) -> tuple[Panel, ...]:
    """Return the panel of overrides where there is one to tell, or where the reader may set one."""
    if not of_item(told, number) and not may_set(told):
        return ()
    return (overrides_panel(told, number),)


def may_set(told: Told) -> bool:
    """Say whether everybody who is shown this may set a status by hand."""
    return all_may(told.desk.audience, "override")


def overrides_panel(told: Told, number: int) -> Panel:
    """Return the panel of what people ever set beside the statuses of work item *number*."""
    return Panel(
        id="overrides",
        title="override.title",
        query=partial(overrides_frame, told, number),
        body=partial(overrides_body, told, number),
        table=partial(overrides_table, told, number),
        note="override.note",
        empty="override.none",
        draws_empty=True,
        size="full",
    )


def of_item(told: Told, number: int) -> list[Story]:
    """Return the overrides of a work item, of its measures and of its milestones, newest first."""
    review = told.reviews[number]
    mine = {("work_item", str(number))}
    mine |= {("measure", one.target.id) for one in review.measures}
    mine |= {("milestone", one.milestone.id) for one in review.steps}
    return [one for one in stories(told.desk.metrics, told.as_of) if one.subject in mine]


def overrides_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row an override: what it is of, its word, state, who set it, from when to when, who ended it."""
    columns = ["subject_kind", "subject_id", "word", "state", "by", "since", "until", "ended_on", "ended_by"]
    rows = [
        (*one.subject, one.override.word, one.state, one.override.by, one.override.since, one.override.until,
         one.ended_on, one.ended_by)
        for one in of_item(told, number)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def overrides_table(told: Told, number: int, _frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of the overrides: subject, word, who set it, why, from when to when, how it ended."""
    names = _names(told, number, view)
    rows = [
        (
            names.get(one.subject, ""),
            view.t(f"status.{one.override.word}"),
            one.override.by,
            spoken(one.override.reasons, view.words.lang)[0],
            pd.Timestamp(one.override.since),
            pd.Timestamp(one.override.until),
            view.t(ENDED[one.state], by=one.ended_by, date=view.words.day(one.ended_on))
            if one.ended_on
            else "",
            one.override.word,
        )
        for one in of_item(told, number)
    ]
    columns = ["name", "state_words", "by", "because", "since", "until", "ended", "state_id"]
    return pd.DataFrame(rows, columns=columns)


def overrides_body(told: Told, number: int, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the list: each with its subject, its word, its reason and how it ended."""
    names = _names(told, number, view)
    items = [_item(one, names.get(one.subject, ""), view) for one in of_item(told, number)]
    found: list[Component] = [html.Ul(items, className="override-list")] if items else []
    if not items:
        found.append(html.P(view.t("override.none")))
    if may_set(told):
        query = urlencode({"lang": view.words.lang, "item": number})
        found.append(html.P(html.A(view.t("override.set"), href=f"/steward/overrides?{query}")))
    return found


def _names(told: Told, number: int, view: View) -> dict[tuple[str, str], str]:
    review = told.reviews[number]
    names = {("work_item", str(number)): view.t("override.whole_item")}
    names |= {("measure", one.target.id): measure_name(one, view) for one in review.measures}
    names |= {
        ("milestone", one.milestone.id): view.t(f"milestone.{one.milestone.id}") for one in review.steps
    }
    return names


def _item(one: Story, name: str, view: View) -> Component:
    since, until = view.words.day(one.override.since), view.words.day(one.override.until)
    lines = [
        html.P([html.B(name), chip(one.override, view)], className="override-head"),
        reason(one.override, view),
        html.P(view.t("override.set_by", by=one.override.by, since=since, until=until), className="soft"),
    ]
    if one.ended_on:
        ended = view.t(ENDED[one.state], by=one.ended_by, date=view.words.day(one.ended_on))
        lines.append(html.P(ended, className="soft"))
    return html.Li(lines, className=f"override-{one.state}")


def chip(override: Override, view: View) -> Component:
    """Return the word of an override as shape and word, as its subject's own statuses are drawn."""
    if override.kind != "milestone":
        return parts.status_chip(override.word, view.words)
    return html.Span(
        [step_shape(override.word), html.Span(view.t(f"status.{override.word}"), className="status-word")],
        className=f"status step-{override.word}",
    )


def reason(override: Override, view: View) -> Component:
    """Write why, in the reader's language or the nearest there is."""
    text, lang = spoken(override.reasons, view.words.lang)
    marked = {} if lang == view.words.lang else {"lang": HTML_LANG[lang]}
    return html.Q(text, className="override-reason", **marked)


def beside(override: Override | None, view: View) -> list[Component]:
    """Write an override to stand beside the computed status: its word, who set it, why, until when; or nothing."""
    if override is None:
        return []
    until = view.t("status.override", date=view.words.day(override.until))
    by = view.t("override.by", by=override.by)
    children: Sequence[Any] = [
        chip(override, view),
        html.Span([until, " ", by], className="override-until"),
        reason(override, view),
    ]
    return [html.Div(list(children), className="override", role="note")]


def mark(override: Override | None, view: View) -> list[Component]:
    """Write an override where there is little room: its word, and that a person set it until when; or nothing."""
    if override is None:
        return []
    until = view.t("status.override", date=view.words.day(override.until))
    return [
        html.Span([chip(override, view), html.Span(until, className="override-until")], className="override")
    ]
