"""The calm lines by which a panel says that a figure it showed was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.i18n import Words
from dashboards.panel import Panel, View
from metrics.asof import HONG_KONG, now_as_of
from metrics.notices import Change, Lane, Notice, Word, notices

MOST_SAID = 3
_SENTENCES = {
    (False, False): "correction.corrected",
    (False, True): "correction.corrected_since",
    (True, False): "correction.withdrawn",
    (True, True): "correction.withdrawn_since",
}


def changes_known(desk: Desk, indicators: Iterable[str], stamp: int | None = None) -> tuple[Change, ...]:
    """Return every change of figures of *indicators* that is known today; those of other audiences are left out."""
    seen = sorted(one for one in set(indicators) if desk.metrics.may_see(one))
    if not seen:
        return ()
    return desk.metrics.changes(seen, now_as_of(desk.clock()), stamp=stamp, declared=desk.declared())


def notices_for(desk: Desk, filters: Filters, indicators: Iterable[str]) -> tuple[Notice, ...]:
    """Return what a page of *filters* must say of corrections of *indicators*, newest first."""
    held = [meeting.as_of for meeting in desk.agenda.meetings]
    return notices(changes_known(desk, indicators, filters.as_of.stamp), filters.as_of, held)


@dataclass(kw_only=True)
class PageNotices:
    """Holds the notices of one page, asked of the warehouse in one question for all of its *panels*.

    What a panel shows beyond the indicators it states is known from its frame, and asked for when it comes up.
    """

    desk: Desk
    filters: Filters
    panels: Sequence[Panel]
    _known: dict[str, list[Notice]] = field(default_factory=dict)

    def __call__(self, panel: Panel, frame: pd.DataFrame) -> list[Notice]:
        """Return the notices of what *panel* shows with *frame*, newest first."""
        tells = panel.corrected and panel.speaks
        shown = {*panel.indicators, *_indicators(frame)} if tells else set()
        news = shown - set(self._known)
        if news:
            news |= {one for each in self.panels for one in each.indicators} - set(self._known)
            self._known |= {one: [] for one in news}
            for notice in notices_for(self.desk, self.filters, news):
                self._known[notice.lane.indicator_id].append(notice)
        found = [notice for one in shown for notice in self._known[one] if _shows(frame, notice)]
        return sorted(found, key=lambda one: one.now.shown_from, reverse=True)


def _indicators(frame: pd.DataFrame) -> set[str]:
    if "indicator_id" not in frame.columns:
        return set()
    return {one for one in frame["indicator_id"].unique() if isinstance(one, str) and one}


def _shows(frame: pd.DataFrame, notice: Notice) -> bool:
    """Say whether *frame* shows the place of *notice*; a place whose only figure is gone shows none."""
    if "place_id" not in frame.columns or notice.now.withdrawn:
        return True
    return bool(frame["place_id"].eq(notice.lane.place_id).any())


def lines(found: Sequence[Notice], view: View) -> list[Component]:
    """Write *found*, the newest few, each with the way to the revisions of its indicator."""
    if not found:
        return []
    items = [html.Li(line(one, view)) for one in found[:MOST_SAID]]
    if len(found) > MOST_SAID:
        rest = view.t("correction.more", n=view.words.number(float(len(found) - MOST_SAID)))
        items.append(html.Li(html.A(rest, href=revisions_href(found[MOST_SAID].lane.indicator_id, view))))
    return [html.Ul(items, className="corrections", **{"aria-label": view.t("correction.title")})]


def sentence(notice: Notice, view: View, *, named: bool = True) -> str:
    """Write one notice in a sentence: when, of what (*named*), what it was and is."""
    return view.t(
        _SENTENCES[notice.now.withdrawn, notice.since],
        date=day_said(notice.now, view),
        what=lane_said(notice.lane, view, named=named),
        was=figure_said(notice.was, notice.lane, view),
        now=figure_said(notice.now, notice.lane, view),
    )


def line(notice: Notice, view: View, *, named: bool = True) -> list[Component | str]:
    """Write one notice: its sentence, why, and the way to the revisions."""
    found: list[Component | str] = [html.Span(sentence(notice, view, named=named))]
    if notice.reason:
        found += [" ", html.Q(notice.reason, lang="en")]
    if named:
        way = html.A(view.t("correction.revisions"), href=revisions_href(notice.lane.indicator_id, view))
        found += [" ", way]
    return found


def revisions_href(indicator_id: str, view: View) -> str:
    """Return the address of the revisions of an indicator."""
    return f"{view.href(f'/indicators/{indicator_id}')}#panel-revisions"


def day_said(word: Word, view: View) -> str:
    """Write the Hong Kong day from which a word was known, as precisely as it is known."""
    return view.words.day(word.shown_from.astimezone(HONG_KONG).date(), word.known_precision)


def figure_said(word: Word, lane: Lane, view: View) -> str:
    """Write the figure of a word in full with its unit, or that it is withdrawn."""
    if word.withdrawn:
        return view.t("correction.gone")
    return view.words.number(
        word.value, lane.unit if view.words.has(f"unit.{lane.unit}") else "", word.qualifier
    )


def lane_said(lane: Lane, view: View, *, named: bool = True) -> str:
    """Write which figure it is: indicator (where *named*), place, part and period."""
    said = [view.t(f"indicator.{lane.indicator_id}")] if named else []
    said.append(view.t(f"place.{lane.place_id}"))
    if lane.breakdown:
        said.append(breakdown_said(lane.breakdown, view.words))
    said.append(view.words.period(lane.period_start, lane.period_end, lane.span))
    return view.words.listing(said)


def breakdown_said(breakdown: str, words: Words) -> str:
    """Write a breakdown by the names of its parts; a part without a name stands as its code."""
    values = [part.partition("=")[2] for part in breakdown.split(";") if part]
    return " / ".join(words.t(f"part.{value}") if words.has(f"part.{value}") else value for value in values)
