"""A scheduler as a process whose clock another may set: ``python -m tests.faults.whole_child FOLDER URL``."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from ingest.schedule import schedule
from tests.ingest.child import OFTEN, QUICK, tools_in

OFFSET = "offset"


def clock_of(folder: Path) -> datetime:
    """Return what this machine's clock says: now, and what the file ``offset`` sets it off by."""
    try:
        ahead = float((folder / OFFSET).read_text() or 0)
    except (FileNotFoundError, ValueError):  # being written
        ahead = 0.0
    return datetime.now(UTC) + timedelta(seconds=ahead)


def main() -> int:
    """Schedule until SIGTERM."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    tools = replace(tools_in(folder, url), clock=lambda: clock_of(folder))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with mock.patch("ingest.rota.now", side_effect=lambda *_words: clock_of(folder)):
        return 0 if schedule({OFTEN.id: OFTEN}, tools, stop, wait=True, pace=QUICK) else 1


if __name__ == "__main__":
    sys.exit(main())
