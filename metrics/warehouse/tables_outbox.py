"""The tables of word going out: what is to be sent, what became of it, who wants what."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.columns import Instant
from metrics.warehouse.tables import key, may, need, table

MESSAGE = table(
    "message",
    key("message_id", sa.Text()),
    need("kind", sa.Text()),
    need("recipient", sa.Text()),
    need("channel", sa.Text()),
    need("address", sa.Text()),
    need("lang", sa.Text()),
    need("subject", sa.Text()),
    need("body", sa.Text()),
    need("made_at", Instant()),
)

MESSAGE_EVENT = table(
    "message_event",
    key("message_id", sa.Text()),
    key("attempt", sa.Integer()),
    need("at", Instant()),
    need("state", sa.Text()),
    need("why", sa.Text()),
    may("next_at", Instant()),
)

SUBSCRIPTION = table(
    "subscription",
    key("person_id", sa.Text()),
    key("recorded_at", Instant()),
    need("address", sa.Text()),
    need("lang", sa.Text()),
    need("items", sa.Text()),
    need("digest", sa.Text()),
    need("alerts", sa.Boolean()),
)

OUTBOX = (MESSAGE, MESSAGE_EVENT, SUBSCRIPTION)
