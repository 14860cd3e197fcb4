"""Long exports: made beside the request that asked for them, watched and cancelled from any web process.

Each job is a folder that all processes of the product share: ``job.json`` says how far it is, ``cancel`` asks it to
stop, ``file`` is there when it is done. A job whose process is gone tells so by its beat. An hour after it ended a
job is no more.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from dashboards.exports.data_package import Step
from dashboards.exports.formats import NotMadeError

LOG = logging.getLogger(__name__)
KEEP_SECONDS = 3600
LOST_SECONDS = 60
MOST_WAITING = 8
MOST_EACH = 3
GLANCE_SECONDS = 0.2
_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
OVER = frozenset({"done", "failed", "cancelled", "lost"})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A sentence for whoever asked: a term *key* and its *values*."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a job has to say when it is done: the *remarks* on what its file lacks, more for the audit."""

    remarks: tuple[Remark, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)


Work = Callable[[IO[bytes], Step], Outcome | None]


class CancelledError(Exception):
    """Says that whoever asked wants it no more."""


class BusyError(RuntimeError):
    """Says that too many long exports wait already; *own* that they are all of whoever asked."""

    def __init__(self, said: str, *, own: bool = False) -> None:
        super().__init__(said)
        self.own = own


@dataclass(frozen=True, kw_only=True)
class Job:
    """A long export: *done* of *all* parts, *what* comes now; *owner* and *audience* say who may have it.

    *asker* is the person or the address that asked, of whom only so many may be under way.

    *kind* names the words it is spoken of with, *subject* and *detail* what the audit says of it, *again* is the
    address that offers it. *remarks* say why it failed, or what its file lacks.
    """

    job_id: str = ""
    question: str
    name: str
    media_type: str
    owner: str
    audience: str
    kind: str = "package"
    subject: str = "catalogue"
    detail: Mapping[str, Any] = field(default_factory=dict)
    again: str = "/exports/catalogue"
    remarks: tuple[Remark, ...] = ()
    status: str = "waiting"
    done: int = 0
    all: int = 0
    what: str = ""
    beat: float = 0.0
    asker: str = ""

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

        So is one under way for the same person. Raises BusyError when too many wait already, or too many of the
        same asker, OSError where the folder cannot be written.
        """
        held = self._tidied()
        for one in held:
            if _serves(one, job):
                return one
        waiting = [one for one in held if not one.over]
        if job.asker and sum(one.asker == job.asker for one in waiting) >= MOST_EACH:
            raise BusyError(
                f"{MOST_EACH} exports of yours wait already: try again when one is done", own=True
            )
        if len(waiting) >= MOST_WAITING:
            raise BusyError("too many long exports wait already: try again in a minute")
        made = replace(job, job_id=secrets.token_urlsafe(16), beat=self._clock())
        (self._folder / made.job_id).mkdir(parents=True)
        try:
            self._write(made)
        except OSError:
            shutil.rmtree(self._folder / made.job_id, ignore_errors=True)
            raise
        threading.Thread(target=self._run, args=(made, work), name="export", daemon=True).start()
        return made

    def find(self, job_id: str) -> Job | None:
        """Return the job of that id as it stands; None where there is none, or no more."""
        job = self._read(job_id) if _ID.fullmatch(job_id) else None
        return None if job is None or self._expired(job) else job

    def _read(self, job_id: str) -> Job | None:
        try:
            told = json.loads((self._folder / job_id / "job.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        job = Job(**told | {"remarks": tuple(Remark(**one) for one in told["remarks"])})
        lost = not job.over and self._clock() - job.beat > LOST_SECONDS
        return replace(job, status="lost") if lost else job

    def _expired(self, job: Job) -> bool:
        return job.over and self._clock() - job.beat > KEEP_SECONDS

    def cancel(self, job: Job) -> None:
        """Ask *job* to stop; it does so before its next part."""
        (self._folder / job.job_id / "cancel").touch()

    def stopping(self, job: Job) -> bool:
        """Say whether somebody asked *job* to stop."""
        return (self._folder / job.job_id / "cancel").exists()

    def file(self, job: Job) -> Path:
        """Return where the file of a job that is done lies."""
        return self._folder / job.job_id / "file"

    def _run(self, job: Job, work: Work) -> None:
        stop = threading.Event()
        beating = threading.Thread(target=self._beat, args=(job, stop), daemon=True)
        beating.start()
        ended = self._in_turn(job, work)
        stop.set()
        beating.join()
        told = self.find(job.job_id)
        if told is None:
            return
        detail = {**told.detail, **ended.detail}
        try:
            self._write(
                replace(told, status=ended.status, remarks=ended.remarks, detail=detail, beat=self._clock())
            )
        except OSError:  # it is told as lost when its beat has stopped long enough
            LOG.exception("how the export %s ended cannot be written", job.name)

    def _in_turn(self, job: Job, work: Work) -> Job:
        """Wait for the turn of *job*, unless it is cancelled before; return it as it ended."""
        while not self._turn.acquire(timeout=GLANCE_SECONDS):
            if self.stopping(job):
                return replace(job, status="cancelled")
        try:
            return self._made(job, work)
        finally:
            self._turn.release()

    def _made(self, job: Job, work: Work) -> Job:
        """Do *work* and return *job* as it ended; a file half made is taken away."""
        part = self._folder / job.job_id / "file.part"

        def step(done: int, of: int, what: str) -> None:
            if self.stopping(job):
                raise CancelledError
            self._write(replace(job, status="working", done=done, all=of, what=what, beat=self._clock()))

        try:
            with part.open("wb") as out:
                outcome = work(out, step) or Outcome()
            part.replace(self.file(job))
        except CancelledError:
            return _ended(job, part, "cancelled")
        except NotMadeError as error:
            LOG.warning("the export %s cannot be made: %s", job.name, error)
            return _ended(job, part, "failed", Remark(key=error.reason, values=error.values))
        except OSError as error:
            LOG.exception("the export %s failed", job.name)
            remarks = (Remark(key="package.no_room"),) if error.errno in FULL else ()
            return _ended(job, part, "failed", *remarks)
        except Exception:
            LOG.exception("the export %s failed", job.name)
            return _ended(job, part, "failed")
        return replace(job, status="done", remarks=outcome.remarks, detail=outcome.detail)

    def _beat(self, job: Job, stop: threading.Event) -> None:
        """Say that the process is alive while a part takes long or another job has its turn."""
        while not stop.wait(LOST_SECONDS / 4):
            told = self.find(job.job_id)
            if told is not None and not told.over:
                with contextlib.suppress(OSError):  # the next beat may be written again
                    self._write(replace(told, beat=self._clock()))

    def _write(self, job: Job) -> None:
        place = self._folder / job.job_id / "job.json"
        new = place.with_name(f"job.{threading.get_ident()}.new")
        try:
            new.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
            new.replace(place)
        except FileNotFoundError:  # tidied away: nobody waits for it any more
            return
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def _all(self) -> list[Job]:
        if not self._folder.is_dir():
            return []
        found = (self._read(place.name) for place in self._folder.iterdir())
        return [job for job in found if job is not None]

    def _tidied(self) -> list[Job]:
        """Take away jobs that ended an hour ago; return the others."""
        held = []
        for job in self._all():
            if self._expired(job):
                shutil.rmtree(self._folder / job.job_id, ignore_errors=True)
            else:
                held.append(job)
        return held


def _serves(held: Job, job: Job) -> bool:
    """Say whether *held* answers the question of *job*: it is whole, or this person's and under way."""
    if (held.question, held.audience, held.owner) != (job.question, job.audience, job.owner):
        return False
    return (held.status == "done" and not held.remarks) or (bool(job.owner) and not held.over)


def _ended(job: Job, part: Path, status: str, *remarks: Remark) -> Job:
    part.unlink(missing_ok=True)
    return replace(job, status=status, remarks=remarks)
