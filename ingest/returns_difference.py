"""What a return would change: each figure against what is known, and what a second person should look at twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from ingest.returns_form import ReturnRow
from ingest.returns_words import figure, said
from metrics.indicators import catalogue
from metrics.warehouse.values import HONG_KONG
from metrics.warehouse.warehouse import Warehouse

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("new", "changed", "same")
FACTOR = 3.0  # a figure so many times the one before, or that part of it, is looked at twice
_LINE = ["indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit"]
Line = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Known:
    """A figure that is known already: its period's end, and the Hong Kong day from which it was known."""

    start: date
    end: date
    value: float
    qualifier: str
    status: str
    tier: str
    known_on: date


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Why a figure is looked at twice; *key* and *args* say it in any language."""

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def told(self, lang: str) -> str:
        """Say why."""
        return said(self.key, lang, **self.args)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure of a return against what is known: *kind* is new, changed or same."""

    row: ReturnRow
    kind: str
    known: Known | None = None
    doubts: Sequence[Doubt] = ()

    def plain_doubts(self) -> Iterator[dict[str, Any]]:
        """Yield the doubts as plain values, with the cell that they are about."""
        for doubt in self.doubts:
            yield {"row": self.row.row, "cell": self.row.cell, **asdict(doubt)}


def difference(rows: Sequence[ReturnRow], warehouse: Warehouse, *, now: datetime) -> list[Change]:
    """Return what each of *rows* would change, in their order, against what is known *now*."""
    told = _known_lines(rows, warehouse, now)
    own: dict[Line, list[Known]] = defaultdict(list)
    for row in rows:
        own[_line_of(row)].append(_as_known(row, now))
    return [_change(row, told.get(_line_of(row), {}), own[_line_of(row)]) for row in rows]


def _line_of(row: ReturnRow) -> Line:
    return (row.indicator, row.place, row.breakdown, row.counting_basis, row.span, row.unit)


def _as_known(row: ReturnRow, now: datetime) -> Known:
    return Known(
        start=row.start,
        end=row.end,
        value=row.value,
        qualifier=row.qualifier,
        status=row.status,
        tier="official",
        known_on=row.published_on or now.astimezone(HONG_KONG).date(),
    )


def _known_lines(
    rows: Sequence[ReturnRow], warehouse: Warehouse, now: datetime
) -> dict[Line, dict[tuple[date, date], Known]]:
    indicators = sorted({row.indicator for row in rows})
    places = sorted({row.place for row in rows})
    frame: pd.DataFrame = warehouse.history(indicators, places=places, as_of=now)
    found: dict[Line, dict[tuple[date, date], Known]] = defaultdict(dict)
    for one in frame.to_dict("records"):
        period = (one["period_start"].date(), one["period_end"].date())
        found[tuple(one[name] for name in _LINE)][period] = Known(
            start=period[0],
            end=period[1],
            value=one["value"],
            qualifier=one["qualifier"],
            status=one["status"],
            tier=one["tier"],
            known_on=one["known_at"].to_pydatetime().astimezone(UTC).astimezone(HONG_KONG).date(),
        )
    return found


def _change(row: ReturnRow, told: Mapping[tuple[date, date], Known], own: Sequence[Known]) -> Change:
    known = told.get((row.start, row.end))
    if known is None:
        kind = "new"
    else:
        content = (row.value, row.qualifier, row.status)
        kind = "same" if content == (known.value, known.qualifier, known.status) else "changed"
    # The figures of the return itself stand where they would: a year of months is judged month by month.
    line = {**told, **{(one.start, one.end): one for one in own}}
    return Change(row=row, kind=kind, known=known, doubts=tuple(_doubts(row, kind, known, line)))


def _doubts(
    row: ReturnRow, kind: str, known: Known | None, line: Mapping[tuple[date, date], Known]
) -> Iterator[Doubt]:
    indicator = catalogue().get(row.indicator)
    low, high = indicator.bounds or (float("-inf"), float("inf"))
    if not low <= row.value <= high:
        yield Doubt(key="doubt.bounds", args={"low": low, "high": high})
    if kind == "same":
        return
    earlier = [one for one in line.values() if one.end < row.end]
    before = max(earlier, key=lambda one: one.end, default=None)
    if before is not None and before.value > 0:
        yield from _against(row, before)
    official = known is not None and known.tier == "official"
    if known and official and row.published_on and row.published_on < known.known_on:
        yield Doubt(key="doubt.superseded", args={"day": known.known_on.isoformat()})


def _against(row: ReturnRow, before: Known) -> Iterator[Doubt]:
    told = {"before": before.value, "day": before.end.isoformat()}
    times = row.value / before.value
    if times > FACTOR or times < 1 / FACTOR:
        yield Doubt(key="doubt.jump", args={"times": float(f"{times:.3g}"), **told})
    elif row.span == "since" and row.value < before.value:
        yield Doubt(key="doubt.falls", args=told)


def known_text(known: Known, lang: str) -> str:
    """Write a known figure with its qualifier and the end of its period."""
    return said(
        "form.known", lang, figure=figure(known.value, known.qualifier, lang), day=known.end.isoformat()
    )
