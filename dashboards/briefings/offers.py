"""What may be put into a briefing, and how what was chosen is called."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from dashboards.briefings.composing import DAY, FROZEN, KEPT, MOVING
from dashboards.briefings.making import all_pages, found
from dashboards.briefings.own import own_ids
from dashboards.briefings.values import CHANGED, LATE, WORK_ITEM, Briefing, Choice
from dashboards.desk import Desk, Filters, parse_filters
from dashboards.exports.telling import tell
from dashboards.i18n import Words
from dashboards.meeting_names import date_said
from dashboards.panel import Page, View, options_of, panels_of, said
from dashboards.roles import AUDIENCES
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import HONG_KONG, now_as_of
from metrics.meetings import held, spoken

logger = logging.getLogger(__name__)
MOST_KNOWN = 1024


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A panel as a person chooses it: its *title*, the page it is on, who may see it; *well* says it can be shown."""

    value: str
    title: str
    page: str
    audience: str = AUDIENCES[0]
    well: bool = True


def titled(briefing: Briefing, words: Words) -> str:
    """Return the name of *briefing* in the reader's language, or in the nearest there is."""
    return spoken(briefing.names, words.lang)[0] or words.t("briefing.unnamed")


def _view(desk: Desk, filters: Filters) -> View:
    return view_of(desk, filters, desk.clock().astimezone(HONG_KONG).date(), Shapes())


def offers(desk: Desk, words: Words) -> list[tuple[str, list[Offer]]]:
    """Return the panels that may be added, by page; the briefing's own slides first."""
    own = [Offer(value=f"#{one}", title=own_title(one, words), page="") for one in own_ids(desk)]
    groups = [(words.t("briefing.own_slides"), own)]
    for page in all_pages():
        for path, item in _addresses(page, desk):
            title, mine = _of_page(page, path, item, desk, words)
            if mine:
                groups.append((title, mine))
    return groups


def _addresses(page: Page, desk: Desk) -> Sequence[tuple[str, str]]:
    """Return the paths of *page*; of one that has many items none, since their panels have menus of their own."""
    stem, variable, _ = page.path.partition("<")
    if not variable:
        return [(page.path, "")]
    items = page.items(desk)
    return [(stem + item, item) for item in items] if len(items) <= MOST_ITEMS else []


MOST_ITEMS = 12


def _of_page(page: Page, path: str, item: str, desk: Desk, words: Words) -> tuple[str, list[Offer]]:
    filters = parse_filters(
        {}, places=desk.atlas, options=options_of(page, desk), item=item, clock=desk.clock()
    )
    if not isinstance(filters, Filters):
        return "", []
    filters = replace(filters, lang=words.lang, as_of=replace(filters.as_of, stamp=desk.stamp()))
    view = _view(desk, filters)
    try:
        title = said(page.title, view)
        speaking = [panel for panel in panels_of(page, desk, filters) if panel.speaks and panel.id]
        return title, [
            Offer(value=f"{path}#{panel.id}", title=said(panel.title, view), page=title) for panel in speaking
        ]
    except Exception:
        logger.exception("the panels of %s cannot be listed", path)
        return "", []


def own_title(panel_id: str, words: Words) -> str:
    """Return what one of the briefing's own slides is called."""
    if panel_id.startswith(WORK_ITEM):
        number = panel_id.removeprefix(WORK_ITEM)
        return words.t("change.item", n=number, title=words.t(f"work_item.{number}"))
    return words.t({CHANGED: "change.title", LATE: "briefing.late_title"}[panel_id])


def choice_lines(mine: Briefing, desk: Desk, words: Words, known: dict[Hashable, Offer]) -> list[Offer]:
    """Return each chosen panel with its title and audience; what was found out is kept in *known*."""
    if len(known) > MOST_KNOWN:
        known.clear()
    lines = []
    for one in mine.panels:
        moment = mine.as_of.day if mine.as_of.current else mine.as_of.instant
        name = (one.page_path, one.panel_id, one.query)
        key = (name, moment, mine.stamp, desk.stamp(), desk.audience, words.lang)
        if key not in known:
            known[key] = _line(one, mine, desk, words)
        lines.append(known[key])
    return lines


def _line(one: Choice, mine: Briefing, desk: Desk, words: Words) -> Offer:
    value = f"{one.page_path}{'?' if one.query else ''}{one.query}#{one.panel_id}"
    gone = Offer(value=value, title=words.t("briefing.panel_gone"), page="", well=False)
    if not one.page_path:
        if one.panel_id not in own_ids(desk):
            return gone
        return Offer(value=value, title=own_title(one.panel_id, words), page=words.t("briefing.own_slides"))
    as_of = mine.as_of if mine.stamp is not None else replace(mine.as_of, stamp=desk.stamp())
    try:
        at = found(one, desk, Filters(lang=words.lang, as_of=as_of))
        if at is None:
            return gone
        view = _view(desk, at.filters)
        telling = tell(at.page, at.panel, desk, at.filters, shapes=Shapes())
        return Offer(
            value=value, title=telling.title, page=said(at.page.title, view), audience=telling.audience
        )
    except Exception:
        logger.exception("panel %s of %s cannot be told", one.panel_id, one.page_path)
        return gone


def moments(mine: Briefing, desk: Desk, words: Words) -> list[tuple[str, str, bool]]:
    """Return the moments that may be chosen: value, words, whether it is the one chosen."""
    as_of = mine.as_of
    view = _view(desk, Filters(lang=words.lang))
    found = [(MOVING, words.t("briefing.moment_moving"), as_of.current)]
    if not as_of.current:
        found.append((KEPT, words.t("briefing.moment_kept", date=words.day(as_of.day)), True))
    found.append((FROZEN, words.t("briefing.moment_frozen"), False))
    for meeting in reversed(held(desk.metrics, now_as_of(desk.clock()))):
        name = words.t("format.pair", a=spoken(meeting.names, words.lang)[0], b=date_said(meeting, view))
        found.append((meeting.id, name, False))
    found.append((DAY, words.t("briefing.moment_day"), False))
    return found
