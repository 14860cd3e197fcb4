"""Two as-of dates side by side: which figures came since, which were stated anew and by how much, which went."""

from __future__ import annotations

from datetime import date

import pandas as pd
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures.rows import figure_words, period_words, rows
from dashboards.panel import Panel, View
from dashboards.panels.explore_read import Explored, breakdown_words, place_said
from metrics.qualifiers import against

KEYS = ["series_id", "period_start", "period_end"]
KINDS = ("revised", "new", "gone")
_CARRIED = [
    "indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit", "period_start", "period_end", "value",
    "qualifier", "status", "tier", "source_id", "figure_ref", "known_at", "known_precision",
]  # fmt: skip
MOST_ROWS = 200


def compared(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that differ between two answers, one row each: the row as known now, or before if it went.

    ``moved`` is revised, new or gone; ``was_value`` and ``was_qualifier`` are those of before.
    """
    told, was = now[now["value"].notna()], before[before["value"].notna()]
    old = was[[*KEYS, "value", "qualifier"]].rename(
        columns={"value": "was_value", "qualifier": "was_qualifier"}
    )
    both = told.merge(old, on=KEYS, how="left")
    same = both["was_value"].eq(both["value"]) & both["was_qualifier"].eq(both["qualifier"])
    moved = both["was_value"].isna().map({True: "new", False: "revised"})
    found = both.assign(moved=moved)[~same]
    there = pd.MultiIndex.from_frame(told[KEYS])
    gone = was[~pd.MultiIndex.from_frame(was[KEYS]).isin(there)]
    gone = gone.assign(
        was_value=gone["value"],
        was_qualifier=gone["qualifier"],
        value=float("nan"),
        qualifier="",
        moved="gone",
    )
    frames = [frame for frame in (found, gone) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else found


def revised_panels(held: Explored) -> tuple[Panel, ...]:
    """Return the panel that tells what changed since the other as-of; none where no other is asked for."""
    if held.other is None:
        return ()
    ahead = held.other.instant > held.filters.as_of.instant
    first, second = (held.frame, held.before) if ahead else (held.before, held.frame)
    days = (held.filters.as_of.day, held.other.day) if ahead else (held.other.day, held.filters.as_of.day)

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return compared(second, first)

    def body(frame: pd.DataFrame, view: View) -> list[Component]:
        return changes(frame, view, days)

    def title(view: View) -> str:
        return view.t("explore.revised", before=view.words.day(days[0]), now=view.words.day(days[1]))

    return (
        Panel(
            id="explore-revised", title=title, query=query, body=body, size="full",
            indicators=held.question.indicators, empty="explore.none_revised", table=told,
        ),
    )  # fmt: skip


def told(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table that leaves the page: each figure with the earlier one and the difference."""
    was = rows(
        frame.assign(value=frame["was_value"], qualifier=frame["was_qualifier"].fillna("")), view.style
    )
    return frame[_CARRIED].assign(
        earlier=[figure_words(one, view.style) if one.known else "" for one in was],
        earlier_value=frame["was_value"],
        earlier_qualifier_id=frame["was_qualifier"].fillna(""),
        change=[_difference(cells, view) for cells in frame.to_dict("records")],
    )


def changes(frame: pd.DataFrame, view: View, days: tuple[date, date]) -> list[Component]:
    """Return how many figures came, changed and went, and the table of them, what was revised first."""
    counts = frame["moved"].value_counts()
    said = [view.t(f"explore.moved_{kind}", n=int(counts[kind])) for kind in KINDS if kind in counts]
    order = frame.assign(turn=frame["moved"].map({kind: at for at, kind in enumerate(KINDS)}))
    order = order.sort_values(["turn", "period_end"], ascending=[True, False], kind="stable")
    shown = order.head(MOST_ROWS)
    several = frame["indicator_id"].nunique() > 1
    head = [
        view.t("column.place"), view.t("column.period"), view.words.day(days[0]), view.words.day(days[1]),
        view.t("explore.difference"),
    ]  # fmt: skip
    now = rows(shown, view.style)
    was = rows(
        shown.assign(value=shown["was_value"], qualifier=shown["was_qualifier"].fillna("")), view.style
    )
    lines = []
    for row, old, cells in zip(now, was, shown.to_dict("records"), strict=True):
        place = place_said(cells["place_id"], view.style)
        part = breakdown_words(cells["breakdown"], view.style)
        line = [
            view.t("format.pair", a=place, b=part) if part else place,
            period_words(row, view.style),
            figure_words(old, view.style) if old.known else "–",
            figure_words(row, view.style) if row.known else view.t("explore.gone"),
            _difference(cells, view),
        ]
        lines.append([view.t(f"indicator.{cells['indicator_id']}"), *line] if several else line)
    numeric = (2, 3, 4)
    if several:
        head, numeric = [view.t("column.indicator"), *head], (3, 4, 5)
    table = parts.table(head, lines, caption=view.t("explore.revisions"), numeric=numeric, late=True)
    found = [parts.note(view.words.listing(said)), table]
    if len(frame) > len(shown):
        left = view.t("explore.more_rows", n=len(shown), all=view.words.number(len(frame)))
        found.append(parts.note(left))
    return found


def _difference(cells: dict, view: View) -> str:
    """Write by how much a figure was revised, where that can be said of two qualified figures."""
    if cells["moved"] != "revised":
        return view.t(f"explore.is_{cells['moved']}")
    said = against(cells["qualifier"], cells["was_qualifier"])
    if said is None:
        return view.t("reason.not_provable")
    change = cells["value"] - cells["was_value"]
    text = view.words.change(round(change, 6))
    return text if said == "exact" else view.t(f"qualifier.{said}_pattern", n=text)
