"""Citus: the same PostgreSQL spread over several machines, by one step after tables are made."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

_PRESENT = sa.text("SELECT to_regproc('create_distributed_table') IS NOT NULL")
_DONE = sa.text("SELECT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = to_regclass(:name))")
_SPREAD = sa.text("SELECT create_distributed_table(:name, :column)")
_COPY = sa.text("SELECT create_reference_table(:name)")


def after_create(connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
    """Spread the fact tables by their series and copy the others to each machine; without Citus do nothing.

    A table that is spread or copied already is left alone, so that this may run after every start.
    """
    if not connection.execute(_PRESENT).scalar_one():
        return
    for table in tables:
        if connection.execute(_DONE, {"name": table.name}).scalar_one():
            continue
        if column := table.info.get("distribute_by"):
            connection.execute(_SPREAD, {"name": table.name, "column": column})
        else:
            connection.execute(_COPY, {"name": table.name})
