"""Briefings that the product makes ready: one for each meeting, frozen as of its day, and one for the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboards.briefings.values import CHANGED, LATE, WORK_ITEM, Briefing, Choice
from dashboards.desk import Desk
from dashboards.i18n import LANGUAGES, Words
from metrics.asof import now_as_of
from metrics.meetings import NEXT, Gathering, held, planned

# Maps and charts that matter to the five items, in the order of the items; those of which nothing is known then
# stay out.
CHARTS = (
    ("/services", "cbps-both-sides", ""),
    ("/services", "kiosk-map", ""),
    ("/services", "iam-smart-users", ""),
    ("/connectivity", "fiveg-map", ""),
    ("/connectivity", "fiveg-ranking", ""),
    ("/transport", "crossings", ""),
    ("/transport", "points-over-time", ""),
)


def ready_made(briefing_id: str, desk: Desk) -> Briefing | None:
    """Return the briefing of the meeting *briefing_id*, or of the next; None where there is no such meeting."""
    if briefing_id == NEXT:
        return _of_next(desk)
    for meeting in held(desk.metrics, now_as_of(desk.clock())):
        if meeting.id == briefing_id:
            return _of(meeting, desk)
    return None


def all_ready(desk: Desk) -> tuple[Briefing, ...]:
    """Return every briefing made ready: of the next meeting, then of those held, newest first."""
    meetings = held(desk.metrics, now_as_of(desk.clock()))
    return (_of_next(desk), *(_of(meeting, desk) for meeting in reversed(meetings)))


def _of(meeting: Gathering, desk: Desk) -> Briefing:
    return Briefing(
        id=meeting.id,
        names=meeting.names,
        about={lang: _when(meeting, desk.words[lang]) for lang in LANGUAGES},
        as_of=meeting.moment(clock=desk.clock()),
        panels=panels(desk),
        languages=LANGUAGES[:1],
        audience=meeting.audience,
        meeting_id=meeting.id,
    )


def _of_next(desk: Desk) -> Briefing:
    """Return the briefing of the meeting ahead: as known now, since nobody has met yet."""
    now = now_as_of(desk.clock())
    ahead = planned(desk.metrics, now)
    names: Mapping[str, str] = {lang: desk.words[lang].t("briefing.next") for lang in LANGUAGES}
    about = {lang: desk.words[lang].t("briefing.next_about") for lang in LANGUAGES}
    if ahead:
        names = ahead[0].names
        about = {lang: _when(ahead[0], desk.words[lang]) for lang in LANGUAGES}
    return Briefing(
        id=NEXT,
        names=names,
        about=about,
        as_of=now,
        panels=panels(desk),
        languages=LANGUAGES[:1],
        audience=ahead[0].audience if ahead else "public",
        meeting_id=NEXT,
    )


def panels(desk: Desk) -> tuple[Choice, ...]:
    """Return what a meeting needs: each work item, what changed, what is late, the maps and charts that matter."""
    items = [Choice(page_path="", panel_id=f"{WORK_ITEM}{number}") for number in desk.agenda.work_items]
    own = [Choice(page_path="", panel_id=CHANGED), Choice(page_path="", panel_id=LATE)]
    charts = [
        Choice(page_path=path, panel_id=panel, query=query, yields=True) for path, panel, query in CHARTS
    ]
    return (*items, *own, *charts)


def _when(meeting: Gathering, words: Words) -> str:
    return words.day(meeting.date, meeting.precision, long=True)


def draft_of(briefing: Briefing, lang: str) -> Briefing:
    """Return *briefing* as something to compose further in *lang*: nobody's, of no meeting."""
    panels = tuple(replace(choice, yields=False) for choice in briefing.panels)
    return replace(briefing, id="", made_by="", meeting_id="", version=0, panels=panels, languages=(lang,))
