"""Composing a briefing: what each button and field of the form makes of the briefing at hand. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from dashboards.briefings.token import choice, texts
from dashboards.briefings.values import MOST_NAME, MOST_NOTE, MOST_PANELS, Briefing, Choice
from dashboards.desk import Desk
from dashboards.i18n import LANGUAGES
from dashboards.roles import AUDIENCES
from metrics.asof import AsOf, day_as_of, now_as_of
from metrics.meetings import held

OWN_WAYS = frozenset({"lang", "as_of", "theme"})
"""What a briefing says once for all of its panels."""

MOVING, FROZEN, KEPT, DAY = "moving", "frozen", "kept", "day"


def blank(desk: Desk, lang: str) -> Briefing:
    """Return a briefing of nothing yet, as known now."""
    return Briefing(
        id="own", names={}, as_of=now_as_of(desk.clock()), panels=(), languages=(lang,), made_by="visitor"
    )


def named_panel(text: str) -> Choice:
    """Read ``/path?query#panel`` as the menus of panels write it; raise ValueError for anything else."""
    address, mark, panel = text.partition("#")
    path, _, query = address.partition("?")
    if not mark:
        raise ValueError("panel: expected /path?query#panel")
    if path == "" and query:
        raise ValueError("panel: the briefing's own slides ask nothing")
    kept = [(name, value) for name, value in parse_qsl(query, max_num_fields=30) if name not in OWN_WAYS]
    return choice(path, panel.removeprefix("panel-"), urlencode(kept, safe=",:"))


def added(briefing: Briefing, new: Sequence[Choice]) -> Briefing:
    """Return *briefing* with *new* panels at its end, each once, as many as there is room for."""
    known = {(one.page_path, one.panel_id, one.query) for one in briefing.panels}
    panels = list(briefing.panels)
    for one in new:
        name = (one.page_path, one.panel_id, one.query)
        if name not in known and len(panels) < MOST_PANELS:
            known.add(name)
            panels.append(one)
    return replace(briefing, panels=tuple(panels))


def moved(briefing: Briefing, at: int, by: int) -> Briefing:
    """Return *briefing* with the panel at place *at* moved *by* places; beyond the ends nothing moves."""
    to = at + by
    panels = list(briefing.panels)
    if not (0 <= at < len(panels) and 0 <= to < len(panels)):
        return briefing
    panels.insert(to, panels.pop(at))
    return replace(briefing, panels=tuple(panels))


def removed(briefing: Briefing, at: int) -> Briefing:
    """Return *briefing* without the panel at place *at*."""
    panels = tuple(one for place, one in enumerate(briefing.panels) if place != at)
    return replace(briefing, panels=panels)


def filled_in(briefing: Briefing, form: Mapping[str, str], desk: Desk) -> Briefing:
    """Return *briefing* as the fields of *form* say; a field that is not there changes nothing.

    Raises ValueError for a value that the form does not offer.
    """
    names = {lang: form.get(f"name-{lang}", briefing.names.get(lang, "")) for lang in LANGUAGES}
    panels = tuple(
        replace(
            one,
            note=texts(
                {lang: form.get(f"note-{place}-{lang}", one.note.get(lang, "")) for lang in LANGUAGES},
                MOST_NOTE,
            ),
        )
        for place, one in enumerate(briefing.panels)
    )
    return replace(
        briefing,
        names=texts(names, MOST_NAME),
        panels=panels,
        languages=_languages(form, briefing.languages),
        audience=_of(form.get("audience", briefing.audience), AUDIENCES),
        as_of=_moment(form, briefing.as_of, desk),
    )


def _of(text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise ValueError(f"expected one of {', '.join(known)}")
    return text


def _languages(form: Mapping[str, str], before: tuple[str, ...]) -> tuple[str, ...]:
    if "language" not in form:
        return before
    first = _of(form["language"], LANGUAGES)
    second = _of(form.get("second", "none"), ("none", *LANGUAGES))
    return (first,) if second in {"none", first} else (first, second)


def _moment(form: Mapping[str, str], before: AsOf, desk: Desk) -> AsOf:
    clock = desk.clock()
    match form.get("moment", KEPT):
        case "kept":
            return before
        case "moving":
            return now_as_of(clock)
        case "frozen":
            found = now_as_of(clock)
        case "day":
            day = date.fromisoformat(form.get("day", ""))
            if day.year < 1900:
                raise ValueError("day: expected one of this time")
            found = day_as_of(day, clock=clock)
        case meeting_id:
            meetings = {one.id: one for one in held(desk.metrics, now_as_of(clock))}
            if meeting_id not in meetings:
                raise ValueError("moment: expected a meeting that was held")
            found = meetings[meeting_id].moment(clock=clock)
    return replace(found, current=False, stamp=desk.stamp())


def strict_enough(audience: str, strictest: str) -> str:
    """Return *audience*, or the strictest of the panels where that is stricter."""
    return max(audience, strictest, key=AUDIENCES.index)
