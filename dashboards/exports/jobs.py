"""Long exports: made beside the request that asked for them, watched and cancelled from any web process.

Each job is a folder that all processes of the product share: ``job.json`` says how far it is, ``cancel`` asks it to
stop, ``file`` is there when it is done. A job whose process is gone tells so by its beat.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from dashboards.exports.data_package import Step

LOG = logging.getLogger(__name__)
KEEP_SECONDS = 3600
LOST_SECONDS = 60
MOST_WAITING = 8
_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
OVER = frozenset({"done", "failed", "cancelled", "lost"})
Work = Callable[[IO[bytes], Step], None]


class CancelledError(Exception):
    """Says that whoever asked wants it no more."""


class BusyError(RuntimeError):
    """Says that too many long exports wait already."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A long export: *done* of *all* parts, *what* comes now; *owner* and *audience* say who may have it."""

    job_id: str = ""
    question: str
    name: str
    media_type: str
    owner: str
    audience: str
    status: str = "waiting"
    done: int = 0
    all: int = 0
    what: str = ""
    beat: float = 0.0

    @property
    def over(self) -> bool:
        """Say whether nothing more will happen."""
        return self.status in OVER


class Jobs:
    """Hold the folder of the jobs, and the one thread that makes them in this process, one after the other."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = folder, clock
        self._turn = threading.Semaphore(1)

    def start(self, job: Job, work: Work) -> Job:
        """Begin *work* for *job* and return it; one done for the same owner and question is handed out again.

        Raises BusyError when too many wait already.
        """
        self._tidy()
        held = self._all()
        wanted = (job.question, job.audience, job.owner, "done")
        for one in held:
            if (one.question, one.audience, one.owner, one.status) == wanted:
                return one
        if sum(not one.over for one in held) >= MOST_WAITING:
            raise BusyError("too many long exports wait already: try again in a minute")
        made = replace(job, job_id=secrets.token_urlsafe(16), beat=self._clock())
        (self._folder / made.job_id).mkdir(parents=True)
        self._write(made)
        threading.Thread(target=self._run, args=(made, work), name="export", daemon=True).start()
        return made

    def find(self, job_id: str) -> Job | None:
        """Return the job of that id as it stands; None where there is none, or no more."""
        if not _ID.fullmatch(job_id):
            return None
        try:
            told = json.loads((self._folder / job_id / "job.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        job = Job(**told)
        lost = not job.over and self._clock() - job.beat > LOST_SECONDS
        return replace(job, status="lost") if lost else job

    def cancel(self, job: Job) -> None:
        """Ask *job* to stop; it does so before its next part."""
        (self._folder / job.job_id / "cancel").touch()

    def file(self, job: Job) -> Path:
        """Return where the file of a job that is done lies."""
        return self._folder / job.job_id / "file"

    def _run(self, job: Job, work: Work) -> None:
        stop = threading.Event()
        beating = threading.Thread(target=self._beat, args=(job, stop), daemon=True)
        beating.start()
        with self._turn:
            status = self._made(job, work)
        stop.set()
        beating.join()
        told = self.find(job.job_id)
        if told is not None:
            self._write(replace(told, status=status, beat=self._clock()))

    def _made(self, job: Job, work: Work) -> str:
        """Do *work* and return how it ended; a file half made is taken away."""
        part = self._folder / job.job_id / "file.part"

        def step(done: int, of: int, what: str) -> None:
            if (self._folder / job.job_id / "cancel").exists():
                raise CancelledError
            self._write(replace(job, status="working", done=done, all=of, what=what, beat=self._clock()))

        try:
            with part.open("wb") as out:
                work(out, step)
            part.replace(self.file(job))
        except CancelledError:
            part.unlink(missing_ok=True)
            return "cancelled"
        except Exception:
            LOG.exception("the export %s failed", job.name)
            part.unlink(missing_ok=True)
            return "failed"
        return "done"

    def _beat(self, job: Job, stop: threading.Event) -> None:
        """Say that the process is alive while a part takes long or another job has its turn."""
        while not stop.wait(LOST_SECONDS / 4):
            told = self.find(job.job_id)
            if told is not None and not told.over:
                self._write(replace(told, beat=self._clock()))

    def _write(self, job: Job) -> None:
        place = self._folder / job.job_id / "job.json"
        new = place.with_name(f"job.{threading.get_ident()}.new")
        try:
            new.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
            new.replace(place)
        except FileNotFoundError:  # tidied away: nobody waits for it any more
            return

    def _all(self) -> list[Job]:
        if not self._folder.is_dir():
            return []
        found = (self.find(place.name) for place in self._folder.iterdir())
        return [job for job in found if job is not None]

    def _tidy(self) -> None:
        """Take away jobs that ended an hour ago."""
        for job in self._all():
            if job.over and self._clock() - job.beat > KEEP_SECONDS:
                shutil.rmtree(self._folder / job.job_id, ignore_errors=True)
