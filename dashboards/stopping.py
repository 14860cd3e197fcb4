"""How a command of the terminal ends: a failure, or a signal to stop, is one calm line and never a traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
INTERRUPTED = 128 + signal.SIGINT
STOPPED = "Stopped."


def calm_start() -> None:
    """End at once, with a line, if a signal says stop while the product is only being read from disk."""
    _let(_leave)


def calmly(command: Callable[[], object]) -> None:
    """Run *command* to its end; a signal to stop unwinds it, so that nothing half made is left behind."""
    _let(signal.default_int_handler)
    try:
        command()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            _say()
        raise
    except KeyboardInterrupt:
        _say()
        sys.exit(INTERRUPTED)
    except Exception as error:
        sys.exit(_line(error))


def _line(error: Exception) -> str:
    """Return what went wrong in one line; of a database its own words, not the statement and what was in it."""
    cause = getattr(error, "orig", None)
    if cause is None:
        return f"{type(error).__name__}: {error}"
    words = " ".join(str(cause).split())
    return f"The warehouse: {words}; look at GBA_WAREHOUSE, at the database and its disk, and try again"


def _let(handle: Callable[[int, FrameType | None], object]) -> None:
    """Have signals to stop handled by *handle*, but those that whoever started us wants ignored."""
    for one in SIGNALS:
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, handle)


def _leave(number: int, _frame: FrameType | None) -> None:
    """Leave without unwinding: nothing is open yet, and a module half read can swallow what is raised in it."""
    _say()
    os._exit(128 + number)


def _say() -> None:
    sys.stderr.write(f"{STOPPED}\n")
    sys.stderr.flush()
