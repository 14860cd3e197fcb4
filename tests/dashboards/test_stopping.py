"""A command that is told to stop leaves nothing half made, and says so in one line."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboards.stopping import _line

ROOT = Path(__file__).resolve().parents[2]
STARTING = """
from dashboards.stopping import calm_start
calm_start()
import time
print("there", flush=True)
try:
    time.sleep(30)
except BaseException:
    time.sleep(30)  # as a module may that looks for another
"""
WRITING = """
import sys, time
from pathlib import Path
import typer
from dashboards.exports.commands import written
from dashboards.stopping import calmly
cli = typer.Typer()

@cli.command()
def write():
    with written(Path(sys.argv[1])) as out:
        out.write(b"half")
        print("there", flush=True)
        time.sleep(30)

calmly(lambda: cli(args=[]))
"""


def stopped(script: str, *words: str, by: signal.Signals) -> tuple[int, str]:
    """Run *script*, send it a signal when it says that it is there, and return how it ended and what it said."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.send_signal(by)
        _, said = process.communicate(timeout=20)
    return process.returncode, said


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_while_starting_is_one_line(by) -> None:
    assert stopped(STARTING, by=by) == (128 + by, "Stopped.\n")


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_file_half_written_is_taken_away(tmp_path: Path, by) -> None:
    code, said = stopped(WRITING, str(tmp_path / "pack.pdf"), by=by)
    assert (code, said) == (130, "Stopped.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_is_to_be_ignored_stays_ignored() -> None:
    script = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{STARTING}".replace("30", "0.5")
    assert stopped(script, by=signal.SIGINT) == (0, "")


def test_a_failure_is_one_line_too() -> None:
    script = (
        "from dashboards.stopping import calmly\ndef fail(): raise ValueError('no such place')\ncalmly(fail)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "ValueError: no such place\n")


def test_what_a_database_says_is_one_line_without_the_statement_and_what_was_in_it() -> None:
    cause = sqlite3.OperationalError("database or disk\nis full")
    error = sa.exc.OperationalError("INSERT INTO person VALUES (?)", ("a secret",), cause)
    assert _line(error) == (
        "The warehouse: database or disk is full; look at GBA_WAREHOUSE, at the database and its disk, and try again"
    )
