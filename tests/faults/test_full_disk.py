"""The full disk of a storm is one: who writes is refused, and may again afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from metrics.warehouse.warehouse import open_warehouse
from tests.faults.full_disk import no_room_for, no_room_in

WRITER = """
import pathlib, sys
place = pathlib.Path(sys.argv[1])
for line in sys.stdin:
    try:
        place.write_bytes(b"x" * int(line))
        print("written", flush=True)
    except OSError as error:
        print(type(error).__name__, place.stat().st_size, flush=True)
"""


def test_a_process_may_not_write_more_than_there_is_room_for_and_may_again_later(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "file")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip

        def write(size: int) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{size}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert write(9000) == "written"
        with no_room_for(lambda: [process.pid], 4096):
            assert write(9000) == "OSError 4096"
            assert write(4000) == "written"
        assert write(9000) == "written"


@pytest.mark.xdist_group("postgresql")
def test_a_database_refuses_whoever_writes_and_takes_it_later(empty_postgresql_url: str) -> None:
    warehouse = open_warehouse(empty_postgresql_url)
    warehouse.migrate()
    with no_room_in(warehouse), pytest.raises(sa.exc.OperationalError, match="No space left"):
        warehouse.open_run("made", trigger="hand", logical_time="x")
    assert warehouse.open_run("made", trigger="hand", logical_time="x")
    warehouse.close()
