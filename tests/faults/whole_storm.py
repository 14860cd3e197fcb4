"""Play the whole product in a storm: ``python -m tests.faults.whole_storm --seconds 300 --seed 1 [--url ...]``.

The history is checked at the end: each logical run had at most one effect and came to an end, each logical time that
passed while no scheduler was there has a run or a word that it was missed, each answer was of one stamp and each stamp
of one state, stamps of one server never went back, the audit chain is whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from pathlib import Path

from metrics.warehouse.warehouse import open_warehouse
from tests.faults.whole import Whole
from tests.faults.whole_runs import ended
from tests.faults.whole_seen import FIGURES, Seen, read, versions
from tests.ingest.child import OFTEN

STATES = frozenset({"200", "503", "500"})
"""What a reader may be told while the database is kept from everybody; when it is calm, 200 alone."""


def play(folder: Path, seconds: float, seed: int, url: str = "") -> Counter[str]:
    """Play a storm of *seconds* and check it; returns what happened. Raises AssertionError for what must not be."""
    where = url or f"sqlite:///{folder}/warehouse.db"
    made = open_warehouse(where)
    made.migrate()
    made.close()
    whole = Whole(folder, where, seed)
    over = threading.Event()
    readers = [threading.Thread(target=read, args=(one, over), daemon=True) for one in whole.seen]
    try:
        whole.publish()
        for name in ("scheduler", "0", "1"):
            whole.start(name)
        whole.wait_until_served()
        for reader in readers:
            reader.start()
        whole.storm(seconds)
        whole.calm()
        over.set()
        for reader in readers:
            reader.join(60)
        check(whole)
    finally:
        over.set()
        whole.end()
        whole.warehouse.close()
    return whole.happened


def check(whole: Whole) -> None:
    """Hold the ledger, the figures, the audit and what readers saw against what must be."""
    _check_runs(whole)
    _check_figures(whole)
    _check_readers(whole)
    assert whole.warehouse.verify_audit() == []


def _check_runs(whole: Whole) -> None:
    whole.happened += ended(whole.runs(), whole.calm_at)


def _check_figures(whole: Whole) -> None:
    """Each run that loaded brought the whole of one version, or what of it was news."""
    said = whole.warehouse.vintages(list(OFTEN.feeds), raw=True)
    said = said[said["source_id"] == OFTEN.id]
    for run_id, rows in said.groupby("run_id"):
        found = versions(rows["value"].tolist())
        assert len(found) == 1, f"run {run_id} brought {sorted(found)}"
        assert len(rows) == FIGURES, f"run {run_id} brought {len(rows)} of {FIGURES} figures"
    loaded = {run.run_id for run in whole.warehouse.runs(OFTEN.id, limit=100_000) if run.status == "loaded"}
    assert set(said["run_id"]) <= loaded
    whole.happened["versions loaded"] = said["run_id"].nunique()


def _check_readers(whole: Whole) -> None:
    states: dict[int, set[int]] = defaultdict(set)
    for one in whole.seen:
        assert one.torn == [], one.torn[:3]
        assert one.stamps == sorted(one.stamps), f"a stamp of port {one.port} went back"
        for stamp, found in one.by_stamp.items():
            states[stamp] |= found
        _check_states(one)
        whole.happened["answers"] += len(one.stamps)
    assert all(len(found) <= 1 for found in states.values()), "a stamp of two states"
    whole.happened["stamps seen"] = len(states)


def _check_states(one: Seen) -> None:
    told = {state: number for state, number in one.states.items() if state.isdigit()}
    assert set(told) <= STATES, told
    assert told.get("200", 0) > 0, one.states


def main() -> int:
    """Play one storm and say what happened."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--url", default="", help="an empty PostgreSQL database; SQLite where none is named")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        happened = play(Path(folder), given.seconds, given.seed, given.url)
    words = ", ".join(f"{number} {what}" for what, number in sorted(happened.items()))
    sys.stdout.write(f"whole product, seed {given.seed}: {words}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
