"""Which meetings a reader may choose, and how each is called: by its number, else by the name people gave it."""

from __future__ import annotations

from dashboards.desk import Desk
from dashboards.panel import View
from metrics.asof import now_as_of
from metrics.meetings import Gathering, held, spoken


def held_now(desk: Desk) -> tuple[Gathering, ...]:
    """Return the meetings held by now that the reader may know of, by date."""
    return held(desk.metrics, now_as_of(desk.clock()))


def short_name(meeting: Gathering, view: View) -> str:
    """Return what a chip or a heading calls *meeting*."""
    return view.t("ui.meeting_n", n=meeting.number) if meeting.number else full_name(meeting, view)


def full_name(meeting: Gathering, view: View) -> str:
    """Return the whole name of *meeting*, in the reader's language or the nearest there is."""
    return spoken(meeting.names, view.words.lang)[0]


def date_said(meeting: Gathering, view: View) -> str:
    """Write the date of *meeting* as far as it is known."""
    return view.words.day(meeting.date, meeting.precision)
