"""The lines of a briefing's slides: statuses, milestones, measures, figures and actions, each said in one line."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dashboards.briefings.values import Line
from dashboards.panel import View
from dashboards.panels.overview_cards import DOTS
from dashboards.panels.work_item_why import item_reason, measure_reason
from dashboards.panels.work_item_words import (
    dated,
    measure_name,
    name_said,
    period_said,
    row_said,
    with_tier,
)
from metrics.headline import Headline
from metrics.meetings import Action, spoken
from metrics.movements import Movement, StatusMove
from metrics.progress import Override
from metrics.review import Measure, Review, Step


def item_lines(review: Review, lead: Headline | None, view: View) -> list[Line]:
    """Return a work item's word and reason, the figure that leads it, and its milestones counted."""
    verdict = review.verdict
    estimated = view.t("overview.rests") if verdict.rests_on_estimated_dates else ""
    word = Line(text=view.t(f"status.{verdict.word}"), role="status", mark=verdict.word, detail=estimated)
    lines = [word, Line(text=item_reason(verdict, view), role="reason")]
    lines += override_lines(verdict.override, view)
    return [*lines, *lead_lines(lead, view), Line(text=tally_said(review, view), role="tally")]


def override_lines(override: Override | None, view: View) -> list[Line]:
    """Return the word that a person set beside the computed one, with who, why and until when; or nothing."""
    if override is None:
        return []
    until = view.t("status.override", date=view.words.day(override.until))
    said = [until, view.t("override.by", by=override.by), spoken(override.reasons, view.words.lang)[0]]
    word = view.t(f"status.{override.word}")
    return [Line(text=word, role="override", mark=override.word, detail=" · ".join(said))]


def lead_lines(lead: Headline | None, view: View) -> list[Line]:
    """Return the figure that leads: large, what it counts, when and by whom."""
    if lead is None:
        return [Line(text=view.t("figure.no_figure"), role="label")]
    if lead.row is None:
        return [
            Line(text=view.words.number(lead.value), role="figure"),
            Line(text=view.t("overview.meetings_held"), role="label"),
            Line(text=view.words.day(lead.on, lead.precision), role="detail"),
        ]
    said = [period_said(lead.row, view), *view.publishers(lead.figures.tail(1))]
    return [
        Line(text=row_said(lead.row, view), role="figure"),
        Line(text=name_said(lead.indicator_id, lead.place_id, view), role="label"),
        Line(text=" · ".join(said), role="detail"),
    ]


def tally_said(review: Review, view: View) -> str:
    """Return the milestones by state, counted in words."""
    counts = Counter(step.state for step in review.steps)
    if not counts:
        return view.t("overview.no_milestones")
    said = [
        view.t("overview.count", word=view.t(f"status.{state}"), n=counts[state])
        for state in DOTS
        if counts[state]
    ]
    return " · ".join(said)


def step_line(step: Step, view: View) -> Line:
    """Return a milestone: its state, and when it happened or was due; of a late one, for how long."""
    state = view.t(f"status.{step.state}")
    when = dated(step.happened_on, view)
    if not when and step.due_on:
        when = view.t("work_item_page.due_on", date=dated(step.due_on, view))
    said = [when] if when.startswith(state) else [state, *([when] if when else [])]
    if step.verdict.days_late:
        said.append(view.t("briefing.days_late", n=step.verdict.days_late))
    name = view.t(f"milestone.{step.milestone.id}")
    return Line(text=name, role="item", mark=step.state, detail=" · ".join(said))


def status_move_line(move: StatusMove, view: View) -> Line:
    """Return a work item whose word changed, from what to what."""
    title = view.t("change.item", n=move.work_item, title=view.t(f"work_item.{move.work_item}"))
    between = view.t(
        "change.from_to", before=view.t(f"status.{move.before}"), after=view.t(f"status.{move.after}")
    )
    return Line(text=title, role="item", mark=move.after, detail=between)


def moved_line(moved: Movement, view: View) -> Line:
    """Return a figure that is newer, revised or the first, from what to what."""
    after, before = moved.after, moved.before
    to = view.t("figure.aside", text=row_said(after, view), aside=period_said(after, view))
    said = with_tier(to, after["tier"], view)
    if before:
        said = view.t("change.from_to", before=row_said(before, view), after=said)
    kind = view.t(f"change.kind_{moved.kind}")
    name = name_said(moved.indicator_id, moved.place_id, view)
    return Line(text=name, role="item", detail=view.t("format.pair", a=kind, b=said))


def short_measure(measure: Measure, view: View) -> Line:
    """Return a measure with its status and why."""
    verdict = measure.verdict
    state = view.t(f"status.{verdict.status}")
    return Line(
        text=measure_name(measure, view),
        role="item",
        mark=verdict.status,
        detail=view.t("format.pair", a=state, b=measure_reason(measure, view)),
    )


def action_line(action: Action, day: date, view: View) -> Line:
    """Return an action that is overdue: who, since when."""
    text, _lang = spoken(action.texts, view.words.lang)
    owner = f"organisation.{action.owner}"
    said = [view.t(owner) if view.words.has(owner) else action.owner]
    said += [view.t("work_item_page.due_on", date=view.words.day(action.due_on))] if action.due_on else []
    said.append(view.t("briefing.days_late", n=action.days_late(day)))
    return Line(text=text, role="item", mark="late", detail=" · ".join(said))


def overdue_lines(unverified: int, view: View) -> list[Line]:
    """Return the line that says how many outcomes nobody has published: neither late nor good."""
    return [Line(text=view.t("briefing.unverified", n=unverified), role="tally")] if unverified else []
