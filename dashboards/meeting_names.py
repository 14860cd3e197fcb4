"""How meetings are called: by their number where they have one, else by the name that people gave them."""

from __future__ import annotations

from dashboards.panel import View
from metrics.meetings import Gathering, spoken


def short_name(meeting: Gathering, view: View) -> str:
    """Return what a chip or a heading calls *meeting*."""
    return view.t("ui.meeting_n", n=meeting.number) if meeting.number else full_name(meeting, view)


def full_name(meeting: Gathering, view: View) -> str:
    """Return the whole name of *meeting*, in the reader's language or the nearest there is."""
    return spoken(meeting.names, view.words.lang)[0]


def date_said(meeting: Gathering, view: View) -> str:
    """Write the date of *meeting* as far as it is known, "about" where it was concluded."""
    text = view.words.day(meeting.date, meeting.precision)
    return view.t("qualifier.approx_pattern", n=text) if "date" in meeting.inferred else text
