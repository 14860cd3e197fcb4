"""What readers of the whole product see in a storm: every figure they get tells which version of the file it is of."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from tests.ingest.making import immigration_file

POINTS, DAYS = ("Lo Wu", "Airport"), 12
FIGURES = 3 * 2 * len(POINTS) * DAYS
ANSWER = "/api/v1/observations?indicator=bcp_passengers_daily&limit=10000&from=2025-01-01&to=2025-01-31"
PAGES = ("/_page?path=/&lang=en", "/_page?path=/transport&lang=zh-Hant", "/readyz", "/plain?lang=en")
BASES = (10_000, 5_000, 700)
PACE = 0.08  # a program that asks more than 1,200 times a minute is asked to wait


def version_file(version: int) -> bytes:
    """Return the file of a version: every figure of it tells which one it is."""
    lines = []
    for day in range(1, DAYS + 1):
        for point in POINTS:
            for direction in ("Arrival", "Departure"):
                parts = [base + version for base in BASES]
                lines.append(
                    f"{day:02}-01-2025,{point},{direction},{','.join(map(str, parts))},{sum(parts)},"
                )
    return immigration_file(lines)


def versions(values: list[float]) -> set[int]:
    """Return the versions that figures are of."""
    return {int(value - max(base for base in BASES if base <= value)) for value in values}


@dataclass
class Seen:
    """What readers of one server were told: stamps in their order, versions by stamp, states, what was torn."""

    port: int
    stamps: list[int] = field(default_factory=list)
    by_stamp: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    states: Counter[str] = field(default_factory=Counter)
    torn: list[str] = field(default_factory=list)


def read(seen: Seen, over: threading.Event) -> None:
    """Ask one server, one question after another, until it is *over*."""
    turn = 0
    while not over.is_set():
        turn += 1
        for path in (ANSWER, PAGES[turn % len(PAGES)]):
            try:
                status, body = fetched(seen.port, path)
            except (OSError, HTTPException) as error:
                seen.states[type(error).__name__] += 1
                time.sleep(0.1)
                continue
            seen.states[str(status)] += 1
            if path == ANSWER and status == 200:
                note(seen, json.loads(body))
        time.sleep(PACE)


def fetched(port: int, path: str) -> tuple[int, bytes]:
    """Return the status and the body of one answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def note(seen: Seen, told: dict[str, Any]) -> None:
    """Hold an answer with figures against what it must be: whole, and of one version."""
    found = versions([row["value"] for row in told["data"]])
    if len(found) > 1 or len(told["data"]) not in {0, FIGURES}:
        seen.torn.append(f"stamp {told['stamp']}: versions {sorted(found)}, {len(told['data'])} figures")
    seen.stamps.append(told["stamp"])
    seen.by_stamp[told["stamp"]] |= found
