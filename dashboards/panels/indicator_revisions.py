"""The revisions of an indicator: the first word of each period against the latest, and all between as a triangle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.notices import breakdown_said, day_said, figure_said, line, notices_for
from dashboards.panel import Panel, View
from dashboards.panels.indicator_told import Told
from metrics.asof import HONG_KONG
from metrics.notices import Change, Lane, Notice, Word
from metrics.qualifiers import against

MOST_PERIODS = 24
MOST_VINTAGES = 8
MOST_NOTICES = 12


@dataclass(frozen=True, kw_only=True)
class Row:
    """One restated period: its words in order, the first and the last of them, and the kinds of the changes."""

    lane: Lane
    words: tuple[Word, ...]
    changes: tuple[Change, ...]


def rows_of(changes: Sequence[Change], places: Sequence[str] | None = None) -> list[Row]:
    """Return a row for each restated period (at *places*, if given), the newest periods first."""
    found = []
    for lane, group in groupby(changes, key=lambda one: one.lane):
        mine = tuple(group)
        if places is None or lane.place_id in places:
            first = mine[0].before
            found.append(Row(lane=lane, words=(first, *(one.after for one in mine)), changes=mine))
    return sorted(found, key=lambda row: (row.lane.period_end, row.lane.period_start), reverse=True)


def revisions_panel(told: Told) -> Panel:
    """Return the panel of the revisions."""
    return Panel(
        id="revisions",
        title="indicator_page.revisions",
        query=partial(revisions_frame, told),
        body=partial(revisions_body, told),
        note="indicator_page.revisions_note",
        size="full",
        corrected=False,
        draws_empty=True,
        table=revisions_table,
    )


def revisions_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a change of the figure shown: period, ``before``, ``after``, ``kind``, ``difference`` and the
    warehouse's columns of what it became."""
    rows = [
        _told(change) for change in told.changes if not told.places or change.lane.place_id in told.places
    ]
    columns = [*told.desk.metrics.nothing().columns, "kind", "before", "before_qualifier", "difference"]
    return pd.DataFrame(rows, columns=columns)


def _told(change: Change) -> dict[str, Any]:
    lane, before, after = change.lane, change.before, change.after
    same = ("indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit")
    return {name: getattr(lane, name) for name in same} | {
        "series_id": lane.series_id,
        "period_start": pd.Timestamp(lane.period_start),
        "period_end": pd.Timestamp(lane.period_end),
        "value": float("nan") if after.withdrawn else after.value,
        "qualifier": after.qualifier,
        "status": after.status,
        "tier": after.tier,
        "source_id": after.source_id,
        "figure_ref": after.figure_ref,
        "known_at": pd.Timestamp(after.shown_from),
        "known_precision": after.known_precision,
        "kind": change.kind,
        "before": before.value,
        "before_qualifier": before.qualifier,
        "difference": float("nan") if after.withdrawn else after.value - before.value,
    }


def revisions_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the changes as the table that leaves the page, their kinds in words."""
    kinds = pd.Series([view.t(f"revision.{kind}") for kind in frame["kind"]], index=frame.index, dtype="str")
    return frame.assign(kind=kinds)


def revisions_body(told: Told, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the corrections in force, then what was stated anew, and how often nothing was."""
    found = _notices(told, view)
    rows = rows_of(told.changes, told.places)
    if not rows:
        key = "indicator_page.never_restated" if told.count else "indicator_page.no_figure"
        return [*found, html.P(view.t(key, n=view.words.number(float(told.count))), className="calm")]
    found.append(html.P(_summary(told, rows, view), className="calm"))
    found.append(_first_and_latest(rows[:MOST_PERIODS], view))
    if len(rows) > MOST_PERIODS:
        found.append(parts.note(view.t("indicator_page.newest_periods", n=MOST_PERIODS, m=len(rows))))
    found.append(html.H3(view.t("indicator_page.triangle"), className="group-title"))
    found.append(_triangle(rows[:MOST_PERIODS], view))
    return found


def _notices(told: Told, view: View) -> list[Component]:
    standing = notices_for(told.desk, told.filters, [told.id])
    if not standing:
        return []
    items = [html.Li([*line(one, view, named=False), *_until(one, view)]) for one in standing[:MOST_NOTICES]]
    return [html.Ul(items, className="corrections", **{"aria-label": view.t("correction.title")})]


def _until(notice: Notice, view: View) -> list[Component | str]:
    if notice.until is None:
        return []
    said = view.t("indicator_page.stands_until", date=view.words.day(notice.until))
    return [" ", html.Span(said, className="soft-in")]


def _summary(told: Told, rows: Sequence[Row], view: View) -> str:
    kinds = Counter(change.kind for row in rows for change in row.changes)
    said = view.words.listing(
        view.t("indicator_page.kind_count", kind=view.t(f"revision.{kind}"), n=n) for kind, n in kinds.items()
    )
    return view.t(
        "indicator_page.restated",
        n=view.words.number(float(len(rows))),
        m=view.words.number(float(told.count)),
        said=said,
    )


def _first_and_latest(rows: Sequence[Row], view: View) -> Component:
    head = [
        view.t(key)
        for key in (
            "indicator_page.col_period",
            "indicator_page.col_first",
            "indicator_page.col_latest",
            "indicator_page.col_difference",
            "indicator_page.col_kind",
        )
    ]
    lines = [
        [
            _where(row.lane, view),
            _dated(row.words[0], row.lane, view),
            _dated(row.words[-1], row.lane, view),
            difference_said(row.words[0], row.words[-1], view),
            [
                html.Span(view.t(f"revision.{kind}"), className=f"flag kind-{kind}")
                for kind in dict.fromkeys(one.kind for one in row.changes)
            ],
        ]
        for row in rows
    ]
    return parts.table(
        head, lines, caption=view.t("indicator_page.first_and_latest"), numeric=[3], cards=True
    )


def _where(lane: Lane, view: View) -> list[Component]:
    place = view.t(f"place.{lane.place_id}")
    part = [breakdown_said(lane.breakdown, view.words)] if lane.breakdown else []
    period = view.words.period(lane.period_start, lane.period_end, lane.span)
    return [html.B(period), html.Span(view.words.listing([place, *part]), className="under")]


def _dated(word: Word, lane: Lane, view: View) -> list[Component]:
    return [html.Span(figure_said(word, lane, view)), html.Span(day_said(word, view), className="under")]


def difference_said(before: Word, after: Word, view: View) -> str:
    """Write by how much *after* differs from *before*, with the share of it; where it cannot be told, that."""
    if after.withdrawn:
        return view.t("correction.gone")
    qualifier = against(after.qualifier, before.qualifier)
    change = after.value - before.value
    if change == 0 and qualifier == "exact":
        return view.t("indicator_page.same")
    if qualifier is None or change == 0:
        return view.t("indicator_page.not_told")
    said = view.words.change(change)
    if before.value > 0 and qualifier == "exact":
        share = view.t("format.percent", n=view.words.change(round(change / before.value * 100, 2)))
        said = view.t("format.pair", a=said, b=share)
    return said if qualifier == "exact" else view.t(f"qualifier.{qualifier}_pattern", n=said)


def _triangle(rows: Sequence[Row], view: View) -> Component:
    """Write the triangle: a row a period, a column a day on which a word came; a cell says what was known from it."""
    days = sorted({_day(word) for row in rows for word in row.words})
    shown = days[-MOST_VINTAGES:]
    early = [view.t("indicator_page.before", date=view.words.day(shown[0]))] if len(days) > len(shown) else []
    head = [view.t("indicator_page.col_period"), *early, *(view.words.day(day) for day in shown)]
    lines = []
    for row in rows:
        cells: list[Any] = [_where(row.lane, view)]
        if early:
            cells.append(_known_before(row, shown[0], view))
        cells += [_cell(row, day, view) for day in shown]
        lines.append(cells)
    return html.Div(parts.table(head, lines, caption=view.t("indicator_page.triangle")), className="triangle")


def _day(word: Word) -> date:
    return word.shown_from.astimezone(HONG_KONG).date()


def _known_before(row: Row, day: date, view: View) -> Any:
    earlier = [word for word in row.words if _day(word) < day]
    return html.Span(figure_said(earlier[-1], row.lane, view), className="soft") if earlier else ""


def _cell(row: Row, day: date, view: View) -> Any:
    """Write the word that came on *day*, and what it changed; a word that only stands on is a quiet mark."""
    news = [(at, word) for at, word in enumerate(row.words) if _day(word) == day]
    if not news:
        stands = any(_day(word) < day for word in row.words)
        return html.Span("=", className="stands", title=view.t("indicator_page.unchanged")) if stands else ""
    at, word = news[-1]
    said: list[Component] = [html.B(figure_said(word, row.lane, view))]
    if at:
        said.append(html.Span(difference_said(row.words[at - 1], word, view), className="under"))
    return said
