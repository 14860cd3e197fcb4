"""The briefings there are: made ready for each meeting, and saved by people; each to present or to compose further."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.briefings.kept import saved
from dashboards.briefings.ready import all_ready
from dashboards.briefings.values import FILES, Briefing
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.roles import AUDIENCES
from metrics.meetings import spoken

Found = Callable[[Desk], Sequence[Briefing]]
AUDIENCE_WORDS = {"group": "briefing.audience_group", "officials": "briefing.audience_officials"}
COLUMNS = ("briefing_id", "names", "about", "as_of_day", "moving", "panels", "audience", "made_by")


def briefings_frame(found: Found, desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a briefing: its id, names, day (none where it moves), panels, audience, who made it."""
    rows = [
        (
            one.id,
            one.names,
            one.about,
            one.as_of.day,
            one.as_of.current,
            len(one.panels),
            one.audience,
            one.made_by,
        )
        for one in found(desk)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _body(title: str, empty: str, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the heading and a card for each briefing, or that there is none."""
    heading = html.H2(view.t(title), className="topic-title")
    if frame.empty:
        return [heading, parts.state(view.t(empty))]
    return [heading, parts.cards([_card(row, view) for row in frame.to_dict("records")])]


def _card(row: dict, view: View) -> Component:
    lang = view.words.lang
    said = [
        view.t("briefing.moving")
        if row["moving"]
        else view.t("ui.as_known_on", date=view.words.day(row["as_of_day"]))
    ]
    if about := row["about"].get(lang):
        said.insert(0, about)
    if row["made_by"]:
        said.append(view.t("briefing.made_by", name=row["made_by"]))
    if row["audience"] != AUDIENCES[0]:
        said.append(view.t(AUDIENCE_WORDS[row["audience"]]))
    plain = partial(view.href, as_of=None)
    doings = html.Div(
        [
            html.A(
                view.t("briefing.present"), href=plain(f"/present/{row['briefing_id']}"), className="button"
            ),
            html.A(view.t("briefing.compose_further"), href=_compose(view, f"from={row['briefing_id']}")),
            *(html.A(text, href=href) for text, href in taken_away(row["briefing_id"], view)),
        ],
        className="briefing-doings",
    )
    name = spoken(row["names"], lang)[0] or view.t("briefing.unnamed")
    return parts.card([html.P(text, className="soft") for text in said] + [doings], title=name)


def taken_away(briefing_id: str, view: View) -> list[tuple[str, str]]:
    """Return the ways to take a briefing away, as words and address: slides, paper, one page without a network."""
    address = f"/exports/briefings/{briefing_id}?lang={view.words.lang}&format="
    return [(view.t(key), address + form) for form, key in FILES.items()]


def onward(briefing_id: str, view: View) -> list[tuple[str, str, bool]]:
    """Return the ways to the slides of a meeting's briefing and its files, as a row of links takes them."""
    slides = (view.t("meeting_page.slides"), view.href(f"/present/{briefing_id}"), False)
    return [slides, *((text, href, False) for text, href in taken_away(briefing_id, view))]


def _compose(view: View, asked: str) -> str:
    return f"/briefings/compose?{asked}&lang={view.words.lang}"


def begin(_desk: Desk, view: View) -> Component:
    """Write how a briefing comes about, and the way to a new one."""
    return html.Div(
        [
            html.P(view.t("briefing.begin_help"), className="note"),
            html.Div(
                [
                    html.A(view.t("briefing.begin"), href=_compose(view, "new=1"), className="button"),
                    html.A(view.t("briefing.go_on"), href=f"/briefings/compose?lang={view.words.lang}"),
                ],
                className="briefing-doings",
            ),
        ]
    )


def list_panel(panel_id: str, title: str, found: Found, empty: str) -> Panel:
    """Return the panel of the briefings that *found* tells."""
    return Panel(
        id=panel_id,
        title=title,
        query=partial(briefings_frame, found),
        body=partial(_body, title, empty),
        size="full",
        framed=False,
        draws_empty=True,
        speaks=False,
    )


READY = list_panel("ready-briefings", "briefing.ready", all_ready, "briefing.none_saved")
SAVED = list_panel("saved-briefings", "briefing.saved_title", saved, "briefing.none_saved")
