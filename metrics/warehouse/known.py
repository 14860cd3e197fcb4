"""The days on which something became known: a figure, the word on a milestone, a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from metrics.warehouse.tables import MILESTONE_EVENT, OBSERVATION, SERIES, TARGET_EVENT
from metrics.warehouse.values import HONG_KONG


def known_days(connection: sa.Connection, indicators: Sequence[str]) -> list[date]:
    """Return the Hong Kong days, ascending, on which figures of *indicators*, milestones or targets became known."""
    joined = SERIES.join(OBSERVATION, OBSERVATION.c.series_id == SERIES.c.series_id)
    figures = (
        sa.select(OBSERVATION.c.known_at)
        .select_from(joined)
        .where(SERIES.c.indicator_id.in_(list(indicators)))
        .distinct()
    )
    asked = [figures, *(sa.select(table.c.known_at).distinct() for table in (MILESTONE_EVENT, TARGET_EVENT))]
    found = {instant for question in asked for instant in connection.scalars(question)}
    return sorted({instant.astimezone(HONG_KONG).date() for instant in found})
