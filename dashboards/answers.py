"""The bytes of whole pages: made once, kept by what they depend on, handed to everyone who asks the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field

from dashboards.files import File

MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page ready to send; *keep* is False when a part of it failed and may be well next time."""

    file: File
    status: int = 200
    keep: bool = True

    @property
    def size(self) -> int:
        """Return the bytes it takes in memory."""
        return len(self.file.body) + len(self.file.zipped or b"")


@dataclass(kw_only=True)
class AnswerCache:
    """Holds answers up to *most_bytes*; the longest unused leave first, each is made by one thread."""

    most_bytes: int = MOST_BYTES
    _kept: OrderedDict[Hashable, Answer] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Future[Answer]] = field(default_factory=dict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return the answer of *key*, from memory or by *make*; who asks meanwhile waits for the same one."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
            pending = self._making.get(key)
            mine = pending is None
            if pending is None:
                pending = self._making[key] = Future()
        if mine:
            self._make(key, make, pending)
        return pending.result()

    def _make(self, key: Hashable, make: Callable[[], Answer], pending: Future[Answer]) -> None:
        try:
            answer = make()
        except BaseException as error:
            with self._lock:
                del self._making[key]
            pending.set_exception(error)
            return
        with self._lock:
            del self._making[key]
            if answer.keep and answer.size <= self.most_bytes:
                self._kept[key] = answer
                self._bytes += answer.size
            while self._bytes > self.most_bytes:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= gone.size
        pending.set_result(answer)

    @property
    def bytes_held(self) -> int:
        """Return the bytes of the answers kept."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._kept)
