"""Who holds a lease, in words a person and another process can check: host, process, and when it began."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

_WORDS = re.compile(r"(?P<host>\S+) process (?P<pid>\d+) begun (?P<begun>\d+)(?: .*)?")


def this_process(what: str = "") -> str:
    """Return the name under which this process holds leases; *what* says for what."""
    name = f"{socket.gethostname()} process {os.getpid()} begun {_begun(os.getpid()) or 0}"
    return f"{name} ({what})" if what else name


def is_gone(holder: str) -> bool:
    """Tell whether *holder* is surely no more: a process of this host that has ended.

    Of another host nothing is known, so its lease has to run out by itself.
    """
    words = _WORDS.fullmatch(holder)
    if words is None or words["host"] != socket.gethostname() or not Path("/proc/self/stat").exists():
        return False
    # A number can have been given to a new process since: the beginning tells them apart.
    return str(_begun(int(words["pid"])) or "gone") != words["begun"]


def _begun(pid: int) -> int | None:
    """Return the process's start in clock ticks since boot; None where there is no such process any more."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in {"Z", "X"} else int(fields[18])
