"""The slides of a briefing in one language: what presentation mode shows, and every pack is made of."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import parse_qs

from dashboards.asked import matched
from dashboards.briefings.own import Maker
from dashboards.briefings.values import Briefing, Choice, Line, Slide
from dashboards.desk import Desk, Filters, parse_filters
from dashboards.exports.telling import Telling, tell
from dashboards.frames import as_of_said
from dashboards.panel import Page, Panel, View, discover, options_of, panels_of, said
from dashboards.roles import AUDIENCES
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import HONG_KONG
from metrics.meetings import spoken

logger = logging.getLogger(__name__)

ROWS = 12  # of a table on one slide
MOST_PARTS = 4
Progress = Callable[[int, int], None]


def no_progress(_done: int, _all: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A panel that a choice names, on its page, with the filters that its query asks for."""

    page: Page
    panel: Panel
    filters: Filters


@lru_cache(maxsize=1)
def all_pages() -> tuple[Page, ...]:
    """Return the pages of the product."""
    from dashboards import pages  # noqa: PLC0415  (pages show briefings, and briefings are of pages)

    return discover(pages)


def found(choice: Choice, desk: Desk, base: Filters) -> Found | None:
    """Return the panel of *choice* as *base* (language, as-of) asks; None where there is none or it asks wrongly."""
    at = matched(all_pages(), desk, choice.page_path)
    if at is None:
        return None
    page, item = at
    asked = parse_filters(
        parse_qs(choice.query, keep_blank_values=True),
        places=desk.atlas,
        options=options_of(page, desk),
        item=item,
        clock=desk.clock(),
    )
    if not isinstance(asked, Filters):
        return None
    filters = replace(asked, lang=base.lang, as_of=base.as_of, theme=base.theme)
    for panel in panels_of(page, desk, filters):
        if panel.id == choice.panel_id and panel.speaks:
            return Found(page=page, panel=panel, filters=filters)
    return None


def slides(
    briefing: Briefing,
    desk: Desk,
    lang: str,
    *,
    shapes: Shapes | None = None,
    progress: Progress = no_progress,
) -> tuple[Slide, ...]:
    """Return the slides of *briefing* in *lang*: its title, what was chosen, sources and method.

    In every language they are the same slides with the same lines, so that two languages can stand side by side.
    A panel that fails is a slide of the kind failed; all of one briefing are of one stamp. *progress* is told
    (done, all) after each panel; what it raises ends the work.
    """
    as_of = briefing.as_of
    if as_of.stamp is None:
        as_of = replace(as_of, stamp=desk.stamp())
    base = Filters(lang=lang, as_of=as_of)
    view = view_of(desk, base, desk.clock().astimezone(HONG_KONG).date(), shapes or Shapes())
    maker = Maker(briefing=briefing, desk=desk, view=view)
    made: list[Slide] = [maker.opening()]
    for done, choice in enumerate(briefing.panels, 1):
        made += _chosen(choice, maker)
        progress(done, len(briefing.panels))
    made.append(maker.closing(made))
    return tuple(made)


def audience_of_slides(made: Sequence[Slide]) -> str:
    """Return the audience of the strictest of *made*."""
    return max((slide.audience for slide in made), key=AUDIENCES.index, default=AUDIENCES[0])


def _chosen(choice: Choice, maker: Maker) -> list[Slide]:
    note = spoken(choice.note, maker.view.words.lang)[0]
    try:
        if not choice.page_path:
            return [maker.made(choice.panel_id, note)]
        return _of_panel(choice, maker, note)
    except Exception:
        logger.exception("slide %s of %s failed", choice.panel_id, choice.page_path or "the briefing")
        return [_failed(choice, maker, "ui.panel_failed")]


def _failed(choice: Choice, maker: Maker, reason: str) -> Slide:
    view = maker.view
    line = Line(text=view.t(reason), role="lead")
    return Slide(
        id=choice.panel_id,
        kind="failed",
        lang=view.words.lang,
        title=view.t("briefing.no_slide"),
        lines=(line,),
    )


def _of_panel(choice: Choice, maker: Maker, note: str) -> list[Slide]:
    at = found(choice, maker.desk, maker.view.filters)
    if at is None:
        return [] if choice.yields else [_failed(choice, maker, "briefing.panel_gone")]
    telling = tell(at.page, at.panel, maker.desk, at.filters, shapes=maker.view.style.shapes)
    if choice.yields and not known(telling):
        return []
    if telling.figure is not None:
        telling.figure(maker.view.style)  # one that fails does so here, as a slide, and not in the file
    slide = Slide(
        id=choice.panel_id,
        kind="chart" if telling.figure else "table",
        lang=telling.lang,
        title=telling.title,
        kicker=said(at.page.title, replace(maker.view, filters=at.filters)),
        lines=_lines(telling),
        telling=telling,
        foot=foot(telling, maker.view),
        note=note,
        audience=telling.audience,
    )
    return [slide] if telling.figure else _parts(slide, telling, maker.view)


def known(telling: Telling) -> bool:
    """Say whether *telling* tells any figure, or anything at all where it is not of figures."""
    rows = telling.rows
    return bool(rows["value"].notna().any()) if "value" in rows.columns else len(rows) > 0


def _lines(telling: Telling) -> tuple[Line, ...]:
    told = ((telling.unit, "label"), (telling.empty, "lead"), (telling.note, "detail"))
    return tuple(Line(text=text, role=role) for text, role in told if text)


def _parts(slide: Slide, telling: Telling, view: View) -> list[Slide]:
    """Return a table on as many slides as it takes, up to a few; the last then says how many rows there are more."""
    needed = max(-(-len(telling.rows) // ROWS), 1)
    parts = min(needed, MOST_PARTS)
    made = [replace(slide, part=part, parts=parts) for part in range(parts)]
    if needed > parts:
        rest = Line(text=view.t("change.more", n=len(telling.rows) - parts * ROWS), role="detail")
        made[-1] = replace(made[-1], lines=(*made[-1].lines, rest))
    return made


def foot(telling: Telling, view: View) -> str:
    """Return the line of a telling's sources, as-of, newest data and flags."""
    told = [view.style.source_line(telling.sources, as_of_said(view))]
    if telling.data_to:
        told.append(view.t("ui.data_to", date=telling.data_to))
    return " · ".join([*told, *telling.flags])
