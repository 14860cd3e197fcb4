"""The bytes of whole pages: made once for each version of the facts, handed to everyone who asks the same."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field

from dashboards.files import File

MOST_BYTES = 64 * 2**20
GRACE_SECONDS = 10.0


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


@dataclass(kw_only=True, slots=True)
class _Kept:
    """An answer of one version of the facts, and when that version was last seen to be the newest."""

    answer: Answer
    version: Hashable
    seen: float


@dataclass(kw_only=True)
class AnswerCache:
    """Holds the newest answer of each question, up to *most_bytes*; the longest unused leave first.

    When the facts change, one thread makes the new answer. Whoever asks meanwhile is given the one before, if
    that was the newest no longer than *grace* seconds ago: a load costs one making, and nobody waits in line.
    """

    most_bytes: int = MOST_BYTES
    grace: float = GRACE_SECONDS
    clock: Callable[[], float] = time.monotonic
    made: int = 0
    _kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Future[Answer]] = field(default_factory=dict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, question: Hashable, make: Callable[[], Answer], version: Hashable = None) -> Answer:
        """Return the answer of *question* at this *version* of the facts, from memory or by *make*."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None and kept.version == version:
                kept.seen = self.clock()
                self._kept.move_to_end(question)
                return kept.answer
            pending = self._making.get((question, version))
            if pending is not None and kept is not None and self.clock() - kept.seen <= self.grace:
                return kept.answer
            mine = pending is None
            if pending is None:
                pending = self._making[question, version] = Future()
        if mine:
            self._make(question, version, make, pending)
        return pending.result()

    def _make(
        self, question: Hashable, version: Hashable, make: Callable[[], Answer], pending: Future[Answer]
    ) -> None:
        try:
            answer = make()
        except BaseException as error:
            with self._lock:
                del self._making[question, version]
            pending.set_exception(error)
            return
        with self._lock:
            del self._making[question, version]
            self.made += 1
            self._keep(question, version, answer)
        pending.set_result(answer)

    def _keep(self, question: Hashable, version: Hashable, answer: Answer) -> None:
        """Put *answer* in the place of the one before and let the longest unused go; the lock is held."""
        before = self._kept.pop(question, None)
        if before is not None:
            self._bytes -= before.answer.size
        if answer.keep and answer.size <= self.most_bytes:
            self._kept[question] = _Kept(answer=answer, version=version, seen=self.clock())
            self._bytes += answer.size
        while self._bytes > self.most_bytes:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.answer.size

    @property
    def bytes_held(self) -> int:
        """Return the bytes of the answers kept."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._kept)
