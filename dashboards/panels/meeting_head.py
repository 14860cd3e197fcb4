"""The head of a meeting's page: when and where, who says so, and the ways to every page as of its day."""

from __future__ import annotations

from functools import partial
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
from dashboards.panels.meeting_words import audience_flag, source_said
from dashboards.roles import all_may
from metrics.meetings import Gathering, held

PAGES = (
    ("/", "ui.overview"),
    ("/work-items", "work_item_page.title"),
    ("/services", "services.title"),
    ("/connectivity", "connectivity.title"),
    ("/transport", "transport.title"),
    ("/data-flow", "data_flow.title"),
)

_STATES = {"planned": "meeting_page.planned_word", "cancelled": "meeting_page.cancelled_word"}


def head_panel(meeting: Gathering) -> Panel:
    """Return the panel of what *meeting* was."""
    return Panel(
        id="meeting",
        title="meeting_page.about",
        query=partial(head_frame, meeting),
        body=partial(head_body, meeting),
        size="half",
        speaks=False,
    )


def head_frame(meeting: Gathering, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row: the meeting, in ``before`` and ``after`` its neighbours among those held, and in ``keeps``
    whether the reader may enter what it decided."""
    met = held(desk.metrics, filters.as_of)
    ids = [one.id for one in met]
    at = ids.index(meeting.id) if meeting.id in ids else None
    before = met[at - 1] if at else None
    after = met[at + 1] if at is not None and at + 1 < len(met) else None
    return pd.DataFrame(
        {
            "meeting_id": [meeting.id],
            "before": [before],
            "after": [after],
            "keeps": [all_may(desk.audience, "minutes")],
        }
    )


def head_body(meeting: Gathering, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the facts, and the ways on."""
    then = meeting.moment()
    day = view.words.day(meeting.as_of)
    found: list[Component] = [parts.facts(_facts(meeting, view)), *_source(meeting, view)]
    if frame["keeps"].iloc[0]:
        address = f"/steward/meetings/{meeting.id}?{urlencode({'lang': view.words.lang})}"
        found.append(html.P(html.A(view.t("meeting_page.keep"), href=address)))
    if meeting.state != "held":
        return found
    found += [
        html.H3(view.t("meeting_page.pages_then", date=day), className="group-title"),
        parts.chips(
            [(view.t(key), view.href(path, as_of=then), False) for path, key in PAGES],
            label=view.t("meeting_page.pages_then", date=day),
        ),
        html.H3(view.t("meeting_page.more"), className="group-title"),
        parts.chips(_onward(meeting, frame, view), label=view.t("meeting_page.more")),
    ]
    return found


def _facts(meeting: Gathering, view: View) -> list[tuple[Any, Any]]:
    facts: list[tuple[Any, Any]] = [(view.t("meeting_page.date"), date_said(meeting, view))]
    if meeting.place and view.words.has(f"place.{meeting.place}"):
        facts.append((view.t("meeting_page.place"), view.t(f"place.{meeting.place}")))
    if meeting.state == "held":
        facts.append((view.t("meeting_page.known_until"), view.words.day(meeting.as_of)))
    else:
        facts.append((view.t("meeting_page.state"), view.t(_STATES[meeting.state])))
    if meeting.kept:
        said = [html.Span(meeting.said_by), *audience_flag(meeting.audience, view)]
        facts.append((view.t("meeting_page.entered"), said))
    return facts


def _source(meeting: Gathering, view: View) -> list[Component]:
    found = source_said(meeting.source_title, meeting.source_url)
    if meeting.precision == "reported":
        found.append(parts.note(view.t("meeting_page.reported", date=view.words.day(meeting.as_of))))
    if "date" in meeting.inferred:
        found.append(parts.note(view.t("meeting_page.inferred")))
    return found


def _onward(meeting: Gathering, frame: pd.DataFrame, view: View) -> list[tuple[str, str, bool]]:
    links = onward(meeting.id, view)
    for column, key in (("before", "meeting_page.before"), ("after", "meeting_page.after")):
        other = frame[column].iloc[0]
        if isinstance(other, Gathering):
            text = view.t(key, meeting=short_name(other, view))
            links.append((text, view.href(f"/meetings/{other.id}"), False))
    links.append((view.t("meeting_page.all_meetings"), view.href("/meetings"), False))
    return links


def unknown_panel() -> Panel:
    """Return the panel that says that nothing was known of such a meeting."""
    return Panel(
        id="meeting",
        title="meeting_page.about",
        query=lambda _desk, _filters: pd.DataFrame(),
        empty="meeting_page.unknown_yet",
        size="full",
        speaks=False,
    )


def title_of(meeting: Gathering | None, view: View) -> str:
    """Return the title of the page of *meeting*; of one that is not known, that it is not."""
    return view.t("meeting_page.unknown") if meeting is None else full_name(meeting, view)
