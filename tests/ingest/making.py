"""Payloads and records made for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingest.pipeline import run
from ingest.report import RunReport
from ingest.source import Payload, Record, Request, Source
from ingest.tools import Tools

NOON = datetime(2025, 5, 15, 4, 0, tzinfo=UTC)
HEADER = "Date,Control Point,Arrival / Departure,Hong Kong Residents,Mainland Visitors,Other Visitors,Total,"


def payload(content: bytes | str, at: datetime = NOON, **more: Any) -> Payload:
    """Return a payload of these bytes, fetched at *at*."""
    if isinstance(content, str):
        content = content.encode()
    return Payload(content=content, url="https://example.org/file", fetched_at=at, **more)


def immigration_file(lines: list[str], header: str = HEADER) -> bytes:
    """Return a file in the form of the daily crossings: mark of order, CR LF, trailing commas."""
    return ("\ufeff" + "".join(f"{line}\r\n" for line in (header, *lines))).encode()


def crossing_days(
    days: int, points: tuple[str, ...] = ("Lo Wu", "Airport"), start: date = date(2025, 1, 1)
) -> list[str]:
    """Return the lines of *days* days: every point, both directions, parts that add up."""
    lines = []
    for number in range(days):
        when = (start + timedelta(days=number)).strftime("%d-%m-%Y")
        for place, point in enumerate(points):
            for way, direction in enumerate(("Arrival", "Departure")):
                parts = (1000 + number + place, 500 + way, 7)
                lines.append(f"{when},{point},{direction},{','.join(map(str, parts))},{sum(parts)},")
    return lines


def record(**more: Any) -> Record:
    """Return one figure of Lo Wu, changed as *more* says."""
    facts: dict[str, Any] = {
        "indicator": "bcp_passengers_daily",
        "place": "hk_lo_wu",
        "breakdown": "direction=arrival;group=other_visitors",
        "start": date(2025, 5, 1),
        "end": date(2025, 5, 1),
        "span": "day",
        "value": 100.0,
        "unit": "person-trips/day",
    }
    return Record(**(facts | more))


def source(**more: Any) -> Source:
    """Return a source that feeds the daily crossings, changed as *more* says."""
    facts: dict[str, Any] = {
        "id": "made_up",
        "title": {"en": "Made up", "zh-Hant": "虛構", "zh-Hans": "虚构"},
        "publisher": "immd",
        "page_url": "https://example.org/",
        "licence": "data_gov_hk",
        "schedule": "30 8 * * *",
        "requests": (Request(url="https://example.org/file.csv"),),
        "parse": lambda _payload: iter(()),
        "feeds": {"bcp_passengers_daily": ("hk_lo_wu", "hk_airport")},
        "fresh_within": timedelta(days=2),
        "lag_days": 1,
    }
    return Source(**(facts | more))


def arrives(of: Source, given: Payload, tools: Tools) -> RunReport:
    """Run a source of one request by hand when its publisher answers with *given*, and return what the run did."""
    return run(of, replace(tools, clock=lambda: given.fetched_at, fetch=lambda *_args, **_more: given))
