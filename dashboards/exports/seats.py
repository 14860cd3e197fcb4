"""Seats for what a machine can hold only few of: taken across processes, freed by the system when one dies."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path


class Seats:
    """Hold at most one of *count* seats kept as locked files in *folder*; whoever waits for one is seen.

    A seat belongs to an open file, so that a killed process leaves none taken.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._count = count
        self._seat: int | None = None
        self._number = 0
        self._queue: int | None = None

    @property
    def taken(self) -> bool:
        """Say whether this holds a seat."""
        return self._seat is not None

    def take(self) -> bool:
        """Take a seat if one is free; from the first refusal on the others see that somebody waits."""
        if self._seat is not None:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(self._count):
            self._seat = _locked(self._folder / f"seat-{number}", fcntl.LOCK_EX)
            if self._seat is not None:
                self._number = number
                self._queue = _closed(self._queue)
                return True
        if self._queue is None:
            self._queue = _locked(self._folder / "queue", fcntl.LOCK_SH)
        return False

    def room(self) -> Path:
        """Return a folder of the seat's own, with nothing in it that another left there."""
        room = self._folder / f"room-{self._number}"
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True, exist_ok=True)
        return room

    def leave(self) -> None:
        """Give the seat up, or the place among those who wait."""
        self._seat = _closed(self._seat)
        self._queue = _closed(self._queue)

    def wanted(self) -> bool:
        """Say whether somebody else waits for a seat."""
        if self._queue is not None or not self._folder.is_dir():
            return False
        held = _locked(self._folder / "queue", fcntl.LOCK_EX)
        if held is None:
            return True
        _closed(held)
        return False


def _locked(path: Path, kind: int) -> int | None:
    """Return *path* opened and locked, or None when somebody else's lock stands against it."""
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(opened, kind | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _closed(opened: int | None) -> None:
    if opened is not None:
        os.close(opened)
