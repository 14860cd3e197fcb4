"""One run's page in the ledger: opened, told stage by stage, and closed once, whatever happens."""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from ingest.difference import Difference
from ingest.errors import IngestError, NotConfiguredError, ShapeError
from ingest.holder import this_process
from ingest.lease import Held, held
from ingest.lines import Line, kept, line_of
from ingest.past import REACHES, newest_count, newest_reach
from ingest.report import RunReport
from ingest.source import Payload, Record, Source
from ingest.tools import Tools
from metrics.journal import within
from metrics.warehouse.entries import PayloadEntry, Suspect
from metrics.warehouse.ledger import EFFECTS
from metrics.warehouse.loading import Loading

log = logging.getLogger("ingest")
_WAIT = {"schedule": 0.0}  # the rest wait for a run of the same source that is under way
_PATIENCE = 60.0
SAME_BYTES = Line("unchanged: these bytes were loaded before", "same_bytes")
NOT_MODIFIED = Line("unchanged: the publisher says that nothing is new", "not_modified")


def lease_name(source_id: str) -> str:
    """Return the name of the lease that whoever runs this source holds."""
    return f"source {source_id}"


class Entry:
    """Hold the run's number, stage, counts and what was said."""

    def __init__(self, source: Source, tools: Tools, trigger: str) -> None:
        self.source = source
        self.tools = tools
        self.trigger = trigger
        self.run_id = ""
        self.stage = "fetch"
        self.counts: Counter[str] = Counter()
        self.said: list[Line] = []
        self.lease: Held | None = None
        self.status = ""
        self.detail: dict[str, Any] = {}
        self._journal = ExitStack()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Let each line that is written meanwhile say its source, and its run as soon as there is one."""
        with within(source=self.source.id), self._journal:
            yield

    @contextmanager
    def held(self) -> Iterator[Held]:
        """Hold the source's lease meanwhile, so that nobody else runs it."""
        name = lease_name(self.source.id)
        me = this_process(f"{self.trigger} {secrets.token_hex(3)}")
        with held(self.tools.warehouse, name, me, wait=_WAIT.get(self.trigger, _PATIENCE)) as self.lease:
            yield self.lease

    def open(self, logical_time: datetime | str) -> None:
        """Write the run's beginning into the ledger, unless it is there; raises AlreadyRun."""
        if not self.run_id:
            token = self.lease.fence.token if self.lease else None
            self.run_id = self.tools.warehouse.open_run(
                self.source.id, trigger=self.trigger, logical_time=logical_time, token=token
            )
            self._journal.enter_context(within(run=self.run_id))

    def reach(self, stage: str) -> None:
        """Say which stage the run has reached."""
        self.stage = stage
        self.tools.step(self.source.id, stage)
        if self.run_id:
            self.tools.warehouse.start_stage(self.run_id, stage)

    def note(self, line: Line) -> None:
        """Add to what is said of the run, once."""
        if line not in self.said:
            self.said.append(line)

    def let_be(self, words: str) -> None:
        """Keep with the run which columns its readers let be, and say it where they were not there before."""
        self.detail.setdefault("let_be", []).append(words)
        runs = self.tools.warehouse.runs(self.source.id, triggers=("schedule", "hand"))
        earlier = [run for run in runs if run.status in EFFECTS]
        if earlier and not any(words in run.detail.get("let_be", ()) for run in earlier):
            self.note(Line(words, "columns", names=words.partition(": ")[2]))

    def tell(self, found: Difference | None) -> None:
        """Keep with the run what it changes; say what its source no longer holds."""
        if found is None:
            return
        self.detail |= found.detail()
        if found.gone:
            first = found.examples["gone"][0]
            words = (
                f"{found.gone} no longer in the file, the first {first.indicator} {first.place} {first.end}"
            )
            where = {"indicator": first.indicator, "place": first.place, "day": first.end}
            self.note(Line(f"{words}: they stay stored", "gone", n=found.gone, **where))

    def reaches(self, records: Sequence[Record]) -> None:
        """Keep with the run the last day of which its payloads tell a figure, news or not: so far its data go."""
        days = [record.end.isoformat() for record in records if record.at is None]
        self.detail[REACHES] = max([*days, self.detail.get(REACHES, "")])

    def refuse(self, error: IngestError, payload: Payload | None = None) -> None:
        """Count a payload of which nothing is loaded; what stood in it is kept for people to see."""
        self.counts["failed"] += 1
        self.said.append(line_of(error))
        if payload is None or not self.run_id:
            return
        self.tools.warehouse.record_payload(self.entry_of(payload))
        self.tools.warehouse.run_payload(
            self.run_id, payload.url, sha256=payload.sha256, etag=payload.etag, read_to_end=False
        )
        raw = {"row": error.row, "raw": error.raw[:2000]} if isinstance(error, ShapeError) else {}
        suspect = Suspect(
            source_id=self.source.id,
            rule=f"payload refused in {error.stage}",
            said=str(error),
            row={"payload": payload.sha256, **raw},
            payload_sha256=payload.sha256,
        )
        self.tools.warehouse.quarantine([suspect], self.run_id)

    def entry_of(self, payload: Payload) -> PayloadEntry:
        """Return how a payload is written into the books."""
        return PayloadEntry(
            sha256=payload.sha256,
            url=payload.url,
            media_type=payload.media_type,
            size=len(payload.content),
            stored_as=self.tools.archive.stored_as(payload.sha256),
        )

    def fail(self, error: Exception) -> None:
        """Close the run as failed; the message is one line."""
        stage = error.stage if isinstance(error, IngestError) else self.stage
        known = isinstance(error, IngestError)
        if not known:
            log.error("%s failed in %s", self.source.id, stage, exc_info=error)
        for name in ("new", "unchanged", "quarantined"):  # what was not stored does not count
            del self.counts[name]
        self.status = "not_configured" if isinstance(error, NotConfiguredError) else "failed"
        if self.status == "failed":
            self.counts["failed"] = max(self.counts["failed"], 1)
        self.note(line_of(error, stage))
        try:
            self.open(self.tools.clock())
            self.tools.warehouse.end_run(
                self.run_id,
                self.status,
                self._numbers(),
                stage=stage,
                error=self.message,
                detail=kept(self.said),
            )
        except Exception as trouble:
            words = f"the ledger could not be written ({type(trouble).__name__}: {trouble})"
            self.said.append(Line(words, "ledger"))
            log.warning(
                "%s: the end of run %s could not be written: %s", self.source.id, self.run_id, trouble
            )

    @property
    def message(self) -> str:
        """What was said, in one line."""
        return " ".join("; ".join(self.said).split())

    def close(self, tx: Loading, *, came: bool) -> None:
        """Close the run inside its loading: what it stored and its end are one."""
        if not came and self.counts["failed"]:
            self.status = "failed"
        elif self.counts["failed"] or self.counts["quarantined"]:
            self.status = "partial"
        else:
            self.status = "loaded" if self.counts["new"] else "unchanged"
        if not came and not self.counts["failed"]:
            self.as_before(NOT_MODIFIED)
        told = self.detail | kept(self.said)
        tx.end_run(self.status, self._numbers(), stage=self.stage, error=self.message, detail=told)

    def as_before(self, said: Line) -> None:
        """Count what the payload held when it was loaded, once however many payloads are as before."""
        figures = newest_count(self.source, self.tools)
        self.counts |= {"read": newest_count(self.source, self.tools, "read")}
        self.counts |= {"figures": figures, "unchanged": figures}
        if REACHES not in self.detail:
            self.detail[REACHES] = newest_reach(self.source, self.tools)
        self.note(said)

    def stand_back(self, error: Exception) -> None:
        """Leave the work to whoever does it."""
        self.status = "busy"
        self.said.append(Line(str(error), "busy_here"))

    def _numbers(self) -> dict[str, int]:
        return {name: number for name, number in self.counts.items() if number}

    def report(self) -> RunReport:
        """Return what the run did."""
        return RunReport(
            source_id=self.source.id,
            status=self.status,
            read=self.counts["read"],
            figures=self.counts["figures"],
            new=self.counts["new"],
            unchanged=self.counts["unchanged"],
            quarantined=self.counts["quarantined"],
            failed=self.counts["failed"],
            message=self.message,
            run_id=self.run_id,
        )
