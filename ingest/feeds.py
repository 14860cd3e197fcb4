"""How the feeds are, told to pages: each source's runs with what was said, changed and kept; and a run asked for.

The pages know none of this room: ``app.py`` hands them this object, and what it returns are plain values. It
never runs a source: it plans a run in the ledger, and the scheduler, another process, takes it up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ingest import rota
from ingest.difference import Difference, difference_of
from ingest.errors import ArchiveError
from ingest.lines import Line, lines_of
from ingest.source import Source
from ingest.tools import Tools
from ingest.watch import LEASE, Health, health_kept
from metrics.warehouse.entries import Run, RunAnswer
from metrics.warehouse.ledger import EFFECTS

ASKED, WAITING, NO_SCHEDULER, UNKNOWN = "asked", "waiting", "no_scheduler", "unknown"
KINDS = frozenset({"csv", "json", "xml", "xlsx", "xls", "txt", "zip", "geojson", "rss", "html"})


@dataclass(frozen=True, kw_only=True)
class RunTold:
    """A run with its *lines*, what it changed (None where it compared nothing) and the *payloads* that came."""

    run: Run
    lines: tuple[Line, ...]
    difference: Difference | None
    payloads: tuple[RunAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class Came:
    """Where a payload came from: its *sources* and the name of its file."""

    sources: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of asking for a run: *state* is asked, waiting (it was already), no_scheduler or unknown."""

    state: str
    run_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Feeds:
    """Holds the tools of a product run and the sources by id."""

    tools: Tools
    known: Mapping[str, Source]
    kept: Callable[..., tuple[Health, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kept", health_kept(self.tools.warehouse, self.known))

    def health(self) -> tuple[Health, ...]:
        """Return how each source is, not older than the last run by more than a moment."""
        return self.kept(fresh=True)

    def mark(self) -> Hashable:
        """Return what differs whenever there is something new to say of the runs or of what is held back."""
        return (*self.tools.warehouse.ledger_mark(), self.tools.warehouse.quarantine_mark(), self.at_work())

    def at_work(self) -> bool:
        """Say whether a scheduler is at work: it holds its lease."""
        lease = self.tools.warehouse.lease(LEASE)
        return lease is not None and lease.expires_at > self.tools.clock()

    def runs(self, source_id: str, limit: int = 20) -> tuple[RunTold, ...]:
        """Return the newest runs of a source, newest first; the next ones by its calendar are left out."""
        store = self.tools.warehouse
        runs = [run for run in store.runs(source_id, limit + 2) if not _is_coming(run)][:limit]
        came: dict[str, list[RunAnswer]] = defaultdict(list)
        for answer in store.answers_of([run.run_id for run in runs]):
            came[answer.run_id].append(answer)
        return tuple(_told(run, came[run.run_id]) for run in runs)

    def lines(self, run: Run) -> tuple[Line, ...]:
        """Return what was said of a run."""
        return tuple(lines_of(run.detail, run.error))

    def run(self, run_id: str) -> RunTold | None:
        """Return one run, or None."""
        found = self.tools.warehouse.run(run_id)
        return _told(found, self.tools.warehouse.answers_of([run_id])) if found else None

    def last_news(self, source_id: str) -> Run | None:
        """Return the newest run of a source that brought a figure not known before, or None."""
        runs = self.tools.warehouse.runs(source_id, 200, statuses=EFFECTS)
        return next((run for run in runs if run.counts.get("new")), None)

    def asked(self) -> tuple[str, ...]:
        """Return the sources whose run was asked for and is not over, or that are being run by hand."""
        store = self.tools.warehouse
        waiting = rota.asked(self.tools)
        begun = [run for run in store.runs(limit=50, triggers=("hand",)) if run.status == "started"]
        return tuple(dict.fromkeys(run.source_id for run in (*waiting, *begun)))

    def ask(self, source_id: str) -> Answer:
        """Plan a run of a source now, which the scheduler takes up within seconds."""
        if source_id not in self.known:
            return Answer(state=UNKNOWN)
        if not self.at_work():
            return Answer(state=NO_SCHEDULER)
        for run in rota.asked(self.tools):
            if run.source_id == source_id:
                return Answer(state=WAITING, run_id=run.run_id)
        store = self.tools.warehouse
        run_id = store.plan_run(source_id, trigger="hand", logical_time=self.tools.clock())
        return Answer(state=ASKED, run_id=run_id)

    def payload(self, sha256: str) -> Came | None:
        """Return where a payload came from, None for one that no run of a source here brought."""
        came = [one for one in self.tools.warehouse.came_from(sha256) if one[0] in self.known]
        if not came:
            return None
        source_id, at, url = came[0]
        kind = urlsplit(url).path.rpartition(".")[2].lower()
        ending = kind if kind in KINDS else "bin"
        name = f"{source_id}-{at:%Y%m%d-%H%M}-{sha256[:8]}.{ending}"
        return Came(sources=tuple(one[0] for one in came), name=name)

    def content(self, sha256: str) -> bytes | None:
        """Return the bytes of a payload, None where the archive keeps them no longer."""
        try:
            return self.tools.archive.read(sha256)
        except ArchiveError:
            return None


def _is_coming(run: Run) -> bool:
    return run.status == "planned" and run.trigger != "hand"


def _told(run: Run, answers: Any) -> RunTold:
    return RunTold(
        run=run,
        lines=tuple(lines_of(run.detail, run.error)),
        difference=difference_of(run),
        payloads=tuple(answers),
    )
