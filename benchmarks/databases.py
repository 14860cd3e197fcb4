"""A PostgreSQL of the benchmark's own, where its programs are installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.engines import postgresql_programs, running_postgresql

# As docs/sizing.md tells an operator: a quarter of the machine's memory.
QUARTER = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 2**20
SETTINGS = (f"shared_buffers={QUARTER}MB", "max_wal_size=8GB", "synchronous_commit=on", "work_mem=32MB")


@contextmanager
def postgresql_database() -> Iterator[str]:
    """Give the URL of an empty database on a server that lives as long as the block."""
    programs = postgresql_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed: measure with --engines sqlite")
    with running_postgresql(programs, *SETTINGS) as url:
        yield url
