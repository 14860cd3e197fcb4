"""Two hundred people looking at once, on two workers, over ten million observations, while loads come in."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx

from benchmarks._served import served
from benchmarks.claim import Claim, Result, Setting, share
from benchmarks.rows import batches, series_of
from metrics.warehouse.values import Observation, end_of_day
from metrics.warehouse.warehouse import Warehouse, open_warehouse

VIEWERS, SECONDS, ROWS, SERIES = 200, 120, 10_000_000, 400
THINKING = 5.0  # seconds a person looks at a page on average before asking for the next
LOAD_EVERY = 30.0  # seconds between two loads that bring news and change every page's stamp
BUDGET_MS = 500.0
PATHS = (
    "/",
    "/work-items",
    "/work-items/1",
    "/work-items/3",
    "/services",
    "/connectivity",
    "/transport",
    "/data-flow",
)
LANGUAGES = ("en", "zh-Hant", "zh-Hans")


@dataclass
class Seen:
    """What the viewers met: seconds of good answers, what went wrong, the stamp-free sizes of memory."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    loads: int = 0


def measure(setting: Setting) -> Iterator[Result]:
    """Fill a warehouse, serve it, let everybody look while loads come in."""
    if "sqlite" not in setting.urls:
        return
    url = setting.urls["sqlite"]
    _filled(url, setting)
    with served(url, setting.folder / "var") as (home, pid, _):
        warehouse = open_warehouse(url)
        _warm(home)
        seen = Seen()
        before = _pages_made(home)
        over = threading.Event()
        loader = threading.Thread(target=_load, args=(warehouse, seen, over))
        watcher = threading.Thread(target=_watch, args=(pid, seen, over))
        for thread in (loader, watcher):
            thread.start()
        seconds = setting.minutes * 60 if setting.minutes else SECONDS if setting.judged else 15
        try:
            asyncio.run(_everybody(home, seconds, seen))
        finally:
            over.set()
            for thread in (loader, watcher):
                thread.join()
        made = _pages_made(home) - before
        warehouse.close()
    yield from _results(setting, seen, made)


def _filled(url: str, setting: Setting) -> None:
    """Fill the warehouse *url* with figures that no page shows."""
    warehouse = open_warehouse(url)
    warehouse.migrate()
    for batch in batches(series_of(SERIES), setting.size(ROWS)):
        warehouse.load(batch, run_id="bench")
    warehouse.close()


def _warm(home: str) -> None:
    """Look at every page once with nobody else there; each worker has made some of them when the crowd comes."""
    with httpx.Client(base_url=home, timeout=60) as client:
        for _ in range(2):
            for path in PATHS:
                for lang in LANGUAGES:
                    client.get(f"/_page?path={path}&lang={lang}", headers={"Connection": "close"})


async def _everybody(home: str, seconds: float, seen: Seen) -> None:
    until = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=VIEWERS, max_keepalive_connections=VIEWERS)
    async with httpx.AsyncClient(base_url=home, timeout=30, limits=limits) as client:
        await asyncio.gather(*(_viewer(client, number, until, seen) for number in range(VIEWERS)))


async def _viewer(client: httpx.AsyncClient, number: int, until: float, seen: Seen) -> None:
    """Look at one page after another, as a person does: a language of one's own, time to read."""
    choose = random.Random(number)
    lang = LANGUAGES[number % 3]
    await asyncio.sleep(choose.uniform(0, THINKING))
    while time.monotonic() < until:
        address = f"/_page?path={choose.choice(PATHS)}&lang={lang}"
        start = time.perf_counter()
        try:
            answer = await client.get(address, headers={"Accept-Encoding": "gzip"})
            if answer.status_code != 200:
                seen.wrong.append(f"{address}: {answer.status_code}")
        except httpx.HTTPError as error:
            seen.wrong.append(f"{address}: {type(error).__name__}")
        seen.times.append(time.perf_counter() - start)
        await asyncio.sleep(choose.expovariate(1 / THINKING))


def _load(warehouse: Warehouse, seen: Seen, over: threading.Event) -> None:
    """Bring a batch of news every now and then."""
    series = series_of(SERIES, indicator="news")
    while not over.wait(LOAD_EVERY):
        seen.loads += 1
        day = _day(seen.loads)
        news = [
            Observation(
                series=one, period_start=day, period_end=day, known_at=end_of_day(day), value=float(seen.loads),
                source_id="bench",
            )
            for one in series
        ]  # fmt: skip
        warehouse.append(news, run_id=f"news {seen.loads}")


def _day(number: int) -> date:
    return date(2020, 1, 1) + timedelta(days=number)


def _watch(pid: int, seen: Seen, over: threading.Event) -> None:
    """Write down every second what the larger worker takes of memory in MB, without pages of files it maps."""
    while not over.wait(1.0):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        sizes = [_resident(child) for child in children]
        if sizes:
            seen.memory.append(max(sizes))


def _resident(pid: str) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("RssAnon")), "RssAnon: 0 kB")
    return int(line.split()[1]) / 1024


def _pages_made(home: str) -> float:
    """Return how many whole-page answers the workers have made so far."""
    said = httpx.get(f"{home}/metrics").text
    found = [line for line in said.splitlines() if line.startswith("gba_answers_made_total")]
    return sum(float(line.split()[-1]) for line in found)


def _results(setting: Setting, seen: Seen, made: float) -> Iterator[Result]:
    p95, median = share(seen.times, 0.95) * 1000, share(seen.times, 0.5) * 1000
    judged = setting.judged
    what = (
        f"{VIEWERS} viewers on 2 workers, {setting.size(ROWS):,} observations, {seen.loads} loads meanwhile"
    )
    yield Result(
        where="sqlite", what=f"{what}: answers that failed, of {len(seen.times):,}", measured=float(len(seen.wrong)),
        unit="", budget="0", within=not seen.wrong if judged else None,
    )  # fmt: skip
    yield Result(
        where="sqlite", what="the same: seconds until the whole page was there, p95", measured=p95, unit="ms",
        budget=f"<= {BUDGET_MS:g} ms", within=p95 <= BUDGET_MS if judged else None,
        yardstick="median", yardstick_measured=median, ratio=p95 / median,
    )  # fmt: skip
    views = len(PATHS) * len(LANGUAGES)
    per_load = made / max(seen.loads + 1, 1) / 2
    yield Result(
        where="sqlite", what=f"the same: pages made per load and worker, of {views} distinct views", measured=per_load,
        unit="pages", budget=f"<= {views}", within=per_load <= views if judged else None,
    )  # fmt: skip
    quarter = max(len(seen.memory) // 4, 1)
    grown = max(seen.memory[-quarter:]) - max(seen.memory[quarter : 2 * quarter] or seen.memory)
    yield Result(
        where="sqlite", what=f"the same: a worker's memory after {len(seen.memory) / 60:.0f} minutes",
        measured=seen.memory[-1], unit="MB", budget="<= 250 MB",
        within=seen.memory[-1] <= 250 if judged else None,
        yardstick="growth since the second quarter", yardstick_measured=grown, ratio=grown / seen.memory[-1],
    )  # fmt: skip


CLAIM = Claim(
    id="viewers",
    what="Two hundred viewers are answered at once while loads come in; a load costs one making per view",
    measure=measure,
)
