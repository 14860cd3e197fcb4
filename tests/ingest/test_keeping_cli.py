"""The keeping commands, as the operator types them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


@pytest.fixture
def command(tmp_path):
    def call(*words: str, var: str = "var") -> subprocess.CompletedProcess[str]:
        told = {"GBA_VAR": str(tmp_path / var), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        return subprocess.run(
            [sys.executable, str(HOME / "app.py"), *words],
            env=told,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


def content(said: str) -> str:
    (line,) = [line for line in said.splitlines() if line.startswith("content ")]
    return line.split()[1]


def test_a_backup_drill_from_the_first_command_to_the_last(command, tmp_path):
    opening = HOME / "metrics" / "opening" / "published_figures.csv"
    assert command("load-figures", str(opening)).returncode == 0
    file = str(tmp_path / "monday.backup")
    written = command("backup", file)
    assert written.returncode == 0, written.stderr
    assert command("verify", file).returncode == 0
    restored = command("restore", file, var="elsewhere")
    assert restored.returncode == 0, restored.stderr
    checked = command("verify", var="elsewhere")
    assert checked.returncode == 0, checked.stdout
    assert content(written.stdout) == content(restored.stdout) == content(checked.stdout)
    again = command("backup", file)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    assert "Traceback" not in again.stderr
    moved = command("move", f"sqlite:///{tmp_path}/moved.db")
    assert moved.returncode == 0, moved.stderr
    assert content(written.stdout) in moved.stdout
    assert command("retain").returncode == 0
