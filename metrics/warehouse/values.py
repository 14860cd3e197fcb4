"""What the warehouse takes in and hands out, as plain frozen values."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HONG_KONG = ZoneInfo("Asia/Hong_Kong")

SPANS = ("point", "day", "week", "month", "quarter", "half", "year", "year_to_date", "since", "other")
QUALIFIERS = ("exact", "over", "at_least", "approx", "under", "at_most")
STATUSES = ("final", "provisional", "estimated", "revised", "withdrawn")
TIERS = ("official", "reprint_of_official", "press", "third_party")  # best first
PRECISIONS = ("day", "month", "estimated")
ABSENCES = ("not_in_scope", "not_published", "withheld", "not_defined")
MILESTONE_EVENTS = ("announced", "due_moved", "happened", "met", "missed", "dropped")


def start_of_day(day: date) -> datetime:
    """Return the first instant of *day* in Hong Kong, as UTC."""
    return datetime.combine(day, time.min, HONG_KONG).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of *day* in Hong Kong, as UTC."""
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


def breakdown(**parts: str) -> str:
    """Return the one spelling of a breakdown: ``key=value`` pairs, keys sorted, joined by ``;``.

    Raises ValueError when a key or a value holds ``=`` or ``;``, or is empty.
    """
    for key, value in parts.items():
        if not value or set("=;") & set(key + value):
            raise ValueError(
                f"breakdown {key}={value!r}: expected words without '=' or ';'; rename the part in the source"
            )
    return ";".join(f"{key}={parts[key]}" for key in sorted(parts))


@lru_cache(maxsize=65536)
def breakdown_parts(text: str) -> Mapping[str, str]:
    """Return the parts of a breakdown by key; the empty breakdown has none."""
    return dict(part.split("=", 1) for part in text.split(";")) if text else {}


@lru_cache(maxsize=65536)
def _series_id(*names: str) -> int:
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _one_of(what: str, found: str, allowed: tuple[str, ...]) -> None:
    if found not in allowed:
        raise ValueError(f"{what} {found!r} is not known; expected one of {', '.join(allowed)}")


def _aware(what: str, instant: datetime | None) -> None:
    if instant is not None and instant.tzinfo is None:
        raise ValueError(f"{what} {instant.isoformat()} has no time zone; say which, UTC is best")


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """What names a line of figures that may be compared with one another."""

    indicator_id: str
    place_id: str
    breakdown: str = ""
    counting_basis: str = "as_published"
    span: str
    unit: str

    def __post_init__(self) -> None:
        _one_of("span", self.span, SPANS)

    @property
    def id(self) -> int:
        """Return the 63-bit number of the series, the same on every machine."""
        return _series_id(
            self.indicator_id, self.place_id, self.breakdown, self.counting_basis, self.span, self.unit
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One figure for one period, as its source states it.

    Two ways to say when it became known. A **published figure** states ``known_at``, the publication. A
    **feed** also states ``seen_at``, the payload's own time: then ``known_at`` is when a *new* period counts
    as known (its end plus the source's lag), and the warehouse itself dates a *changed* value by ``seen_at``,
    in whichever order the payloads arrive. The earlier of the two counts for a new period.
    ``figure_ref`` tells apart the figures of one source that state the same period; feeds leave it empty.
    """

    series: Series
    period_start: date
    period_end: date
    known_at: datetime
    value: float
    qualifier: str = "exact"
    status: str = "final"
    tier: str = "official"
    source_id: str
    figure_ref: str = ""
    payload_sha256: str = ""
    known_precision: str = "day"
    seen_at: datetime | None = None

    def __post_init__(self) -> None:
        _one_of("qualifier", self.qualifier, QUALIFIERS)
        _one_of("status", self.status, STATUSES)
        _one_of("tier", self.tier, TIERS)
        _one_of("known_precision", self.known_precision, PRECISIONS)
        _aware("known_at", self.known_at)
        _aware("seen_at", self.seen_at)
        if self.period_end < self.period_start:
            raise ValueError(
                f"{self.series.indicator_id}: expected a period that ends on or after its start, "
                f"found {self.period_start} to {self.period_end}"
            )
        if not math.isfinite(self.value):
            raise ValueError(
                f"{self.series.indicator_id} {self.period_end}: expected a number, found {self.value}; "
                "leave blanks out"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The source minutes of one 15-minute slot, added up: their mean is ``sum / weight``.

    ``at`` is the start of the slot; bit *i* of ``minutes`` says that source minute *i* of the slot is in it,
    so that the same minute never counts twice. ``n`` counts source readings, ``weight`` is what each weighs
    (1, or vehicles for a speed).
    """

    series: Series
    at: datetime
    sum: float
    weight: float
    n: int
    minutes: int

    def __post_init__(self) -> None:
        _aware("at", self.at)
        if self.at.minute % 15 or self.at.second or self.at.microsecond:
            raise ValueError(f"reading at {self.at.isoformat()}: expected the start of a quarter of an hour")
        if not 0 < self.minutes < 1 << 15:
            raise ValueError(f"reading minutes {self.minutes}: expected a mask of 1 to 15 minutes")
        if not (math.isfinite(self.sum) and math.isfinite(self.weight) and self.weight > 0 and self.n > 0):
            raise ValueError(
                f"reading at {self.at.isoformat()}: sum, weight and n must be numbers, the last two > 0"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeRow:
    """Why there is no figure: ``indicator_id`` is an id, ``*`` for all, or ``work_item:3``."""

    indicator_id: str
    place_id: str
    start: date
    end: date | None = None
    kind: str
    why: str

    def __post_init__(self) -> None:
        _one_of("scope kind", self.kind, ABSENCES)


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneEvent:
    """Something said about a milestone, and when the world could know it."""

    milestone_id: str
    work_item: int
    event: str
    known_at: datetime
    due_on: date | None = None
    due_precision: str = "day"
    happened_on: date | None = None
    happened_precision: str = "day"
    owner: str = ""
    evidence: str = ""
    said_by: str = ""
    known_precision: str = "day"

    def __post_init__(self) -> None:
        _one_of("milestone event", self.event, MILESTONE_EVENTS)
        _aware("known_at", self.known_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetEvent:
    """A target, pledge or reference as announced; ``due_on`` None where no date was announced."""

    indicator_id: str
    place_id: str
    due_on: date | None
    known_at: datetime
    value: float
    qualifier: str = "exact"
    kind: str = "target"
    direction: str = "higher_is_better"
    baseline: float | None = None
    baseline_on: date | None = None
    model: str = "linear"
    source: str = ""
    known_precision: str = "day"

    def __post_init__(self) -> None:
        _one_of("qualifier", self.qualifier, QUALIFIERS)
        _aware("known_at", self.known_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much of what was handed in was news."""

    new: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(new=self.new + other.new, unchanged=self.unchanged + other.unchanged)
