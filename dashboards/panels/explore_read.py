"""One answer of the explorer: the question read once for all panels that show it, and its rows named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.notices import breakdown_said
from dashboards.panels.explore_asked import against, asked_for, question
from dashboards.panels.transport_passengers import SHORTER
from dashboards.style import Style
from geo.places import atlas
from metrics.asof import AsOf
from metrics.explore import Question, explored

NAMED_BY = ("indicator_id", "place_id", "breakdown")


class Explored:
    """Holds one answer: ``frame`` as known then, ``before`` as known at the other as-of that is asked for.

    ``filters`` are those of the address with what is shown to whoever asks for nothing.
    """

    def __init__(self, desk: Desk, filters: Filters) -> None:
        self.desk = desk
        self.filters = asked_for(filters, desk)

    @cached_property
    def question(self) -> Question:
        """Return what is asked."""
        return question(self.desk, self.filters)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Return the answer, figures and what has none; columns as in metrics.explore."""
        return explored(self.desk.metrics, self.question, self.filters.as_of)

    @cached_property
    def other(self) -> AsOf | None:
        """Return the other as-of that is asked for."""
        return against(self.filters, self.desk.clock())

    @cached_property
    def before(self) -> pd.DataFrame:
        """Return the answer as known at the other as-of; empty where none is asked for."""
        if self.other is None:
            return self.frame.iloc[:0]
        return explored(self.desk.metrics, self.question, self.other)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Return the rows that state a figure."""
        return self.frame[self.frame["value"].notna()]

    @cached_property
    def both(self) -> pd.DataFrame:
        """Return the rows of both as-ofs: ``earlier`` (bool) marks the other one, ``known_on`` is the day of each."""
        now = self.frame.assign(earlier=False, known_on=pd.Timestamp(self.filters.as_of.day))
        if self.other is None:
            return now
        before = self.before[self.before["value"].notna()]
        before = before.assign(earlier=True, known_on=pd.Timestamp(self.other.day))
        return pd.concat([now, before], ignore_index=True)

    @property
    def chart(self) -> str:
        """Return the kind of chart: the one asked for, else lines, or small charts where lines would crowd."""
        if asked := self.filters.option("chart"):
            return asked
        figures = self.figures
        if figures.empty:
            return "line"
        lengths = figures.groupby("series_id").size()
        if lengths.eq(1).mean() >= HALF:  # a line of one figure says less than a bar
            return "bars"
        return "line" if lines_in(figures) <= MOST_COLOURED else "by_place"


MOST_COLOURED = 6
HALF = 0.5


def lines_in(figures: pd.DataFrame) -> int:
    """Return how many lines the figures make."""
    return figures.groupby([*NAMED_BY, "counting_basis"]).ngroups


def breakdown_words(text: str, style: Style) -> str:
    """Return a breakdown in words."""
    return breakdown_said(text, style.words)


def named(frame: pd.DataFrame, style: Style, *, without: Sequence[str] = ()) -> pd.DataFrame:
    """Return *frame* with ``label``: what tells its lines apart, indicator, place or breakdown.

    What is the same in all rows is left out, and so are the columns *without* that the title says already. With
    ``earlier`` rows the lines of the other as-of are named as such.
    """
    varying = [name for name in NAMED_BY if name not in without and frame[name].nunique() > 1]
    varying = varying or ["counting_basis" if frame["counting_basis"].nunique() > 1 else "place_id"]
    among = tuple(frame["place_id"].unique())
    said = {
        "indicator_id": lambda one: style.t(f"indicator.{one}"),
        "place_id": lambda one: place_said(one, style, among),
        "breakdown": lambda one: breakdown_words(one, style),
        "counting_basis": lambda one: style.t(f"basis.{one}") if style.words.has(f"basis.{one}") else "",
    }
    texts = {name: {one: said[name](one) for one in frame[name].unique()} for name in varying}
    rows = zip(*(frame[name].map(texts[name]) for name in varying), strict=True)
    labels = [" · ".join(part for part in row if part) for row in rows]
    if "earlier" in frame.columns and frame["earlier"].any():
        days = {day: style.words.day(day) for day in frame["known_on"].unique()}
        labels = [
            style.t("figure.aside", text=label, aside=days[day]) if earlier else label
            for label, earlier, day in zip(labels, frame["earlier"], frame["known_on"], strict=True)
        ]
    return frame.assign(label=pd.Series(labels, index=frame.index, dtype="str"))


def place_said(place: str, style: Style, among: Sequence[str] = ()) -> str:
    """Return the name of a place as short as a chart wants it: shortest where no other of *among* has it too."""
    if place == "gba":
        return style.t("lists.gba")
    if place in SHORTER:
        return style.t(SHORTER[place])
    names = short_names(style.lang, frozenset(among))
    return names.get(place) or style.place(place)


@lru_cache(maxsize=64)
def short_names(lang: str, among: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """Return the short names of crossings (of *among*, where given), but of those that share one with another."""
    names = {one.id: one.short[lang] for one in atlas().crossings if not among or one.id in among}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    return {place: name for place, name in names.items() if name not in shared}


def unit_said(rows: pd.DataFrame, style: Style) -> str:
    """Return the unit of *rows* that share one, with what was worked out from it."""
    if rows.empty:
        return ""
    unit, of_unit = rows["unit"].iloc[0], rows["of_unit"].iloc[0]
    said = style.t(f"unit.{unit}") if style.words.has(f"unit.{unit}") else unit
    if unit == of_unit or not style.words.has(f"unit.{of_unit}"):
        return said
    return style.t("format.pair", a=style.t(f"unit.{of_unit}"), b=said)
