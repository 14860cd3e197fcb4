"""Give back the memory that making pages took, once nobody is waiting for one."""

from __future__ import annotations

import ctypes
import gc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

QUIET_SECONDS = 5.0
EVERY_SECONDS = 30.0  # somebody who tries filters for a while is hardly ever interrupted
M_ARENA_MAX, ONE = (
    -8,
    1,
)  # of glibc's malloc.h; threads that share the interpreter gain nothing from more heaps


def _library() -> Any:
    """Return the C library where it can give memory back, else nothing: other systems do it in ways of their own."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # pragma: no cover - no C library of that kind
        return None
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


def one_heap() -> None:
    """Let all threads of this process take their memory from one heap, so that what one frees another can use."""
    library = _library()
    if library is not None:
        library.mallopt(M_ARENA_MAX, ONE)


def tidy() -> None:
    """Collect rubbish that refers to itself, as every drawn chart does, and return free pages to the system."""
    gc.collect()
    library = _library()
    if library is not None:
        library.malloc_trim(0)


@dataclass(kw_only=True)
class Tidying:
    """Tidies up behind the makers of pages: *quiet* seconds after the last of them, at most once in *every* seconds.

    A collection holds up every thread for some hundredths of a second, so it waits until a burst of makings is over.
    """

    quiet: float = QUIET_SECONDS
    every: float = EVERY_SECONDS
    tidy: Callable[[], None] = tidy
    _stirred: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def stir(self) -> None:
        """Say that a page was made; returns at once."""
        self._stirred.set()
        with self._lock:
            if self._thread is None:  # made here and not before: a worker is forked without its threads
                self._thread = threading.Thread(target=self._work, name="tidying", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            self._stirred.wait()
            began = time.monotonic()
            # A page made meanwhile puts it off, but not for ever.
            while self._stirred.is_set() and time.monotonic() - began < self.every:
                self._stirred.clear()
                time.sleep(self.quiet)
            self._stirred.clear()
            self.tidy()
            time.sleep(max(self.every - (time.monotonic() - began), 0))
