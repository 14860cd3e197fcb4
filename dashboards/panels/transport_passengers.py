"""Passengers at Hong Kong's control points: which count is shown, for which months and days, as known then."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from dashboards.desk import Desk, Filters

DAILY, MONTHLY = "bcp_passengers_daily", "bcp_passengers_monthly"
FEEDS: Mapping[str, str] = {"daily": DAILY, "monthly": MONTHLY}
SOURCES: Mapping[str, str] = {DAILY: "hk_immigration_daily", MONTHLY: "opening_passengers"}
UNIT = "person-trips"
BASIS = "counted_by_hong_kong"
KEYS = ("place_id", "direction", "group")
GROUPS: Mapping[str, str] = {
    "hong_kong_residents": "transport.group_residents",
    "mainland_visitors": "transport.group_mainland",
    "other_visitors": "transport.group_other",
}
SHORTER: Mapping[str, str] = {
    "hk_hzmb": "transport.short_bridge",
    "hk_lok_ma_chau_spur": "transport.short_spur",
    "hk_china_ferry": "transport.short_china_ferry",
    "hk_macao_ferry": "transport.short_macao_ferry",
}
YEARS_SHOWN = 3
"""Whole years before the present one that are shown when the reader asks for no period."""

_COLUMNS = (*KEYS, "period_start", "period_end", "value", "n", "known_at")


def parts_of(breakdown: str) -> dict[str, str]:
    """Return a breakdown as its keys and values."""
    return dict(part.split("=", 1) for part in breakdown.split(";") if part)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of days, both included; empty (*there* False) where nothing is known."""

    start: date | None = None
    end: date | None = None

    @property
    def there(self) -> bool:
        """Say whether the span holds a day."""
        return self.start is not None and self.end is not None

    @property
    def kind(self) -> str:
        """Return month or year where the span is exactly one, else other."""
        if self.start is None or self.end is None or self.start.day != 1:
            return "other"
        whole = (
            self.end.day == monthrange(self.end.year, self.end.month)[1] and self.start.year == self.end.year
        )
        if whole and self.start.month == self.end.month:
            return "month"
        return "year" if whole and (self.start.month, self.end.month) == (1, 12) else "other"


def _whole(months: pd.DataFrame) -> pd.DataFrame:
    if months.empty:
        return months
    most = months.groupby("period_start")["n"].transform("max")
    return months[most >= months["period_start"].dt.days_in_month]


class Passengers:
    """Holds one answer's count of passengers, read once for all panels that show it.

    ``feed`` is the daily file where any of it was known then, else the monthly sums; *filters* may name one of
    them. Its months carry ``n``, the days they hold. Places asked for narrow it: control points by themselves,
    cities by the control points that lead to them.
    """

    def __init__(self, desk: Desk, filters: Filters) -> None:
        self._desk, self.filters = desk, filters

    @cached_property
    def feed(self) -> str:
        """Return the indicator whose figures are shown; empty where none was known then."""
        return self._read[0]

    @cached_property
    def months(self) -> pd.DataFrame:
        """Return sums by month: place_id, direction, group, period_start, period_end, value, n, known_at."""
        frame = self._read[1]
        wanted = self.places
        return frame[frame["place_id"].isin(wanted)] if wanted is not None else frame

    @cached_property
    def places(self) -> tuple[str, ...] | None:
        """Return the control points asked for; None for all."""
        if not self.filters.places:
            return None
        asked = set(self.filters.places)
        return tuple(
            one.id
            for one in self._desk.atlas.crossings
            if one.id in asked or one.city_id in asked or asked & set(one.pair_city_ids)
        )

    @cached_property
    def _read(self) -> tuple[str, pd.DataFrame]:
        asked = self.filters.option("feed")
        for name, read in (("daily", self._daily), ("monthly", self._monthly)):
            if asked in {"", name} and self._desk.metrics.may_see(FEEDS[name]):
                frame = read()
                if not frame.empty:
                    return FEEDS[name], frame
        return "", pd.DataFrame(columns=list(_COLUMNS)).astype(
            {
                "value": "float64",
                "n": "int64",
                "period_start": "datetime64[us]",
                "period_end": "datetime64[us]",
            }
        )

    def _window(self) -> date:
        """Return the first day that is read: what is asked, else some whole years before the day of the view."""
        last = min(self.filters.end or self.filters.as_of.day, self.filters.as_of.day)
        return self.filters.start or date(last.year - YEARS_SHOWN, 1, 1)

    def _daily(self) -> pd.DataFrame:
        asked = {"every": "month", "by": KEYS, "end": self.filters.end}
        totals = self._desk.metrics.totals
        frame = totals(DAILY, self.filters.as_of, start=self._window(), **asked)
        if frame.empty and self.filters.start is None:
            frame = totals(DAILY, self.filters.as_of, **asked)
        return frame

    def _monthly(self) -> pd.DataFrame:
        frame = self._desk.metrics.history(
            MONTHLY, self.filters.as_of, spans=["month"], start=self._window(), end=self.filters.end
        )
        if self.filters.start:
            frame = frame[frame["period_start"] >= pd.Timestamp(self.filters.start)]
        split = [parts_of(text) for text in frame["breakdown"]]
        days = frame["period_end"].dt.day.astype("int64") if len(frame) else pd.Series(dtype="int64")
        return frame.assign(
            direction=[part.get("direction", "") for part in split],
            group=[part.get("group", "") for part in split],
            n=days,
        )[list(_COLUMNS)].reset_index(drop=True)

    @cached_property
    def full(self) -> pd.DataFrame:
        """Return ``months`` without those of which some days are not known."""
        return _whole(self.months)

    @cached_property
    def known(self) -> Span:
        """Return the days that ``months`` speak of; a month under way ends on the last day counted."""
        held = self.months
        if held.empty:
            return Span()
        first, last = held["period_start"].min(), held["period_start"].max()
        days = int(held.loc[held["period_start"].eq(last), "n"].max())
        if self.filters.start is not None:
            first, last = (max(day, pd.Timestamp(self.filters.start)) for day in (first, last))
        return Span(start=first.date(), end=(last + pd.Timedelta(days=days - 1)).date())

    def by_place(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
        """Return the whole months from *first* to *last*, whatever period or places are asked for.

        Columns place_id, period_start, value: everybody who crossed at each of Hong Kong's control points.
        """
        metrics, days = self._desk.metrics, {"start": first.date(), "end": last.date()}
        feeds = [self.feed] if self.feed else [one for one in FEEDS.values() if metrics.may_see(one)]
        found = pd.DataFrame(columns=["place_id", "period_start", "value"]).astype({"place_id": "str"})
        for feed in feeds:
            if feed == DAILY:
                found = _whole(metrics.totals(DAILY, self.filters.as_of, every="month", by=KEYS, **days))
            else:
                found = metrics.history(MONTHLY, self.filters.as_of, spans=["month"], **days)
            if not found.empty:
                break
        ours = found[found["place_id"].str.startswith("hk_")]
        return ours.groupby(["place_id", "period_start"], as_index=False)["value"].sum()

    @property
    def asked(self) -> bool:
        """Say whether the reader asks for a period."""
        return bool(self.filters.start or self.filters.end)

    def newest(self, months: int) -> Span:
        """Return the newest *months* full months without a gap; with a period asked for, all of it."""
        if self.asked:
            return self.known
        starts = [pd.Timestamp(start) for start in sorted(self.full["period_start"].unique(), reverse=True)]
        if not starts:
            return Span()
        first = last = starts[0]
        for start in starts[1:months]:
            if start + pd.offsets.MonthBegin() != first:
                break
            first = start
        return Span(start=first.date(), end=(last + pd.offsets.MonthEnd(0)).date())

    def within(self, span: Span, *, whole: bool = True) -> pd.DataFrame:
        """Return the months of *span*, which begins and ends where months do or where the reader said.

        With *whole* False a month under way counts as far as it is known.
        """
        held = self.full if whole and not self.asked else self.months
        if not span.there:
            return held.head(0)
        return held[
            held["period_start"].between(pd.Timestamp(span.start).replace(day=1), pd.Timestamp(span.end))
        ]

    def sums(self, span: Span, by: tuple[str, ...], *, whole: bool = True) -> pd.DataFrame:
        """Return the sums of *span* by *by*, as rows that charts and panel frames read."""
        frame = self.within(span, whole=whole).groupby(list(by), as_index=False, sort=True)["value"].sum()
        return self.told(frame).assign(
            period_start=pd.Timestamp(span.start), period_end=pd.Timestamp(span.end), span=span.kind
        )

    def total(self, span: Span) -> float | None:
        """Return everybody who crossed in *span*; None where nothing is known."""
        held = self.within(span)
        return float(held["value"].sum()) if len(held) else None

    def told(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return *frame* with what a row says of itself: indicator, unit, basis, source."""
        return frame.assign(
            indicator_id=self.feed,
            unit=UNIT,
            counting_basis=BASIS,
            qualifier="exact",
            status="final",
            tier="official",
            source_id=SOURCES.get(self.feed, ""),
        )

    def monthly(self, by: tuple[str, ...]) -> pd.DataFrame:
        """Return a row for each full month and each of *by*."""
        keys = [*by, "period_start", "period_end"]
        frame = self.full.groupby(keys, as_index=False, sort=True)["value"].sum()
        return self.told(frame).assign(span="month")

    @cached_property
    def days(self) -> pd.DataFrame:
        """Return a row for each day of the two newest years (or of the period asked for), all places together.

        Only the daily file has days; with the monthly sums there is none.
        """
        last = self.known.end
        if self.feed != DAILY or last is None:
            return self.told(self.months.head(0)).assign(span="day")
        start = self.filters.start or date(last.year - 1, 1, 1)
        by: tuple[str, ...] = () if self.places is None else ("place_id",)
        frame = self._desk.metrics.totals(
            DAILY, self.filters.as_of, every="day", by=by, start=start, end=self.filters.end
        )
        if self.places is not None:
            frame = frame[frame["place_id"].isin(self.places)]
            frame = frame.groupby(["period_start", "period_end"], as_index=False)["value"].sum()
        return self.told(frame).assign(span="day")

    def named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return *frame* with ``label``, the name of its place as short as a chart wants it."""
        words = self._desk.words[self.filters.lang]
        short = {one.id: one.short[words.lang] for one in self._desk.atlas.crossings}
        short |= {place: words.t(key) for place, key in SHORTER.items()}
        return frame.assign(label=frame["place_id"].map(short))
