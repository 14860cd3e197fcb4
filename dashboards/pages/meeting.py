"""One meeting as of its date: what was known, what had changed, what it decided; or the draft of the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel, View
from dashboards.panels.meeting_draft import agenda_panel, announcement_panel, late_panel
from dashboards.panels.meeting_head import head_panel, title_of, unknown_panel
from dashboards.panels.meeting_record import actions_panel, decisions_panel, published_panel
from dashboards.panels.meeting_then import known_panel
from dashboards.panels.overview_changes import changes_panel
from dashboards.panels.work_item_told import Told, told_for
from metrics.asof import now_as_of
from metrics.meetings import NEXT, Gathering, gatherings


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels of the meeting asked for, as far as it was known; of the next one, its draft."""
    if filters.item == NEXT:
        return _draft(desk, filters)
    meeting = found(gatherings(desk.metrics, filters.as_of), filters.item)
    if meeting is None:
        return (unknown_panel(),)
    return _held(meeting, desk, filters) if meeting.state == "held" else (head_panel(meeting),)


def found(known: Sequence[Gathering], meeting_id: str) -> Gathering | None:
    """Return the meeting of that id among those *known*."""
    return next((one for one in known if one.id == meeting_id), None)


def _held(meeting: Gathering, desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    then = replace(meeting.moment(clock=desk.clock()), stamp=filters.as_of.stamp)
    told = Told(desk=desk, as_of=then)
    at_the_time = (
        known_panel(told, meeting),
        replace(changes_panel(told), id="changes-then", size="full"),
        published_panel(told, meeting),
    )
    known, changes, published = (replace(one, as_of=then) for one in at_the_time)
    return (
        known,
        head_panel(meeting),
        published,
        decisions_panel(meeting),
        actions_panel(meeting),
        changes,
    )


def _draft(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    told = told_for(desk, filters)
    return (
        announcement_panel(told),
        late_panel(told),
        agenda_panel(told),
        replace(changes_panel(told), id="changes-now", size="full"),
        actions_panel(None, only_open=True, panel_id="open-actions"),
    )


def title(view: View) -> str:
    """Return the title: the name of the meeting, as far as it was known."""
    item = view.filters.item
    if item == NEXT:
        return view.t("meeting_page.draft_title")
    return title_of(found(view.meetings(), item), view)


def lead(view: View) -> str:
    """Return the sentence under the title."""
    return view.t("meeting_page.draft_lead" if view.filters.item == NEXT else "meeting_page.meeting_lead")


def items(desk: Desk) -> tuple[str, ...]:
    """Return the meetings that this viewer may know of, and the next."""
    return (*(one.id for one in gatherings(desk.metrics, now_as_of(desk.clock()))), NEXT)


PAGE = Page(
    id="meeting",
    path="/meetings/<meeting>",
    order=71,
    title=title,
    lead=lead,
    items=items,
    panels=panels,
    nav=False,
)
