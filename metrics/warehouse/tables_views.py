"""The table of views that people keep for themselves; a private preference, so it changes and goes as they wish."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.columns import Instant
from metrics.warehouse.tables import key, need, table

SAVED_VIEW = table(
    "saved_view",
    key("view_id", sa.Text()),
    need("person_id", sa.Text()),
    need("name", sa.Text()),
    need("query", sa.Text()),
    need("shared", sa.Boolean()),
    need("created_at", Instant()),
    need("changed_at", Instant()),
    sa.Index("saved_view_of_person", "person_id"),
)

VIEWS = (SAVED_VIEW,)
