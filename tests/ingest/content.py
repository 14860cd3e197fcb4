"""What a warehouse says, as one hash: whatever the order in which it was told, and whenever it was written down."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pandas as pd

from metrics.indicators import catalogue
from metrics.warehouse.warehouse import Warehouse

EVER = datetime(2100, 1, 1, tzinfo=UTC)
_OURS = ["recorded_at", "run_id", "payload_sha256"]


def content_of(warehouse: Warehouse) -> str:
    """Return the hash of every vintage, reading, day, month and event of *warehouse*."""
    indicators = sorted(catalogue().by_id)
    frames = [
        warehouse.vintages(indicators).drop(columns=_OURS),
        warehouse.readings(indicators),
        warehouse.rollup(indicators, every="day"),
        warehouse.rollup(indicators, every="month"),
        warehouse.scope(EVER),
        warehouse.milestones(EVER),
        warehouse.targets(EVER),
    ]
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(_sorted(frame).to_csv(index=False).encode())
    return digest.hexdigest()


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    bare = frame.drop(columns=[name for name in ("recorded_at", "run_id") if name in frame])
    return bare.sort_values(list(bare.columns), kind="stable") if len(bare) else bare
