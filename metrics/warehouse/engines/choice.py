"""Which engine a URL means."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.engines import citus
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.engines.postgresql import PostgreSQL
from metrics.warehouse.engines.sqlite import SQLite


def engine_for(url: str) -> Engine:
    """Return the engine of *url*; raise ValueError for one there is no engine for."""
    parsed = sa.make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return SQLite(parsed)
        case "postgresql":
            return PostgreSQL(parsed, after=(citus.after_create,))
    raise ValueError(
        f"warehouse {parsed.render_as_string()}: expected sqlite:///file or postgresql://host/database"
    )
