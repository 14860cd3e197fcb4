"""The bytes of whole pages: made once for each version of the facts, handed to everyone who asks the same."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Queue

from dashboards.files import File

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 2**20
GRACE_SECONDS = 30.0
AT_ONCE = 8  # as many as a worker has threads: no bound


def _nobody(_held: int) -> None:
    return


def _nothing() -> None:
    return


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


_Order = tuple[Hashable, Callable[[], "Answer"], "Future[Answer]"]  # version, how to make it, whoever waits


@dataclass(kw_only=True, slots=True)
class _Kept:
    """An answer of one version of the facts, and when that version was last seen to be the newest."""

    answer: Answer
    version: Hashable
    seen: float


@dataclass(kw_only=True)
class AnswerCache:
    """Holds the newest answer of each question, up to *most_bytes*; the longest unused leave first.

    When the facts change, whoever asks first makes the new answer and waits for it. Whoever asks while one is
    being made is given the one before, if that was the newest no longer than *grace* seconds ago, and the new
    one is made in the background, one after another: a load costs one making a page, and no crowd waits in line.
    When loads come faster than pages can be made, a page that waits is made once, of the newest facts asked for.
    *heard* is told the bytes held whenever an answer was made; *after* is called when whoever asked has it. At most
    *at_once* are made at a time.
    """

    most_bytes: int = MOST_BYTES
    grace: float = GRACE_SECONDS
    clock: Callable[[], float] = time.monotonic
    heard: Callable[[int], None] = _nobody
    after: Callable[[], None] = _nothing
    at_once: int = AT_ONCE
    _kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Future[Answer]] = field(default_factory=dict)
    _queue: Queue[Hashable] = field(default_factory=Queue)
    _orders: dict[Hashable, list[_Order]] = field(default_factory=dict)
    _maker: threading.Thread | None = None
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(self.at_once)

    def get(self, question: Hashable, make: Callable[[], Answer], version: Hashable = None) -> Answer:
        """Return the answer of *question* at this *version* of the facts, from memory or by *make*."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None and kept.version == version:
                kept.seen = self.clock()
                self._kept.move_to_end(question)
                return kept.answer
            pending = self._making.get((question, version))
            mine = pending is None
            crowded = bool(self._making)
            if pending is None:
                pending = self._making[question, version] = Future()
            if crowded and kept is not None and self.clock() - kept.seen <= self.grace:
                if mine:
                    self._order(question, (version, make, pending))
                return kept.answer
        if mine:
            self._make(question, version, make, pending)
        return pending.result()

    def _order(self, question: Hashable, order: _Order) -> None:
        """Have an answer made in the background; the lock is held."""
        orders = self._orders.setdefault(question, [])
        orders.append(order)
        if len(orders) > 1:
            return  # it waits in line already
        if self._maker is None:  # made here and not before: a worker is forked without its threads
            self._maker = threading.Thread(target=self._work, name="answers", daemon=True)
            self._maker.start()
        self._queue.put(question)

    def _work(self) -> None:
        while True:
            question = self._queue.get()
            with self._lock:
                *late, (version, make, pending) = self._orders.pop(question)
            self._make(question, version, make, pending)
            error = pending.exception()
            if error:
                logger.error("an answer could not be made in the background", exc_info=error)
            for before, _, waiting in late:
                with self._lock:
                    del self._making[question, before]
                if error:
                    waiting.set_exception(error)
                else:
                    waiting.set_result(pending.result())

    def _make(
        self, question: Hashable, version: Hashable, make: Callable[[], Answer], pending: Future[Answer]
    ) -> None:
        try:
            with self._places:
                answer = make()
        except BaseException as error:
            with self._lock:
                del self._making[question, version]
            pending.set_exception(error)
            return
        with self._lock:
            del self._making[question, version]
            self._keep(question, version, answer)
            held = self._bytes
        self.heard(held)
        pending.set_result(answer)
        self.after()

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
