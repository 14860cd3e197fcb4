"""What the warehouse already holds of a source: what new figures are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ingest.checks import Name, Past
from ingest.source import Record, Source
from ingest.tools import Tools
from metrics.warehouse.ledger import EFFECTS

if TYPE_CHECKING:
    import pandas as pd

REACHES = "reaches"  # what a run's detail calls the last day of its figures
_NAMES = ["indicator_id", "place_id", "breakdown", "counting_basis", "span"]


def past_of(source: Source, records: Sequence[Record], tools: Tools, before: datetime | None = None) -> Past:
    """Return what is stored of *source*, as far as its checks need it.

    For a past version that is only how long the version before it was: of history, nothing else gates.
    """
    if records and all(record.at is not None for record in records):
        return Past()  # of readings, nothing here is compared
    if before is not None:
        return Past(records=_count_before(source, tools, before) if source.grows else 0)
    newest = _own(source, tools.warehouse.latest(list(source.feeds), as_of=tools.clock()))
    if newest.empty:
        return Past()
    ends = newest["period_end"].dt.date
    values = zip(_names(newest), zip(ends, newest["value"], strict=True), strict=True)
    return Past(
        newest=dict(values),
        highest=_highest(source, records, tools),
        ends=ends.max(),
        records=newest_count(source, tools),
    )


def newest_count(source: Source, tools: Tools, what: str = "figures") -> int:
    """Return how many *what* (figures, or rows ``read``) the newest payload held that was loaded by schedule or
    by hand; 0 before one was."""
    for run in tools.warehouse.runs(source.id, limit=250, triggers=("schedule", "hand")):
        if run.status in EFFECTS and run.counts.get(what):
            return run.counts[what]
    return 0


def newest_reach(source: Source, tools: Tools) -> str:
    """Return the last day that the newest payload told of which was loaded; empty where that is not known."""
    for run in tools.warehouse.runs(source.id, limit=250, triggers=("schedule", "hand"), statuses=EFFECTS):
        if reach := run.detail.get(REACHES):
            return str(reach)
    return ""


def _count_before(source: Source, tools: Tools, instant: datetime) -> int:
    earlier = [
        (datetime.fromisoformat(run.logical_time), run.counts.get("figures", 0))
        for run in tools.warehouse.runs(source.id, limit=1_000_000, triggers=("backfill",))
        if run.status in EFFECTS
    ]
    return max((one for one in earlier if one[0] < instant), default=(instant, 0))[1]


def _highest(source: Source, records: Sequence[Record], tools: Tools) -> dict[Name, float]:
    # Reading the whole history takes longer than all checks together: only where a figure is up there at all.
    floor = source.jump.floor if source.jump else None
    if floor is None or not any(record.value > floor for record in records):
        return {}
    history = _own(source, tools.warehouse.history(list(source.feeds), as_of=tools.clock()))
    highest = history.groupby(_NAMES, observed=True)["value"].max()
    return dict(zip(highest.index, highest, strict=True))


def _own(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["source_id"] == source.id]


def _names(frame: pd.DataFrame) -> zip[Name]:
    return zip(*(frame[name] for name in _NAMES), strict=True)
