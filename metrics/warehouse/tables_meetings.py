"""The tables that people fill: meetings, decisions, actions, and words set beside computed statuses.

Each row is one thing said, with who said it; nothing is changed, the newest word counts. Texts are JSON by language.
"""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.columns import Day, Instant
from metrics.warehouse.tables import key, may, need, table


def _said() -> tuple[sa.Column, ...]:
    """Return the columns that say who may read it, since when it could be known, where it stands, who wrote it."""
    return (
        need("audience", sa.Text()),
        need("known_at", Instant()),
        need("source_title", sa.Text()),
        need("source_url", sa.Text()),
        need("said_by", sa.Text()),
        need("person_id", sa.Text()),
    )


MEETING = table(
    "meeting",
    key("meeting_id", sa.Text()),
    key("recorded_at", Instant()),
    need("state", sa.Text()),
    need("kind", sa.Text()),
    need("held_on", Day()),
    need("held_precision", sa.Text()),
    need("as_of", Instant()),
    may("stamp", sa.BigInteger()),
    need("place_id", sa.Text()),
    need("names", sa.Text()),
    *_said(),
)

DECISION = table(
    "decision",
    key("decision_id", sa.Text()),
    key("recorded_at", Instant()),
    need("state", sa.Text()),
    need("meeting_id", sa.Text()),
    need("work_item", sa.SmallInteger()),
    need("texts", sa.Text()),
    need("why", sa.Text()),
    *_said(),
)

ACTION_EVENT = table(
    "action_event",
    key("action_id", sa.Text()),
    key("recorded_at", Instant()),
    need("event", sa.Text()),
    need("meeting_id", sa.Text()),
    need("work_item", sa.SmallInteger()),
    need("texts", sa.Text()),
    need("owner", sa.Text()),
    may("due_on", Day()),
    need("why", sa.Text()),
    *_said(),
)

OVERRIDE = table(
    "override",
    key("override_id", sa.Text()),
    key("recorded_at", Instant()),
    need("event", sa.Text()),
    need("subject_kind", sa.Text()),
    need("subject_id", sa.Text()),
    need("word", sa.Text()),
    need("reasons", sa.Text()),
    need("expires_on", Day()),
    need("said_by", sa.Text()),
    need("person_id", sa.Text()),
    need("known_at", Instant()),
)

KEPT = (MEETING, DECISION, ACTION_EVENT, OVERRIDE)
