"""Whatever lies at a publisher's address, the command says so in a line, and what was loaded before stays."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path

import pytest

from ingest.registry import sources
from metrics.warehouse.warehouse import open_warehouse
from tests.ingest.content import content_of
from tests.ingest.mutants import LOGIN
from tests.shared import SHARED, needs_samples

pytestmark = [pytest.mark.faults, needs_samples]
HOME = Path(__file__).resolve().parents[2]
MIRROR = "samples/mirror"


def zipped(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("file.csv", content)
    return made.getvalue()


WRONG: Mapping[str, Callable[[bytes], bytes]] = {
    "another encoding": lambda content: content.decode("utf-8-sig").encode("utf-16"),
    "cut short": lambda content: content[: len(content) * 2 // 3 + 1],
    "a page to sign in": lambda _content: LOGIN,
    "nothing": lambda _content: b"",
    "zipped": zipped,
    "a bomb": lambda _content: gzip.compress(bytes(50_000_000)),
    "zeros": lambda content: bytes(len(content)),
    "ten times": lambda content: content * 10,
}


def command(*words: str, var: Path) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("GBA_")}
    return subprocess.run(
        [sys.executable, "app.py", *words],
        cwd=HOME,
        env=settings | {"GBA_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def told(done: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    """Return the table of a command, by source: status, numbers, and what happened."""
    return {line.split()[0]: line.split(maxsplit=8)[1:] for line in done.stdout.splitlines()[1:]}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """A folder in which the real samples are loaded, and what the command said of them."""
    var = tmp_path_factory.mktemp("loaded")
    done = command("ingest", "--all", "--mirror", str(SHARED / MIRROR), var=var)
    assert (done.returncode, done.stderr) == (1, "")  # not every source has a sample
    return var, told(done)


def content(var: Path) -> str:
    warehouse = open_warehouse(f"sqlite:///{var}/warehouse.db")
    try:
        return content_of(warehouse)
    finally:
        warehouse.close()


def test_every_source_is_told_in_one_line_and_the_real_samples_in_their_numbers(loaded):
    lines = loaded[1]
    assert set(lines) == set(sources())
    rows = {name: line[1] for name, line in lines.items() if line[0] in {"loaded", "partial"}}
    assert rows == {
        "hk_ferries": "57",
        "hk_immigration_daily": "53,904",
        "hk_journey_times": "8",
        "hk_road_segments": "4,376",
        "hk_traffic_detectors": "4,068",
        "hk_traffic_news": "1",
        "ofca_key_statistics": "60",
    }
    for name, line in lines.items():
        if name not in rows:
            wanted = (
                "has no file for it" if line[0] == "failed" else f"needs a key; set GBA_KEY_{name.upper()}"
            )
            assert line[0] in {"failed", "not_configured"}
            assert line[-1].count(wanted) == 1


def test_the_same_samples_again_are_nothing_new(loaded):
    var = loaded[0]
    before = content(var)
    again = told(command("ingest", "--all", "--mirror", str(SHARED / MIRROR), var=var))
    assert {line[3] for line in again.values()} == {"0"}
    assert content(var) == before


@pytest.mark.parametrize("turn", range(3))
def test_a_mirror_full_of_nonsense_changes_nothing_and_is_told_without_a_traceback(
    loaded, tmp_path: Path, turn: int
):
    var = loaded[0]
    shutil.copytree(SHARED / MIRROR, tmp_path / "mirror")
    files = sorted(file for file in (tmp_path / "mirror").rglob("*") if file.is_file())
    for file, spoil in zip(files, islice(cycle(WRONG.values()), 3 * turn, None), strict=False):
        file.chmod(0o644)
        file.write_bytes(spoil(file.read_bytes()))
    before = content(var)
    done = command("ingest", "--all", "--mirror", str(tmp_path / "mirror"), var=var)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert {name for name, line in told(done).items() if line[3] != "0"} == set()
    assert content(var) == before


def test_what_was_refused_lies_in_quarantine_with_the_reason(loaded, tmp_path: Path):
    file = tmp_path / sources()["hk_immigration_daily"].requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True)
    file.write_bytes(LOGIN)
    done = command("ingest", "hk_immigration_daily", "--mirror", str(tmp_path), var=loaded[0])
    assert "found a web page titled 'Sign in'" in done.stdout
    warehouse = open_warehouse(f"sqlite:///{loaded[0]}/warehouse.db")
    held = warehouse.quarantined()
    warehouse.close()
    said = held[held["source_id"] == "hk_immigration_daily"]["said"]
    assert said.str.contains("found a web page titled 'Sign in'").any()
