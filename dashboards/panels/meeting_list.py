"""The meetings in order, newest first: when and where, how the five work items stood, what each left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.meeting_names import date_said, full_name, short_name
from dashboards.panel import Panel, View
from dashboards.panels.briefing_list import onward
from dashboards.panels.meeting_tables import meetings_table
from dashboards.panels.meeting_words import audience_flag, state_of
from dashboards.roles import all_may
from metrics.asof import AsOf
from metrics.meetings import NEXT, Gathering, actions, decisions, gatherings
from metrics.review import reviews

STATES = ("open", "overdue", "done", "dropped")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A meeting with the word of each work item then, how many decisions it took and how its actions stand."""

    meeting: Gathering
    words: Mapping[int, str]
    decisions: int
    actions: Mapping[str, int]


def list_panel() -> Panel:
    """Return the panel of all meetings known then."""
    return Panel(
        id="meetings",
        title="meeting_page.title",
        query=meetings_frame,
        body=meetings_body,
        table=meetings_table,
        empty="meeting_page.none_yet",
        size="full",
        framed=False,
    )


def lines(desk: Desk, filters: Filters) -> list[Line]:
    """Return the meetings that were held or cancelled, newest first."""
    as_of = filters.as_of
    taken = Counter(one.meeting_id for one in decisions(desk.metrics, as_of))
    acted = Counter((one.meeting_id, state_of(one, as_of.day)) for one in actions(desk.metrics, as_of))
    return [
        Line(
            meeting=one,
            words=_words(one, desk, as_of) if one.state == "held" else {},
            decisions=taken[one.id],
            actions={state: acted[one.id, state] for state in STATES},
        )
        for one in reversed(gatherings(desk.metrics, as_of))
        if one.state != "planned"
    ]


def _words(meeting: Gathering, desk: Desk, as_of: AsOf) -> dict[int, str]:
    then = replace(meeting.moment(clock=desk.clock()), stamp=as_of.stamp)
    return {number: review.verdict.word for number, review in reviews(desk.metrics, then).items()}


def meetings_frame(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row a meeting, newest first: ``line`` holds it; meeting_id, held_on, state, audience, ``word_<n>`` of
    each work item, decisions, and its actions by state."""
    return pd.DataFrame([_row(line) for line in lines(desk, filters)])


def _row(line: Line) -> dict[str, Any]:
    return {
        "line": line,
        "meeting_id": line.meeting.id,
        "held_on": line.meeting.date,
        "state": line.meeting.state,
        "audience": line.meeting.audience,
        **{f"word_{number}": word for number, word in line.words.items()},
        "decisions": line.decisions,
        **{f"actions_{state}": count for state, count in line.actions.items()},
    }


def meetings_body(frame: pd.DataFrame, view: View) -> Component:
    """Write the meetings as a list of cards."""
    return html.Ol([_item(line, view) for line in frame["line"]], className="meetings", reversed=True)


def _item(line: Line, view: View) -> Component:
    meeting = line.meeting
    href = view.href(f"/meetings/{meeting.id}")
    head = [
        html.P([date_said(meeting, view), *_place(meeting, view)], className="meeting-when"),
        html.H2(html.A(full_name(meeting, view), href=href), className="meeting-name"),
    ]
    marks = [*_cancelled(meeting, view), *audience_flag(meeting.audience, view)]
    if marks:
        head.append(html.P(marks, className="meeting-marks"))
    rest: list[Component] = [_statuses(line.words, view)] if line.words else []
    rest.append(html.P(" · ".join(counts(line, view)), className="soft"))
    if meeting.state == "held":
        rest.append(links(meeting, view))
    return html.Li(html.Article([html.Div(head), html.Div(rest)], className="meeting"))


def _place(meeting: Gathering, view: View) -> list[Component]:
    known = meeting.place and view.words.has(f"place.{meeting.place}")
    return [html.Span(view.t(f"place.{meeting.place}"))] if known else []


def _cancelled(meeting: Gathering, view: View) -> list[Component]:
    if meeting.state != "cancelled":
        return []
    return [html.Span(view.t("meeting_page.cancelled"), className="flag")]


def _statuses(words: Mapping[int, str], view: View) -> Component:
    """Write the five words then, each under the number of its work item."""
    items = [
        html.Li(
            [
                html.Span(str(number), className="card-number", title=view.t(f"work_item.{number}")),
                parts.status_chip(word, view.words),
            ]
        )
        for number, word in words.items()
    ]
    return html.Ol(items, className="five", **{"aria-label": view.t("meeting_page.statuses_then")})


def counts(line: Line, view: View) -> list[str]:
    """Write how many decisions were entered and how the actions stand."""
    said = [view.t("meeting_page.count_decisions", n=line.decisions)] if line.decisions else []
    keys = {
        "open": "meeting_page.count_open",
        "overdue": "meeting_page.count_overdue",
        "done": "meeting_page.count_done",
        "dropped": "meeting_page.count_dropped",
    }
    said += [view.t(keys[state], n=line.actions[state]) for state in STATES if line.actions[state]]
    return said or [view.t("meeting_page.nothing_entered")]


def links(meeting: Gathering, view: View) -> Component:
    """Return the ways on: the page of the meeting, everything as known then, its slides."""
    then = meeting.moment()
    day = view.words.day(meeting.as_of)
    return parts.chips(
        [
            (
                view.t("meeting_page.to_meeting", meeting=short_name(meeting, view)),
                view.href(f"/meetings/{meeting.id}"),
                False,
            ),
            (view.t("meeting_page.all_pages_then", date=day), view.href("/", as_of=then), False),
            *onward(meeting.id, view),
        ],
        label=full_name(meeting, view),
    )


def next_panel() -> Panel:
    """Return the panel that leads to the draft of the next meeting."""
    return Panel(
        id="next-meeting",
        title="meeting_page.next_title",
        query=next_frame,
        body=next_body,
        size="full",
        framed=False,
        speaks=False,
    )


def next_frame(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row a meeting that was announced for a day to come, and one without a meeting where none was;
    ``keeps`` says whether the reader may enter one."""
    ahead = ahead_of(desk, filters)
    return pd.DataFrame({"meeting": ahead or [None], "keeps": all_may(desk.audience, "minutes")})


def ahead_of(desk: Desk, filters: Filters) -> list[Gathering]:
    """Return the meetings announced then and not told as held, by date."""
    return [one for one in gatherings(desk.metrics, filters.as_of) if one.state == "planned"]


def next_body(frame: pd.DataFrame, view: View) -> Component:
    """Write when the next meeting is, as far as anybody announced it, and the way to its draft."""
    ahead: Sequence[Gathering] = [one for one in frame["meeting"] if one is not None]
    said = [announced(one, view) for one in ahead] or [html.P(view.t("meeting_page.no_date"))]
    return html.Article(
        [
            html.Div(
                [html.H2(html.A(view.t("meeting_page.next_title"), href=view.href(f"/meetings/{NEXT}")))]
            ),
            html.Div(said),
            parts.chips(
                [
                    (view.t("meeting_page.to_draft"), view.href(f"/meetings/{NEXT}"), False),
                    *onward(NEXT, view),
                    *_keeping(frame, view),
                ],
                label=view.t("meeting_page.next_title"),
            ),
        ],
        className="meeting meeting-next",
    )


def _keeping(frame: pd.DataFrame, view: View) -> list[tuple[str, str, bool]]:
    if not frame["keeps"].iloc[0]:
        return []
    address = f"/steward/meetings?{urlencode({'lang': view.words.lang})}"
    return [(view.t("meeting_page.enter"), address, False)]


def announced(meeting: Gathering, view: View) -> Component:
    """Write a meeting that is announced: its name and date; one whose day is past says that nobody told of it."""
    key = "meeting_page.planned"
    if meeting.precision == "day" and meeting.date < view.filters.as_of.day:
        key = "meeting_page.planned_past"
    text = view.t(key, name=full_name(meeting, view), date=date_said(meeting, view))
    return html.P([text, *_place(meeting, view), *audience_flag(meeting.audience, view)])
