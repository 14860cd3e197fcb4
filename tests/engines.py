"""The engines that warehouse tests run on: SQLite always, PostgreSQL where it is installed, Citus where given."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from metrics.warehouse.warehouse import Warehouse, open_warehouse

ENGINES = ("sqlite", "postgresql", "citus")
CITUS_URL = os.environ.get("GBA_TEST_CITUS_URL", "")

# What Citus offers, as far as making tables goes: recorded instead of done.
CITUS_STUBS = """
CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, spread_by text);
CREATE FUNCTION create_distributed_table(name text, by_column text) RETURNS void LANGUAGE sql AS
  'INSERT INTO pg_dist_partition VALUES (name::regclass, by_column)';
CREATE FUNCTION create_reference_table(name text) RETURNS void LANGUAGE sql AS
  'INSERT INTO pg_dist_partition VALUES (name::regclass, NULL)';
"""


def postgresql_programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs, or None where it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


def _as_postgres(command: list[str]) -> list[str]:
    """Return *command* run by somebody who may: the server refuses to be started by root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def running_postgresql(programs: Path, *settings: str) -> Iterator[str]:
    """Run a PostgreSQL of our own in a temporary folder and give the URL of its administrator."""
    folder = Path(tempfile.mkdtemp(prefix="gba-postgresql-", dir="/tmp"))
    data, port = folder / "data", _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")

    def run(*command: str) -> None:
        subprocess.run(_as_postgres(list(command)), check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(str(programs / "initdb"), "-D", str(data), "-U", "gba", "-A", "trust", "-E", "UTF8", "--no-sync")
    named = (f"port={port}", f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", *settings)
    options = " ".join(f"-c {setting}" for setting in named)
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    run(*control, "-o", options, "start")
    try:
        yield f"postgresql://gba@127.0.0.1:{port}/postgres"
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL of our own for the session and give the URL of its administrator."""
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (initdb not found)")
    settings = ("fsync=off", "shared_buffers=256MB", "max_wal_size=4GB", "max_connections=100")
    with running_postgresql(programs, *settings) as url:
        yield url


def _administer(url: str, *statements: str) -> None:
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _new_database(server: str) -> str:
    name = f"t{uuid.uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name}")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def _migrated(url: str) -> str:
    made = open_warehouse(url)
    made.migrate()
    made.close()
    return url


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: str) -> str:
    """Give the URL of the session's warehouse on PostgreSQL; ``engine_url`` empties it for each test."""
    return _migrated(_new_database(postgresql_server))


@pytest.fixture(scope="session")
def citus_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of the session's warehouse on Citus, or where Citus seemed to be there."""
    if CITUS_URL:
        _administer(CITUS_URL, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        return _migrated(CITUS_URL)
    url = _new_database(request.getfixturevalue("postgresql_server"))
    _administer(url, CITUS_STUBS)
    return _migrated(url)


# Far faster than a new database for each test.
EMPTY = """
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT relname FROM pg_class WHERE relname ~ '^reading_[12]' AND relkind = 'r' LOOP
    EXECUTE 'DROP TABLE ' || name;
  END LOOP;
  FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT IN ('schema_version', 'pg_dist_partition') LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
END $$
"""


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Give the URL of a database with nothing in it."""
    url = _new_database(postgresql_server)
    yield url
    _administer(postgresql_server, f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database without rows, on each engine in turn; it may need migrating."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/warehouse.db"
    url = request.getfixturevalue(f"{request.param}_url")
    _administer(url, EMPTY)
    return url


@pytest.fixture
def warehouse(engine_url: str) -> Iterator[Warehouse]:
    """Give an empty warehouse, on each engine in turn."""
    made = open_warehouse(engine_url)
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def sqlite_warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """Give an empty warehouse on SQLite alone."""
    made = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    made.migrate()
    yield made
    made.close()
