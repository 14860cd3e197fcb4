"""The table of saved views: made with every warehouse, carried with every copy."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.migrations import TABLES
from metrics.warehouse.tables_views import SAVED_VIEW, VIEWS
from metrics.warehouse.transfer import CARRIED


def test_the_table_is_made_and_carried(sqlite_warehouse) -> None:
    assert VIEWS == (SAVED_VIEW,)
    assert SAVED_VIEW in TABLES
    assert SAVED_VIEW in CARRIED
    columns = {one["name"] for one in sa.inspect(sqlite_warehouse.engine.sa).get_columns("saved_view")}
    assert columns == {"view_id", "person_id", "name", "query", "shared", "created_at", "changed_at"}
