"""Which payloads came, from where, and whether they were read to the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from metrics.warehouse.entries import KeptPayload, LastFetch, PayloadEntry, RunAnswer
from metrics.warehouse.tables import OBSERVATION, SERIES
from metrics.warehouse.tables_ledger import PAYLOAD, QUARANTINE, RETURN, RUN, RUN_PAYLOAD


def record_payload(connection: sa.Connection, entry: PayloadEntry, now: datetime) -> bool:
    """Write down a payload; return whether it was new."""
    if payload(connection, entry.sha256) is not None:
        return False
    row = {
        "sha256": entry.sha256,
        "url": entry.url,
        "media_type": entry.media_type,
        "size": entry.size,
        "stored_as": entry.stored_as,
        "first_seen_at": now,
    }
    connection.execute(sa.insert(PAYLOAD).values(**row))
    return True


def payload(connection: sa.Connection, sha256: str) -> PayloadEntry | None:
    """Return what is known of a payload, or None."""
    row = connection.execute(sa.select(PAYLOAD).where(PAYLOAD.c.sha256 == sha256)).mappings().one_or_none()
    if row is None:
        return None
    return PayloadEntry(**{name: row[name] for name in ("sha256", "url", "media_type", "size", "stored_as")})


def run_payload(connection: sa.Connection, row: dict[str, object]) -> None:
    """Write down one answer of an address within a run."""
    connection.execute(sa.insert(RUN_PAYLOAD).values(**row))


def payload_seen(connection: sa.Connection, sha256: str) -> bool:
    """Say whether some run has read this payload to its end."""
    read = sa.select(RUN_PAYLOAD.c.run_id).where(RUN_PAYLOAD.c.sha256 == sha256, RUN_PAYLOAD.c.read_to_end)
    return connection.execute(read.limit(1)).first() is not None


def payloads_of(connection: sa.Connection, source_id: str) -> list[KeptPayload]:
    """Return the payloads that came of a source, loaded or refused, each as it first came, oldest first.

    A past version came when its archive took it, which is its run's logical time.
    """
    asked = (
        sa.select(RUN_PAYLOAD, PAYLOAD.c.media_type, RUN.c.trigger, RUN.c.logical_time)
        .select_from(RUN_PAYLOAD)
        .join(RUN, RUN.c.run_id == RUN_PAYLOAD.c.run_id)
        .join(PAYLOAD, PAYLOAD.c.sha256 == RUN_PAYLOAD.c.sha256)
        .where(RUN.c.source_id == source_id)
        .order_by(RUN_PAYLOAD.c.fetched_at)
    )
    found: dict[str, KeptPayload] = {}
    for row in connection.execute(asked).mappings():
        kept = {name: row[name] for name in ("sha256", "url", "media_type", "last_modified", "fetched_at")}
        if row["trigger"] == "backfill":
            kept["fetched_at"] = datetime.fromisoformat(row["logical_time"])
        found.setdefault(row["sha256"], KeptPayload(**kept))
    return sorted(found.values(), key=lambda kept: kept.fetched_at)


def last_fetch(connection: sa.Connection, url: str, source_id: str | None = None) -> LastFetch | None:
    """Return the newest answer of *url* that was read to its end: what a conditional request may name.

    Past versions and replays don't count: they are not what the publisher says now.
    """
    live = sa.or_(RUN.c.trigger.is_(None), RUN.c.trigger.not_in(("replay", "backfill")))
    if source_id is not None:
        live = sa.and_(live, RUN.c.source_id == source_id)
    newest = (
        sa.select(RUN_PAYLOAD)
        .select_from(RUN_PAYLOAD.outerjoin(RUN, RUN.c.run_id == RUN_PAYLOAD.c.run_id))
        .where(RUN_PAYLOAD.c.url == url, RUN_PAYLOAD.c.read_to_end, live)
        .order_by(RUN_PAYLOAD.c.fetched_at.desc())
        .limit(1)
    )
    row = connection.execute(newest).mappings().one_or_none()
    if row is None:
        return None
    return LastFetch(
        url=url,
        sha256=row["sha256"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        at=row["fetched_at"],
    )


def expendable(connection: sa.Connection, sources: Sequence[str], before: datetime) -> list[str]:
    """Return the payloads that came of *sources* alone, all before *before*, that nobody's decision refers to.

    What waits or waited in quarantine keeps its payload, and so does every return. Oldest first.
    """
    others = (
        sa.select(RUN_PAYLOAD.c.sha256)
        .outerjoin(RUN, RUN.c.run_id == RUN_PAYLOAD.c.run_id)
        .where(
            RUN_PAYLOAD.c.sha256 == PAYLOAD.c.sha256,
            sa.or_(
                RUN.c.source_id.is_(None),
                RUN.c.source_id.not_in(list(sources)),
                RUN_PAYLOAD.c.fetched_at >= before,
            ),
        )
    )
    asked = (
        sa.select(PAYLOAD.c.sha256)
        .where(
            PAYLOAD.c.first_seen_at < before,
            sa.exists().where(RUN_PAYLOAD.c.sha256 == PAYLOAD.c.sha256),
            ~others.exists(),
            ~sa.exists().where(QUARANTINE.c.payload_sha256 == PAYLOAD.c.sha256),
            ~sa.exists().where(RETURN.c.payload_sha256 == PAYLOAD.c.sha256),
        )
        .order_by(PAYLOAD.c.first_seen_at)
    )
    return list(connection.execute(asked).scalars())


def every_payload(connection: sa.Connection) -> dict[str, datetime]:
    """Return all payloads there are a record of: SHA-256 -> when it first came."""
    rows = connection.execute(sa.select(PAYLOAD.c.sha256, PAYLOAD.c.first_seen_at))
    return {row.sha256: row.first_seen_at for row in rows}


def brought_figures(connection: sa.Connection, source_id: str, indicators: Sequence[str]) -> bool:
    """Say whether any vintage of a figure of *indicators* came of a source."""
    lines = sa.select(SERIES.c.series_id).where(SERIES.c.indicator_id.in_(list(indicators)))
    asked = sa.select(OBSERVATION.c.series_id).where(
        OBSERVATION.c.series_id.in_(lines), OBSERVATION.c.source_id == source_id
    )
    return connection.execute(asked.limit(1)).first() is not None


def answers_of(connection: sa.Connection, run_ids: Sequence[str]) -> list[RunAnswer]:
    """Return the payloads that came in these runs, in the order they came."""
    asked = (
        sa.select(RUN_PAYLOAD, PAYLOAD.c.media_type, PAYLOAD.c.size)
        .select_from(RUN_PAYLOAD.join(PAYLOAD, PAYLOAD.c.sha256 == RUN_PAYLOAD.c.sha256))
        .where(RUN_PAYLOAD.c.run_id.in_(list(run_ids)))
        .order_by(RUN_PAYLOAD.c.fetched_at, RUN_PAYLOAD.c.url)
    )
    names = ("run_id", "url", "sha256", "fetched_at", "read_to_end", "media_type", "size")
    rows = connection.execute(asked).mappings()
    return [RunAnswer(**{name: row[name] for name in names}) for row in rows]


def came_from(connection: sa.Connection, sha256: str) -> list[tuple[str, datetime, str]]:
    """Return the sources in whose runs a payload came, each with when it first came and from which address."""
    asked = (
        sa.select(RUN.c.source_id, RUN_PAYLOAD.c.fetched_at, RUN_PAYLOAD.c.url)
        .select_from(RUN_PAYLOAD.join(RUN, RUN.c.run_id == RUN_PAYLOAD.c.run_id))
        .where(RUN_PAYLOAD.c.sha256 == sha256)
        .order_by(RUN_PAYLOAD.c.fetched_at)
    )
    first: dict[str, tuple[str, datetime, str]] = {}
    for source_id, at, url in connection.execute(asked):
        first.setdefault(source_id, (source_id, at, url))
    return list(first.values())
