"""How many figures there are of each indicator, as known at an instant."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from metrics.warehouse.columns import instant_of
from metrics.warehouse.tables import OBSERVATION, SERIES


def figure_counts(connection: sa.Connection, as_of: datetime, stamp: int) -> dict[str, int]:
    """Return the number of periods with a figure by indicator id; a period of a series counts once."""
    seen = (
        sa.select(OBSERVATION.c.series_id, OBSERVATION.c.period_end, OBSERVATION.c.period_start)
        .where(OBSERVATION.c.known_at <= as_of, OBSERVATION.c.recorded_at <= instant_of(stamp))
        .distinct()
        .subquery("seen")
    )
    of_series = (
        sa.select(seen.c.series_id, sa.func.count().label("n"))
        .group_by(seen.c.series_id)
        .subquery("of_series")
    )
    asked = (
        sa.select(SERIES.c.indicator_id, sa.func.sum(of_series.c.n))
        .join_from(SERIES, of_series, of_series.c.series_id == SERIES.c.series_id)
        .group_by(SERIES.c.indicator_id)
    )
    return {indicator: int(n) for indicator, n in connection.execute(asked)}
