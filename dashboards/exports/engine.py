"""The image engine: one queue, one Chromium behind it, started on the first picture and healed when it dies."""

from __future__ import annotations

import asyncio
import atexit
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from choreographer.errors import DevtoolsProtocolError
from kaleido.errors import JavascriptError, KaleidoError

from dashboards.exports.chromium import Browser, Canvas, browser_path, started
from dashboards.exports.seats import Seats

logger = logging.getLogger(__name__)

MOST_CHROMIUMS = 2
"""How many Chromiums the processes of one machine run at a time; each takes about 400 MB."""

_REFUSED = (JavascriptError, KaleidoError, DevtoolsProtocolError)


class ImageError(RuntimeError):
    """Says why there is no picture; *reason* is a term key."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long, in seconds, and how often: *start* and *draw* one try, *wait* for everything, *idle* before rest."""

    start: float = 20.0
    draw: float = 15.0
    wait: float = 120.0
    idle: float = 180.0
    tries: int = 3


@dataclass(frozen=True, kw_only=True)
class _Job:
    figure: Mapping[str, Any]
    canvas: Canvas
    answer: Future[bytes]


class Engine:
    """Draw pictures of charts, one after the other; safe to call from many threads.

    *folder* is where the processes of one machine agree on how many Chromiums there are; without it each has its
    own. Chromium rests after a while without work, at once when another process waits for its seat.
    """

    def __init__(
        self, folder: Path | None = None, *, limits: Limits | None = None, path: str | None = None
    ) -> None:
        self._path = path or browser_path()
        self._limits = limits or Limits()
        self._seats = Seats(folder, MOST_CHROMIUMS) if folder else None
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._jobs: asyncio.Queue[_Job | None] | None = None
        self._browser: Browser | None = None

    @property
    def able(self) -> bool:
        """Say whether there is a Chromium on this machine."""
        return self._path is not None

    @property
    def pid(self) -> int | None:
        """Return the process of the running Chromium; None while it rests."""
        return self._browser.pid if self._browser else None

    def draw(self, figure: Mapping[str, Any], canvas: Canvas) -> bytes:
        """Return *figure* (plain values) as PNG or SVG bytes; raise ImageError saying why not."""
        if self._path is None:
            raise ImageError("picture.no_chromium", "pictures need Chromium: install the package chromium")
        job = _Job(figure=figure, canvas=canvas, answer=Future())
        with self._guard:
            self._running()
            self._put(job)
        try:
            return job.answer.result(self._limits.wait)
        except NotInTime as error:
            job.answer.cancel()
            raise ImageError("picture.image_late", f"no picture within {self._limits.wait:g} s") from error

    def close(self) -> None:
        """End the queue and Chromium; the next picture starts both anew."""
        with self._guard:
            thread, self._thread = self._thread, None
            if thread is None or not thread.is_alive():
                return
            self._put(None)
            thread.join(self._limits.draw + self._limits.start)
            atexit.unregister(self.close)

    def _put(self, job: _Job | None) -> None:
        if self._loop is None or self._jobs is None:
            raise RuntimeError("the image engine is not running")
        self._loop.call_soon_threadsafe(self._jobs.put_nowait, job)

    def _running(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="images", daemon=True)
        self._thread.start()
        ready.wait()
        atexit.register(self.close)

    def _run(self, ready: threading.Event) -> None:
        async def work() -> None:
            self._loop, self._jobs = asyncio.get_running_loop(), asyncio.Queue()
            ready.set()
            await self._work(self._jobs)

        asyncio.run(work())

    async def _work(self, jobs: asyncio.Queue[_Job | None]) -> None:
        rested = 0.0
        try:
            while True:
                try:
                    job = await asyncio.wait_for(jobs.get(), 1.0)
                except TimeoutError:
                    rested += 1.0
                    if rested >= self._limits.idle or self._is_wanted():
                        await self._rest()
                    continue
                if job is None:
                    return
                rested = 0.0
                await self._answer(job)
                if self._is_wanted():
                    await self._rest()
        finally:
            await self._rest()

    async def _answer(self, job: _Job) -> None:
        if not job.answer.set_running_or_notify_cancel():
            return
        try:
            job.answer.set_result(await self._drawn(job))
        except ImageError as error:
            job.answer.set_exception(error)
        except Exception as error:
            logger.exception("an image failed")
            job.answer.set_exception(
                ImageError("picture.image_failed", f"the picture cannot be drawn: {error}")
            )

    async def _drawn(self, job: _Job) -> bytes:
        for attempt in range(1, self._limits.tries + 1):
            try:
                browser = await self._ready()
                return await browser.draw(job.figure, job.canvas, self._limits.draw)
            except _REFUSED as error:
                raise ImageError("picture.image_failed", f"the chart cannot be drawn: {error}") from error
            except ImageError:
                raise
            except Exception as error:
                logger.warning("image try %d of %d: %s", attempt, self._limits.tries, error)
                await self._rest(keep_seat=attempt < self._limits.tries)
        raise ImageError("picture.image_failed", f"Chromium died {self._limits.tries} times on this picture")

    async def _ready(self) -> Browser:
        if self._browser is None:
            await self._seated()
            room = self._seats.room() if self._seats else None
            self._browser = await started(str(self._path), self._limits.start, room)
        return self._browser

    async def _seated(self) -> None:
        until = asyncio.get_running_loop().time() + self._limits.wait
        while self._seats and not self._seats.take():
            if asyncio.get_running_loop().time() > until:
                self._seats.leave()
                raise ImageError("picture.image_late", "other processes draw; no turn came")
            await asyncio.sleep(0.1)

    def _is_wanted(self) -> bool:
        return self._browser is not None and self._seats is not None and self._seats.wanted()

    async def _rest(self, *, keep_seat: bool = False) -> None:
        browser, self._browser = self._browser, None
        if browser:
            await browser.stop()
        if self._seats and not keep_seat:
            self._seats.leave()


Draw = Callable[[Mapping[str, Any], Canvas], bytes]
