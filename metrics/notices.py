"""Revisions and corrections kept apart, and which corrections a page must say.

A figure changes after its publication in one of seven ways. Five are *revisions*, which the series is expected to
have: ``updated`` (the source had called its first word provisional or estimated), ``sharpened`` (a qualified figure
gave way to one it had allowed for: "over 50" became 54), ``confirmed`` (the same figure again, with another status
or by another source), ``other_source`` (somebody else's word took its place) and ``restored`` (a withdrawn figure
came back as it was). Two are *corrections*, of which readers of the old figure are told: ``corrected`` (the same
source says something else of the same period, or a declared correction was applied) and ``withdrawn``.

A correction stands as a notice for LEAST_DAYS and until the expert group has met once after it, but never for more
than MOST_DAYS; and always on a page as it was known before the correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Protocol

import pandas as pd

from metrics.asof import HONG_KONG, AsOf
from metrics.warehouse.shown import agrees
from metrics.warehouse.values import QUALIFIERS

LEAST_DAYS = 180
MOST_DAYS = 730
REVISIONS = ("updated", "sharpened", "confirmed", "other_source", "restored")
CORRECTIONS = ("corrected", "withdrawn")
_NOT_FINAL = frozenset({"provisional", "estimated"})
_FLOORS, _CEILINGS = frozenset({"over", "at_least"}), frozenset({"under", "at_most"})


class Declared(Protocol):
    """A known error of a source and what is right instead, with the reason."""

    indicator: str
    place: str
    breakdown: str
    start: date
    end: date
    expect: float
    value: float
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What was said of one period: a figure, by whom (*origin*), since when it was the one shown."""

    value: float
    qualifier: str
    status: str
    tier: str
    source_id: str
    figure_ref: str
    origin: str
    shown_from: datetime
    known_precision: str
    recorded_at: datetime
    run_id: str

    @property
    def withdrawn(self) -> bool:
        """Say whether it takes a figure away instead of giving one."""
        return self.status == "withdrawn"

    @property
    def figure(self) -> tuple[float, str]:
        """Return value and qualifier, which together are the figure."""
        return self.value, self.qualifier


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """Which figure: one period of one series."""

    series_id: int
    indicator_id: str
    place_id: str
    breakdown: str
    counting_basis: str
    span: str
    unit: str
    period_start: date
    period_end: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A figure that gave way to another: *kind* is one of REVISIONS or CORRECTIONS, *reason* that of a declared one."""

    kind: str
    lane: Lane
    before: Word
    after: Word
    reason: str = ""

    @property
    def known_at(self) -> datetime:
        """Return when the world could know it."""
        return self.after.shown_from

    @property
    def told_on(self) -> date:
        """Return the Hong Kong day from which the pages said it: not before a later run brought it."""
        late = self.after.run_id != self.before.run_id and self.after.recorded_at > self.before.recorded_at
        moment = max(self.known_at, self.after.recorded_at) if late else self.known_at
        return moment.astimezone(HONG_KONG).date()

    @property
    def correction(self) -> bool:
        """Say whether readers of the old figure must be told."""
        return self.kind in CORRECTIONS


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What a page says of a corrected figure: it *was* one thing and *is* another, which may be withdrawn.

    With *since* the page shows what it was, because it is told as known before the correction; else it shows
    what it is, and the notice stands until *until*.
    """

    lane: Lane
    was: Word
    now: Word
    since: bool
    until: date | None
    reason: str = ""


def changes(
    stories: pd.DataFrame,
    cited: Mapping[str, Mapping[str, Any]] | None = None,
    declared: Iterable[Declared] = (),
) -> tuple[Change, ...]:
    """Return every change that *stories* (of the warehouse) tell, by series and period, oldest first.

    *cited* names the publisher of a figure by its reference; figures without one are their source's. *declared* are
    the corrections that the product itself applies.
    """
    known = {_declared_key(one): one for one in declared}
    told = ((_lane(row), _word(row, cited or {})) for row in stories.to_dict("records"))
    return tuple(
        change
        for lane, pairs in groupby(told, key=lambda pair: pair[0])
        for change in _lane_changes(lane, [word for _, word in pairs], known)
    )


def _lane(row: Mapping[str, Any]) -> Lane:
    plain = ("series_id", "indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit")
    return Lane(
        **{name: row[name] for name in plain},
        period_start=row["period_start"].date(),
        period_end=row["period_end"].date(),
    )


def _word(row: Mapping[str, Any], cited: Mapping[str, Mapping[str, Any]]) -> Word:
    plain = ("value", "qualifier", "status", "tier", "source_id", "figure_ref", "known_precision", "run_id")
    publication = cited.get(row["figure_ref"], {}) if row["figure_ref"] else {}
    return Word(
        **{name: row[name] for name in plain},
        origin=publication.get("publisher") or row["source_id"],
        shown_from=row["shown_from"].to_pydatetime(),
        recorded_at=row["recorded_at"].to_pydatetime(),
    )


def _lane_changes(lane: Lane, words: Sequence[Word], declared: Mapping[Any, Declared]) -> Iterator[Change]:
    before, gone = words[0], False
    for after in words[1:]:
        mended = declared.get((*_place_of(lane), before.value, after.value))
        kind = "corrected" if mended else kind_of(before, after, gone=gone)
        yield Change(kind=kind, lane=lane, before=before, after=after, reason=mended.reason if mended else "")
        gone = after.withdrawn
        before = before if gone else after


def kind_of(before: Word, after: Word, *, gone: bool = False) -> str:
    """Return which kind of change *after* is; *gone* says that *before* had been withdrawn meanwhile."""
    if after.withdrawn:
        return "withdrawn"
    if before.figure == after.figure:
        return "restored" if gone else "confirmed"
    if gone:
        return "corrected"
    if before.origin != after.origin:
        return "other_source"
    if before.status in _NOT_FINAL:
        return "updated"
    return "sharpened" if allowed_for(before, after) else "corrected"


def allowed_for(before: Word, after: Word) -> bool:
    """Say whether *before*, a qualified figure, meant values of which *after* is one, or a narrower range."""
    for side, beyond in ((_FLOORS, after.value >= before.value), (_CEILINGS, after.value <= before.value)):
        if before.qualifier in side and after.qualifier in side:
            return beyond
    return after.qualifier == "exact" and agrees(
        after.value, before.value, QUALIFIERS.index(before.qualifier)
    )


def _place_of(lane: Lane) -> tuple[object, ...]:
    return lane.indicator_id, lane.place_id, lane.breakdown, lane.period_start, lane.period_end


def _declared_key(one: Declared) -> tuple[object, ...]:
    return one.indicator, one.place, one.breakdown, one.start, one.end, float(one.expect), float(one.value)


def stands_until(told_on: date, meetings: Sequence[date]) -> date:
    """Return the last day on which a correction told on *told_on* stands as a notice; *meetings* are those held."""
    least, most = told_on + timedelta(days=LEAST_DAYS), told_on + timedelta(days=MOST_DAYS)
    after = min((day for day in meetings if day > told_on), default=most)
    return min(max(least, after), most)


def notices(found: Iterable[Change], as_of: AsOf, meetings: Sequence[date]) -> tuple[Notice, ...]:
    """Return what a page as of *as_of* says of the corrections among *found*, one of a figure, newest first.

    *found* are all changes known today; those after *as_of* are told where the page still shows the old figure.
    """
    told = [
        one
        for _, group in groupby(found, key=lambda change: change.lane)
        for one in _notices_of(list(group), as_of, meetings)
    ]
    return tuple(sorted(told, key=lambda one: one.now.shown_from, reverse=True))


def _notices_of(of_lane: Sequence[Change], as_of: AsOf, meetings: Sequence[date]) -> Iterator[Notice]:
    past = [one for one in of_lane if one.known_at <= as_of.instant]
    ahead = of_lane[len(past) :]
    shown = past[-1].after if past else of_lane[0].before
    standing = [
        (one, until)
        for one in past
        if one.correction and as_of.day <= (until := stands_until(one.told_on, meetings))
    ]
    if standing and _differ(standing[0][0].before, shown):
        until = max(day for _, day in standing)
        yield _notice(standing[0][0], standing[-1][0], shown, until=until)
    there = shown.shown_from <= as_of.instant and not shown.withdrawn
    corrected = [one for one in ahead if one.correction]
    if there and corrected and _differ(shown, ahead[-1].after):
        yield Notice(
            lane=corrected[0].lane,
            was=shown,
            now=ahead[-1].after,
            since=True,
            until=None,
            reason=corrected[-1].reason,
        )


def _notice(first: Change, last: Change, shown: Word, *, until: date) -> Notice:
    return Notice(lane=first.lane, was=first.before, now=shown, since=False, until=until, reason=last.reason)


def _differ(one: Word, other: Word) -> bool:
    return other.withdrawn or one.figure != other.figure


def straddled(found: Iterable[Change], earlier: AsOf, later: AsOf) -> tuple[Change, ...]:
    """Return the corrections that lie between two moments: what differs for their sake is no movement of the world."""
    return tuple(one for one in found if one.correction and earlier.instant < one.known_at <= later.instant)
