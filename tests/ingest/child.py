"""A process of its own that ingests, so that a test can kill it: ``python -m tests.ingest.child FOLDER WHAT [POINT]``.

WHAT is ``run`` (once) or ``schedule`` (until SIGTERM). At POINT (a stage, or ``loaded``, ``ended``: inside the
loading transaction) the process kills itself as kill -9 does.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

from ingest.archive import Archive
from ingest.commands import run_sources
from ingest.fetch import Fetcher
from ingest.report import exit_code
from ingest.schedule import Pace, schedule
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.loading import Loading
from metrics.warehouse.warehouse import open_warehouse

OFTEN = replace(SOURCE, schedule="* * * * *")
QUICK = Pace(lease=3.0, beat=0.1, sweep=0.5, jitter=0)


def tools_in(folder: Path, url: str = "") -> Tools:
    """Return what a run works with in *folder*; the warehouse is there already."""
    return Tools(
        warehouse=open_warehouse(url or f"sqlite:///{folder}/warehouse.db"),
        fetch=Fetcher(contact="", mirror=folder / "mirror"),
        archive=Archive(folder / "archive"),
        meanings=catalogue().by_id,
    )


def die() -> None:
    """End as kill -9 ends a process."""
    os.kill(os.getpid(), signal.SIGKILL)


def _dying_at(point: str, tools: Tools) -> Tools:
    if point in {"loaded", "ended"}:
        name = "run_payload" if point == "loaded" else "end_run"
        real = getattr(Loading, name)

        def fatal(loading: Loading, *args: object, **more: object) -> None:
            real(loading, *args, **more)
            die()

        setattr(Loading, name, fatal)
    return replace(tools, step=lambda _source, stage: die() if stage == point else None)


def main() -> int:
    """Do WHAT in FOLDER."""
    folder, what, point = Path(sys.argv[1]), sys.argv[2], (sys.argv[3:] or [""])[0]
    tools = _dying_at(point, tools_in(folder))
    if what == "run":
        return exit_code(run_sources(None, tools, known={SOURCE.id: SOURCE}))
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    known = {OFTEN.id: OFTEN}
    return 0 if schedule(known, tools, stop, wait=what == "schedule", pace=QUICK) else 1


if __name__ == "__main__":
    sys.exit(main())
