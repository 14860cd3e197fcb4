"""How decisions and actions are written: their text in the reader's language, whose, by when, how they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.i18n import HTML_LANG, Words
from dashboards.panel import View
from dashboards.panels.work_item_words import step_shape
from metrics.meetings import Action, Decision, spoken

# The state of an action looks like that of a milestone: it is one, set by the meeting itself.
LOOKS: Mapping[str, str] = {"open": "due", "overdue": "late", "done": "done", "dropped": "dropped"}
STATES: Mapping[str, str] = {
    "open": "meeting_page.open",
    "overdue": "meeting_page.overdue",
    "done": "status.done",
    "dropped": "status.dropped",
}
AUDIENCES: Mapping[str, str] = {
    "group": "meeting_page.for_group",
    "officials": "meeting_page.for_officials",
}


def state_of(action: Action, day: date) -> str:
    """Return how *action* stands on *day*: open, overdue, done or dropped."""
    return "overdue" if action.days_late(day) else action.state


def state_words(action: Action, day: date, words: Words) -> str:
    """Write how *action* stands on *day*, in *words*."""
    days = action.days_late(day)
    if days == 1:
        return words.t("meeting_page.overdue_one")
    return words.t(STATES[state_of(action, day)], n=days)


def state_chip(action: Action, day: date, view: View) -> Component:
    """Return the state of an action as shape and word, overdue ones with their days."""
    look, word = LOOKS[state_of(action, day)], state_words(action, day, view.words)
    return html.Span(
        [step_shape(look), html.Span(word, className="status-word")], className=f"status step-{look}"
    )


def said(texts: Mapping[str, str], view: View) -> Component:
    """Write what somebody entered, in the reader's language or the nearest there is, which is then marked."""
    text, lang = spoken(texts, view.words.lang)
    return html.Span(text, **({} if lang == view.words.lang else {"lang": HTML_LANG[lang]}))


def audience_flag(audience: str, view: View) -> list[Component]:
    """Say for whom something is that not everybody may see; nothing for what is public."""
    if audience not in AUDIENCES:
        return []
    return [html.Span(view.t(AUDIENCES[audience]), className="flag flag-audience")]


def item_said(work_item: int, view: View) -> str:
    """Write which work item something is about."""
    return item_words(work_item, view.words)


def item_words(work_item: int, words: Words) -> str:
    """Write which work item something is about, in *words*."""
    if not work_item:
        return words.t("meeting_page.all_items")
    return words.t("change.item", n=work_item, title=words.t(f"work_item.{work_item}"))


def source_said(title: str, url: str) -> list[Component]:
    """Write where something is published, linked where a web address was given; nothing where nothing was."""
    if not title and not url:
        return []
    name = title or url
    linked = url.startswith(("https://", "http://"))  # no other kind of address is ever followed from here
    said_of = html.A(name, href=url, rel="noopener external") if linked else html.Cite(name)
    return [html.P(said_of, className="source-said")]


def decision_list(decisions: Sequence[Decision], view: View) -> Component:
    """Write decisions in their order, each with the work item it is about and who entered it."""
    return html.Ol([_decision(one, view) for one in decisions], className="decisions")


def _decision(one: Decision, view: View) -> Component:
    entered = view.t("meeting_page.entered_by", by=one.said_by)
    about = [html.Span(item_said(one.work_item, view)), html.Span(entered)]
    return html.Li(
        [
            html.P(said(one.texts, view), className="decision-text"),
            html.P([*about, *audience_flag(one.audience, view)], className="decision-about soft"),
            *source_said(one.source_title, one.source_url),
        ]
    )


_COLUMNS = {
    "text": "meeting_page.action",
    "owner": "meeting_page.owner",
    "due": "meeting_page.due",
    "state": "meeting_page.state",
}


def action_table(actions: Sequence[Action], day: date, caption: str, view: View) -> Component:
    """Write actions as a table that becomes cards on narrow screens; *day* is the day of the states."""
    head = [html.Th(view.t(key), scope="col") for key in _COLUMNS.values()]
    rows = [_action(one, day, view) for one in actions]
    return html.Table(
        [
            html.Caption(caption, className="unseen"),
            html.Thead(html.Tr(head)),
            html.Tbody(rows),
        ],
        className="table table-cards actions",
    )


def _action(one: Action, day: date, view: View) -> Component:
    about = html.P(
        [html.Span(item_said(one.work_item, view)), *audience_flag(one.audience, view)],
        className="decision-about soft",
    )
    cells = {
        "owner": html.Span(one.owner),
        "due": _due(one, view),
        "state": html.Div([state_chip(one, day, view), *_since(one, view)]),
    }
    found = [html.Th([html.P(said(one.texts, view), className="decision-text"), about], scope="row")]
    found += [html.Td(cell, **{"data-label": view.t(_COLUMNS[name])}) for name, cell in cells.items()]
    return html.Tr(found)


def _due(one: Action, view: View) -> Component:
    earlier = [
        html.Del([html.Span(view.t("work_item_page.earlier_due"), className="unseen"), view.words.day(day)])
        for day in one.earlier_due
    ]
    now = view.words.day(one.due_on) if one.due_on else view.t("work_item_page.no_due_date")
    return html.Div([html.Span(now), *earlier], className="due-dates")


def _since(one: Action, view: View) -> list[Component]:
    """Write since when an action is done or dropped, who said so and why."""
    lines = []
    if one.state != "open":
        ended = view.t("meeting_page.said_on", by=one.said_by, date=view.words.day(one.on))
        lines.append(html.Span(ended, className="soft"))
    if one.why:
        lines.append(html.Q(one.why, className="soft"))
    return lines
