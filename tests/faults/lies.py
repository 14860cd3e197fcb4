"""A publisher for the storm: two files whose truth is known at every instant, and the ways in which it lies."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ingest.errors import BusyError, CutShortError, StalledError, UnreachableError
from ingest.fetch import Validators
from ingest.moments import reading
from ingest.numbers import count
from ingest.reading import cell, csv_rows
from ingest.source import Payload, Record, Request, Source
from tests.faults.stage import Actor, Stage
from tests.ingest.making import record, source

GROWING, EACH = "https://storm.example.org/growing.csv", "https://storm.example.org/now.csv"
DAILY, LEVEL = "bcp_passengers_daily", "bcp_wait_level"
_FIRST = date(2001, 1, 1)
_A_ROW = timedelta(hours=6)
_A_REVISION = timedelta(hours=11)


def parse_growing(payload: Payload) -> Iterator[Record]:
    """Yield a figure a row: the row's number tells its day."""
    for row in csv_rows(payload, expect=("n", "value"), ended=True):
        day = _FIRST + timedelta(days=cell(row, "n", count))
        yield record(start=day, end=day, value=float(cell(row, "value", count)), row=row)


def parse_each(payload: Payload) -> Iterator[Record]:
    """Yield the level of the payload's own instant."""
    for row in csv_rows(payload, expect=("level",), ended=True):
        yield reading(
            payload.fetched_at,
            indicator=LEVEL,
            place="hk_lo_wu",
            value=cell(row, "level", count),
            unit="level",
        )


_often = partial(source, fresh_within=timedelta(hours=1), requests=())
SOURCES: dict[str, Source] = {
    one.id: one
    for one in (
        source(
            id="storm_growing",
            schedule="*/5 * * * *",
            requests=(Request(url=GROWING),),
            parse=parse_growing,
            grows=True,
        ),
        source(
            id="storm_each",
            schedule="2-59/10 * * * *",
            requests=(Request(url=EACH),),
            parse=parse_each,
            makes_good="all",
            snapshots=True,
            feeds={LEVEL: ("hk_lo_wu",)},
        ),
    )
}


class Publisher:
    """Holds what has been published, each value with whatever was ever true of its row."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ever: dict[date, set[float]] = defaultdict(set)

    def rows(self, at: datetime) -> dict[date, int]:
        """Return the truth of the growing file at an instant: a row every six hours, the newest ones revised."""
        age = at - self.stage.start
        newest = 3 + age // _A_ROW
        revised = age // _A_REVISION
        rows = {n: 1000 + 7 * n + (revised if n >= newest - 4 else _settled(n)) for n in range(newest + 1)}
        for n, value in rows.items():
            self.ever[_FIRST + timedelta(days=n)].add(float(value))
        return {_FIRST + timedelta(days=n): value for n, value in rows.items()}

    def file(self, url: str, at: datetime) -> bytes:
        """Return the true bytes at an instant."""
        if url == EACH:
            return f"level\n{at.minute % 3}\n".encode()
        lines = (f"{(day - _FIRST).days},{value}\n" for day, value in self.rows(at).items())
        return ("n,value\n" + "".join(lines)).encode()


def _settled(n: int) -> int:
    # what the revision was when the row was among the newest four for the last time
    return (max(0, n + 5 - 3) * _A_ROW - timedelta(microseconds=1)) // _A_REVISION


class Net:
    """Fetches for one actor, mostly the truth; in a calm nothing else."""

    mirror = None

    def __init__(self, actor: Actor, publisher: Publisher) -> None:
        self.actor, self.publisher = actor, publisher

    def __call__(self, request: Request, *, seen: Validators | None = None, **_more: str) -> Payload | None:
        stage = self.actor.stage
        self.actor.point()
        content = self.publisher.file(request.url, stage.now)
        if not stage.calm:
            if stage.chance.random() < 0.05:
                self.actor.rest(stage.chance.choice((5, 25, 70)))
            if stage.chance.random() < 0.15:
                stage.happened["lies"] += 1
                content = self._lie(content, request)
        tag = hashlib.sha256(content).hexdigest()[:12]
        if seen is not None and seen.etag == tag:
            return None
        return Payload(content=content, url=request.url, etag=tag, fetched_at=self.actor.clock())

    def _lie(self, content: bytes, request: Request) -> bytes:
        chance = self.actor.stage.chance
        if chance.random() < 0.4:
            raise chance.choice(
                (
                    UnreachableError("nobody there"),
                    StalledError("no answer in time"),
                    BusyError("HTTP 503", 30.0),
                    CutShortError("broke off"),
                )
            )
        before = self.actor.stage.now - timedelta(hours=chance.randrange(30))
        return chance.choice(
            (
                b"<!doctype html><title>Sign in</title>",
                content[: chance.randrange(1, len(content))],
                chance.randbytes(200),
                content.replace(b"value", b"figure").replace(b"level", b"grade"),
                self.publisher.file(request.url, before),
            )
        )
