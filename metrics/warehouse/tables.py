"""The warehouse's tables, append-only but for the marks of progress in the ledger.

``info["distribute_by"]`` names the column by which a table is spread over several machines; the others are
copied to each. No foreign keys: the loader checks, and keys between fact tables cost most of the load speed.
"""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.columns import Day, Digest, Instant, KeyDay, Word
from metrics.warehouse.values import (
    ABSENCES,
    MILESTONE_EVENTS,
    PRECISIONS,
    QUALIFIERS,
    SPANS,
    STATUSES,
    TIERS,
)

METADATA = sa.MetaData()
SPREAD = {"distribute_by": "series_id"}


def key(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    """Return a column of the primary key."""
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def need(name: str, kind: sa.types.TypeEngine, **options: object) -> sa.Column:
    """Return a column that always has a value."""
    return sa.Column(name, kind, nullable=False, **options)


def may(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    """Return a column that may be empty."""
    return sa.Column(name, kind, nullable=True)


def table(name: str, *columns: sa.schema.SchemaItem, info: dict | None = None, **options: object) -> sa.Table:
    """Return a table whose rows lie in the order of its key."""
    return sa.Table(name, METADATA, *columns, info=info or {}, sqlite_with_rowid=False, **options)


SERIES = table(
    "series",
    key("series_id", sa.BigInteger()),
    need("indicator_id", sa.Text()),
    need("place_id", sa.Text()),
    need("breakdown", sa.Text()),
    need("counting_basis", sa.Text()),
    need("span", Word(*SPANS)),
    need("unit", sa.Text()),
    sa.Index("series_of_indicator", "indicator_id", "place_id"),
    info=SPREAD,
)

OBSERVATION = table(
    "observation",
    key("series_id", sa.BigInteger()),
    key("period_end", Day()),
    key("period_start", Day()),
    key("known_at", Instant()),
    key("recorded_at", Instant()),
    need("value", sa.Double()),
    need("qualifier", Word(*QUALIFIERS)),
    need("status", Word(*STATUSES)),
    need("tier", Word(*TIERS)),
    need("known_precision", Word(*PRECISIONS)),
    need("claimed_at", Instant()),
    need("source_id", sa.Text()),
    need("figure_ref", sa.Text()),
    need("run_id", sa.Text()),
    need("payload_sha256", Digest()),
    info=SPREAD,
)

# Which stored periods of a series a payload repeated. A figure that is no news adds no row, but an older payload
# that comes in late must not be taken for the last word on them.
LOOK = table(
    "look",
    key("series_id", sa.BigInteger()),
    key("tier", Word(*TIERS)),
    key("claimed_at", Instant()),
    key("recorded_at", Instant()),
    key("first_end", Day()),
    key("first_start", Day()),
    key("source_id", sa.Text()),
    key("figure_ref", sa.Text()),
    need("last_end", Day()),
    need("last_start", Day()),
    need("run_id", sa.Text()),
    info=SPREAD,
)

READING = table(
    "reading",
    key("series_id", sa.BigInteger()),
    key("at", Instant()),
    need("sum", sa.Double()),
    need("weight", sa.Double()),
    need("n", sa.Integer()),
    need("minutes", sa.SmallInteger()),
    info=SPREAD,
    postgresql_partition_by="RANGE (at)",
)


def _rollup(name: str, period: str) -> sa.Table:
    return table(
        name,
        key("series_id", sa.BigInteger()),
        key(period, Day()),
        need("n", sa.BigInteger()),
        need("sum", sa.Double()),
        need("weight", sa.Double()),
        need("min", sa.Double()),
        need("max", sa.Double()),
        need("last", sa.Double()),
        need("last_at", Instant()),
        info=SPREAD,
    )


ROLLUP_DAY = _rollup("rollup_day", "day")
ROLLUP_MONTH = _rollup("rollup_month", "month")

SCOPE = table(
    "scope",
    key("indicator_id", sa.Text()),
    key("place_id", sa.Text()),
    key("from_day", Day()),
    key("recorded_at", Instant()),
    may("to_day", Day()),
    need("kind", Word(*ABSENCES)),
    need("why", sa.Text()),
    need("run_id", sa.Text()),
)

MILESTONE_EVENT = table(
    "milestone_event",
    key("milestone_id", sa.Text()),
    key("known_at", Instant()),
    key("event", Word(*MILESTONE_EVENTS)),
    key("recorded_at", Instant()),
    need("work_item", sa.SmallInteger()),
    may("due_on", Day()),
    need("due_precision", sa.Text()),
    may("happened_on", Day()),
    need("happened_precision", sa.Text()),
    need("owner", sa.Text()),
    need("evidence", sa.Text()),
    need("said_by", sa.Text()),
    need("known_precision", sa.Text()),
    need("run_id", sa.Text()),
)

TARGET_EVENT = table(
    "target_event",
    key("indicator_id", sa.Text()),
    key("place_id", sa.Text()),
    key("due_on", KeyDay()),
    key("kind", sa.Text()),
    key("known_at", Instant()),
    key("recorded_at", Instant()),
    need("value", sa.Double()),
    need("qualifier", Word(*QUALIFIERS)),
    need("direction", sa.Text()),
    may("baseline", sa.Double()),
    may("baseline_on", Day()),
    need("model", sa.Text()),
    need("source", sa.Text()),
    need("known_precision", sa.Text()),
    need("run_id", sa.Text()),
)

STAMP = table("stamp", key("name", sa.Text()), need("value", sa.BigInteger()))

for _table, _column in ((OBSERVATION, "period_end"), (READING, "at")):
    # Rows lie on disk about as they came, so that a few bytes a block find a time span.
    sa.Index(f"{_table.name}_by_time", _table.c[_column], postgresql_using="brin").ddl_if(
        dialect="postgresql"
    )

FACTS = (
    SERIES,
    OBSERVATION,
    LOOK,
    READING,
    ROLLUP_DAY,
    ROLLUP_MONTH,
    SCOPE,
    MILESTONE_EVENT,
    TARGET_EVENT,
    STAMP,
)
