"""The as-of band below the header: today or another day, the meetings, the slider that replays what was known."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk
from dashboards.frames import as_of_said
from dashboards.meeting_names import held_now, short_name
from dashboards.panel import View
from dashboards.replay import replay
from metrics.meetings import Gathering

EARLIEST = "2015-01-01"
MOST_MEETINGS = 4


def band(path: str, desk: Desk, view: View) -> Component:
    """Return the as-of band: today, the meetings, another day; its colour changes when it is not today."""
    as_of, held = view.filters.as_of, held_now(desk)
    if as_of.current:
        said_of = [
            html.Span(view.t("ui.known")),
            html.Strong(view.t("ui.today", date=view.words.day(as_of.day))),
        ]
    else:
        said_of = [html.Strong(view.t("ui.as_known_on", date=as_of_said(view)))]
    children = [
        html.P(said_of, className="band-now"),
        _moments(path, held, desk, view),
        _day_form(path, view),
    ]
    if as_of.current and (fresh := desk.freshness()):
        text = view.t("ui.sources_on_time", n=fresh.on_time, total=fresh.total)
        whole = "whole" if fresh.on_time == fresh.total else "part"
        children.append(html.P(html.Span(text), className=f"fresh fresh-{whole}"))
    return html.Section(
        [html.Div(children, className="band-in"), replay(path, desk, view, held)],
        id="band",
        className="band" if as_of.current else "band band-past",
        **{"aria-label": view.t("ui.as_of_band")},
    )


def _moments(path: str, held: Sequence[Gathering], desk: Desk, view: View) -> Component:
    as_of = view.filters.as_of
    links = [] if as_of.current else [(view.t("ui.back_to_today"), view.here(path, as_of=None), False)]
    for meeting in reversed(held[-MOST_MEETINGS:]):
        moment = meeting.moment(clock=desk.clock())
        when = view.words.day(meeting.date, meeting.precision)
        text = view.t("format.pair", a=short_name(meeting, view), b=when)
        links.append(
            (text, view.here(path, as_of=moment), moment.instant == as_of.instant and not moment.current)
        )
    return parts.chips(links, label=view.t("ui.moments"))


def _day_form(path: str, view: View) -> Component:
    as_of = view.filters.as_of
    day = "" if as_of.current else as_of.day.isoformat()
    keep = view.here(path, as_of=None).partition("?")[2]
    label = view.t("ui.another_day")
    today = view.today.isoformat()
    field = parts.field("as_of", "date", label=label, value=day, least=EARLIEST, most=today)
    return parts.asking(path, [field], keep=keep, label=label)
