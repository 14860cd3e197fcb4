"""Briefings that people saved, as this viewer may see them; and what is saved of one."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from dashboards.briefings.token import choices_read, choices_written
from dashboards.briefings.values import Briefing
from dashboards.desk import Desk
from dashboards.roles import AUDIENCES, Viewer
from metrics.asof import HONG_KONG, AsOf, now_as_of
from metrics.warehouse.briefings import BriefingBook, KeptBriefing
from metrics.warehouse.people import Deed


def saved(desk: Desk) -> tuple[Briefing, ...]:
    """Return the briefings that people saved for an audience of the desk's, the last saved first."""
    return tuple(_briefing(one, desk) for one in _book(desk).newest() if _may_see(one, desk))


def saved_one(briefing_id: str, desk: Desk) -> Briefing | None:
    """Return the saved briefing *briefing_id*, None where there is none for the desk's audience."""
    one = _book(desk).briefing(briefing_id)
    return _briefing(one, desk) if one is not None and _may_see(one, desk) else None


def save(briefing: Briefing, desk: Desk, viewer: Viewer) -> Briefing:
    """Keep *briefing* as the next version of the one it comes from, or as a new one, and return it as kept.

    Raises ChangedMeanwhile when somebody else saved it since.
    """
    mine = briefing if briefing.version else replace(briefing, id=f"b-{secrets.token_hex(6)}")
    deed = _deed("briefing_saved", mine, viewer)
    kept = _book(desk).save(_kept(mine, viewer), deed, desk.clock())
    return replace(mine, version=kept.version, made_by=viewer.person_id)


def delete(briefing: Briefing, desk: Desk, viewer: Viewer) -> None:
    """Take *briefing* out of the list; its versions stay in the warehouse."""
    deed = _deed("briefing_deleted", briefing, viewer)
    _book(desk).delete(_kept(briefing, viewer), deed, desk.clock())


def may_change(briefing: Briefing, viewer: Viewer) -> bool:
    """Say whether *viewer* may save over *briefing* or delete it: who made it may, and who administers."""
    return viewer.signed_in and (briefing.made_by == viewer.person_id or viewer.may("administer"))


def _book(desk: Desk) -> BriefingBook:
    return BriefingBook(desk.metrics.warehouse.engine)


def _may_see(kept: KeptBriefing, desk: Desk) -> bool:
    return AUDIENCES.index(kept.audience) <= AUDIENCES.index(desk.audience)


def _deed(action: str, briefing: Briefing, viewer: Viewer) -> Deed:
    detail = {"address": viewer.address, "panels": len(briefing.panels), "audience": briefing.audience}
    return Deed(actor=viewer.person_id, action=action, subject=briefing.id, detail=detail)


def _kept(briefing: Briefing, viewer: Viewer) -> KeptBriefing:
    as_of = briefing.as_of
    return KeptBriefing(
        briefing_id=briefing.id,
        version=briefing.version,
        names=briefing.names,
        as_of=None if as_of.current else as_of.instant,
        stamp=None if as_of.current else as_of.stamp,
        panels=json.dumps(choices_written(briefing.panels), ensure_ascii=False),
        languages=briefing.languages,
        audience=briefing.audience,
        meeting_id=briefing.meeting_id,
        made_by=viewer.name or viewer.person_id,
        person_id=viewer.person_id,
    )


def _briefing(kept: KeptBriefing, desk: Desk) -> Briefing:
    if kept.as_of is None:
        as_of = now_as_of(desk.clock())
    else:
        day = kept.as_of.astimezone(HONG_KONG).date()
        as_of = AsOf(instant=kept.as_of, day=day, stamp=kept.stamp)
    return Briefing(
        id=kept.briefing_id,
        names=kept.names,
        as_of=as_of,
        panels=choices_read(json.loads(kept.panels)),
        languages=kept.languages,
        audience=kept.audience,
        made_by=kept.person_id,
        meeting_id=kept.meeting_id,
        version=kept.version,
    )
