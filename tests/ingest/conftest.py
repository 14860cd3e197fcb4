"""What a run works with, over a mirror folder and a clock that the test sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.fetch import Fetcher
from ingest.source import Source
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.ingest.making import crossing_days, immigration_file


@dataclass
class Clock:
    """Holds the instant that it tells."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Go on, or back, and return the new instant."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2025, 5, 15, 4, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    warehouse.migrate()
    yield warehouse
    warehouse.close()


@pytest.fixture
def tools(tmp_path: Path, store: Warehouse, clock: Clock) -> Tools:
    (tmp_path / "mirror").mkdir()
    return Tools(
        warehouse=store,
        fetch=Fetcher(contact="", mirror=tmp_path / "mirror", clock=clock),
        archive=Archive(tmp_path / "archive"),
        meanings=catalogue().by_id,
        clock=clock,
    )


@dataclass
class Publisher:
    """Holds the file that the Immigration Department publishes in this test."""

    tools: Tools
    source: Source = SOURCE

    @property
    def file(self) -> Path:
        return self.tools.fetch.mirror / self.source.requests[0].url.removeprefix("https://")

    def says(self, content: bytes | list[str]) -> None:
        """Publish these bytes, or these lines in the usual form."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(immigration_file(content) if isinstance(content, list) else content)

    def says_days(self, days: int) -> None:
        """Publish that many sound days."""
        self.says(crossing_days(days))


@pytest.fixture
def publisher(tools: Tools) -> Publisher:
    made = Publisher(tools)
    made.says_days(3)
    return made
