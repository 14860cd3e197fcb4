"""A briefing by its id: made ready for a meeting, or saved by somebody."""

from __future__ import annotations

from dashboards.briefings.kept import saved_one
from dashboards.briefings.ready import ready_made
from dashboards.briefings.values import Briefing
from dashboards.desk import Desk


def briefing(briefing_id: str, desk: Desk) -> Briefing | None:
    """Return the briefing *briefing_id* as the desk's audience may see it, or None."""
    return ready_made(briefing_id, desk) or saved_one(briefing_id, desk)
