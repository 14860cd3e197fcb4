"""What a visitor waits for: the start, the first visit on the wire, a filter changed until the last chart is drawn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks._served import served
from benchmarks.claim import Claim, Result, Setting, share

CHROMIUM = Path("/usr/bin/chromium")
CHANGES = 30
VISITS = 5
SHOWN = (
    "() => document.documentElement.dataset.shown === window.gba.answerAddress()"
    " && !document.documentElement.dataset.drawing"
    " && [...document.querySelectorAll('.chart')].every((c) => c.querySelector('.main-svg'))"
)
FILTERS = ("per=capita", "per=km2", "year=2023", "year=2022", "basis=provincial", "")


@dataclass
class Visit:
    """One first visit: bytes on the wire, requests, milliseconds until everything was shown."""

    sizes: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    shown: float = 0.0


def measure(setting: Setting) -> Iterator[Result]:
    """Start the product twice, then look at it with a real browser; nothing where there is none."""
    if "sqlite" not in setting.urls:
        return
    url, var = setting.urls["sqlite"], setting.folder / "var"
    with served(url, var):
        pass
    with served(url, var) as (home, _, started):
        yield Result(
            where="sqlite",
            what="a second start until the product is ready",
            measured=started,
            unit="s",
            budget="<= 4 s",
            within=started <= 4 if setting.judged else None,
        )
        if CHROMIUM.exists():
            yield from _looked_at(home, setting)


def _looked_at(home: str, setting: Setting) -> Iterator[Result]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for path, most in (("/", 1.0), ("/explore", 1.4)):
            _visit(browser, home + path)  # the server's own first answer is another claim
            visits = sorted((_visit(browser, home + path) for _ in range(VISITS)), key=lambda one: one.shown)
            yield from _weights(visits[VISITS // 2], path, most, setting)
        yield _changes(browser, home, setting)
        browser.close()


def _visit(browser: Any, address: str) -> Visit:
    """Visit *address* for the first time: nothing is kept in the browser."""
    window = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = window.new_page()
    visit = Visit()
    devtools = window.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: visit.sizes.append(int(event["encodedDataLength"])))
    page.on("request", lambda request: visit.asked.append(request.url))
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_function(SHOWN)
    visit.shown = (time.perf_counter() - begun) * 1000
    page.wait_for_timeout(500)
    window.close()
    return visit


def _weights(visit: Visit, path: str, most: float, setting: Setting) -> Iterator[Result]:
    megabytes = sum(visit.sizes) / 1e6
    asked = [address for address in visit.asked if not address.startswith(("data:", "blob:"))]
    judged = setting.judged
    name = f"first visit of {path}"
    yield Result(
        where="sqlite", what=f"{name}, on the wire", measured=megabytes, unit="MB",
        budget=f"<= {most:g} MB", within=megabytes <= most if judged else None,
    )  # fmt: skip
    yield Result(
        where="sqlite", what=f"{name}, requests", measured=float(len(asked)), unit="",
        budget="<= 25", within=len(asked) <= 25 if judged else None,
    )  # fmt: skip
    yield Result(
        where="sqlite", what=f"{name}, until all is shown, median of {VISITS} visits", measured=visit.shown, unit="ms",
        budget="<= 1,000 ms" if path == "/" else "",
        within=visit.shown <= 1000 if judged and path == "/" else None,
    )  # fmt: skip


def _changes(browser: Any, home: str, setting: Setting) -> Result:
    """Change a filter again and again on a page of charts; the answers are kept, as for a second viewer."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    addresses = [f"/connectivity?{one}".rstrip("?") for one in FILTERS]
    for address in addresses:
        page.goto(home + address)
        page.wait_for_function(SHOWN)
    times = []
    for number in range(CHANGES):
        address = addresses[number % len(addresses)]
        begun = time.perf_counter()
        page.evaluate(
            "(to) => { window.history.pushState({y: 0}, '', to);"
            " window.dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }",
            address,
        )
        page.wait_for_function(SHOWN)
        times.append((time.perf_counter() - begun) * 1000)
    page.close()
    p95 = share(times, 0.95)
    return Result(
        where="sqlite",
        what="a filter changed until the last chart of /connectivity is drawn, p95",
        measured=p95,
        unit="ms",
        budget="<= 150 ms",
        within=p95 <= 150 if setting.judged else None,
        yardstick="median",
        yardstick_measured=share(times, 0.5),
        ratio=p95 / share(times, 0.5),
    )


CLAIM = Claim(
    id="browser",
    what="The product is there in seconds, light on the wire, and a filter redraws every chart at once",
    measure=measure,
)
