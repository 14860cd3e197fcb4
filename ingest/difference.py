"""What a run changes: the figures it brings against those known before, counted, and the first of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from ingest.source import Source
from metrics.warehouse.batch import Batch
from metrics.warehouse.entries import Run
from metrics.warehouse.values import QUALIFIERS, Series
from metrics.warehouse.warehouse import Warehouse

DETAIL = "difference"
KINDS = ("new", "changed", "gone")
SHOWN = 5
_EPOCH = date(1970, 1, 1)
_KEY = ["series_id", "end", "start"]
_NAMES = ["indicator_id", "place_id", "breakdown", "span", "counting_basis", "unit"]


@dataclass(frozen=True, kw_only=True)
class Example:
    """One figure, before and after, each with its qualifier; None where there was, or is, none."""

    indicator: str
    place: str
    breakdown: str
    start: str
    end: str
    before: float | None = None
    after: float | None = None
    before_qualifier: str = "exact"
    after_qualifier: str = "exact"
    span: str = ""
    counting_basis: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How many figures a run found new, changed, and gone, and the first *examples* by kind, newest period first.

    Gone are stored figures of the source within the periods that its payloads cover, which these no longer hold.
    They stay stored: a publisher withdraws in words, not by leaving out.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    examples: Mapping[str, tuple[Example, ...]] = field(default_factory=dict)

    def detail(self) -> dict[str, Any]:
        """Return it as plain values, to be kept with the run."""
        shown = {kind: [asdict(one) for one in some] for kind, some in self.examples.items() if some}
        return {DETAIL: {kind: getattr(self, kind) for kind in KINDS} | {"examples": shown}}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A run and what it changed."""

    run: Run
    difference: Difference


def differences(warehouse: Warehouse, source_id: str, limit: int = 20) -> tuple[Told, ...]:
    """Return what the newest runs of a source changed, newest first; runs that compared nothing are left out."""
    told = ((run, difference_of(run)) for run in warehouse.runs(source_id, limit))
    return tuple(Told(run=run, difference=found) for run, found in told if found is not None)


def difference_of(run: Run) -> Difference | None:
    """Return what *run* changed, None where it compared nothing."""
    told = run.detail.get(DETAIL)
    if told is None:
        return None
    examples = {kind: tuple(Example(**one) for one in some) for kind, some in told["examples"].items()}
    return Difference(**{kind: told[kind] for kind in KINDS}, examples=examples)


def difference(
    source: Source, batches: Iterable[Batch], warehouse: Warehouse, *, as_of: datetime, whole: bool
) -> Difference | None:
    """Return how *batches* differ from the figures known at *as_of*, None where they hold none.

    *whole* says that all of the source's payloads are in them: else none of the others counts as gone.
    """
    batches = [batch for batch in batches if len(batch)]
    if not batches:
        return None
    known = {series.id: series for batch in batches for series in batch.series}
    now = _now(batches)
    before = _before(sorted({one.indicator_id for one in known.values()}), now, warehouse, as_of)
    both = now.merge(before, on=_KEY, how="outer", indicator=True, suffixes=("", "_before"))
    there, here = both["_merge"].eq("right_only"), both["_merge"].eq("left_only")
    differs = both["value"].ne(both["value_before"]) | both["qualifier"].ne(both["qualifier_before"])
    gone = there & both["source_id"].eq(source.id) & _covered(both, known) if whole else there & False
    found = {"new": both[here], "changed": both[~here & ~there & differs], "gone": both[gone]}
    return Difference(
        **{kind: len(rows) for kind, rows in found.items()},
        examples={kind: _examples(rows, known) for kind, rows in found.items()},
    )


def _now(batches: Sequence[Batch]) -> pd.DataFrame:
    columns = {
        "series_id": [batch.series_ids[batch.which] for batch in batches],
        "end": [batch.end.astype(np.int64) for batch in batches],
        "start": [batch.start.astype(np.int64) for batch in batches],
        "value": [batch.value for batch in batches],
        "qualifier": [np.array(QUALIFIERS, dtype=object)[batch.qualifier] for batch in batches],
    }
    frame = pd.DataFrame({name: np.concatenate(parts) for name, parts in columns.items()})
    return frame.drop_duplicates(_KEY, keep="last")


def _before(
    indicators: Sequence[str], now: pd.DataFrame, warehouse: Warehouse, as_of: datetime
) -> pd.DataFrame:
    first, last = (_EPOCH + timedelta(days=int(day)) for day in (now["end"].min(), now["end"].max()))
    frame = warehouse.history(indicators, as_of=as_of, start=first, end=last)
    frame = frame.assign(
        end=frame["period_end"].to_numpy().astype("datetime64[D]").astype("int64"),
        start=frame["period_start"].to_numpy().astype("datetime64[D]").astype("int64"),
    )
    return frame[[*_KEY, "value", "qualifier", "source_id", *_NAMES]].drop_duplicates(_KEY, keep="last")


def _covered(both: pd.DataFrame, known: Mapping[int, Series]) -> pd.Series:
    """Tell of each row whether its indicator is in the payloads, and its period within what they cover of it."""
    here = both[both["_merge"].ne("right_only")]
    of = here["series_id"].map(lambda series: known[series].indicator_id)
    spans = here.groupby(of)["end"].agg(["min", "max"])
    first, last = (both["indicator_id"].map(spans[edge]) for edge in ("min", "max"))
    return both["end"].ge(first) & both["end"].le(last)


def _examples(rows: pd.DataFrame, known: Mapping[int, Series]) -> tuple[Example, ...]:
    newest = rows.sort_values(["end", "start", "series_id"], ascending=[False, False, True]).head(SHOWN)
    return tuple(_example(row, known.get(row.series_id)) for row in newest.itertuples(index=False))


def _example(row: Any, series: Series | None) -> Example:
    named = {name.removesuffix("_id"): getattr(series or row, name) for name in _NAMES}
    return Example(
        **named,
        start=(_EPOCH + timedelta(days=int(row.start))).isoformat(),
        end=(_EPOCH + timedelta(days=int(row.end))).isoformat(),
        **_side(row.value_before, row.qualifier_before, "before"),
        **_side(row.value, row.qualifier, "after"),
    )


def _side(value: float, qualifier: str, side: str) -> dict[str, Any]:
    if pd.isna(value):  # there was, or is, none
        return {side: None}
    return {side: float(value), f"{side}_qualifier": qualifier}
