"""Whole-page answers: kept ones beside a bare route that serves the same bytes, and first ones."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from flask import Flask, Response

from benchmarks.claim import Claim, Result, Setting, clock, share
from dashboards.opened import Desks, open_desk
from dashboards.server import create_app
from geo.boundaries import boundaries
from ingest.commands import load_opening
from ingest.fetch import Fetcher
from ingest.tools import tools_for
from metrics.indicators import catalogue
from metrics.warehouse.warehouse import open_warehouse

PAGES = ("/", "/work-items/1", "/services", "/connectivity", "/transport")
ROUNDS = 1_500
SHARE = 0.70
FIRST = 150
FRESH = (
    "shenzhen",
    "guangzhou",
    "zhuhai",
    "huizhou",
    "dongguan",
    "zhongshan",
    "jiangmen",
    "zhaoqing",
    "hong_kong",
)


def measure(setting: Setting) -> Iterator[Result]:
    """Load the opening figures, ask every page first, then one page again and again."""
    warehouse = open_warehouse(f"sqlite:///{setting.folder}/pages.db")
    warehouse.migrate()
    fetch = Fetcher(contact="", mirror=setting.folder)
    archive = setting.folder / "archive"
    load_opening(tools_for(warehouse, archive=archive, fetch=fetch, meanings=catalogue().by_id, keys={}))
    desks = Desks(open_desk(warehouse, boundaries(setting.folder / "boundaries"), titles={}, health=tuple))
    client = create_app(desks).test_client()
    firsts: list[float] = []
    client.get("/_page?path=/&lang=en")  # what every process learns once is no page's cost
    for path in PAGES:
        with clock(firsts):
            answer = client.get(f"/_page?path={path}&lang=zh-Hant")
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    yield from _kept(client, bare_client(client), setting)
    yield from _filtered(client, setting)
    yield Result(
        where="sqlite",
        what=f"first answer of a page nobody has asked yet, {len(firsts)} pages, median",
        measured=share(firsts, 0.5) * 1000,
        unit="ms",
    )
    warehouse.close()


def _filtered(client: object, setting: Setting) -> Iterator[Result]:
    """Ask known pages with filters that nobody has asked with yet: what looks at the filter is made, no more."""
    for city in ("macao", "foshan"):  # a panel is kept from the second time on
        for path in PAGES:
            client.get(f"/_page?path={path}&lang=en&places={city}")  # type: ignore[attr-defined]
    rates = []
    for path in PAGES:
        start = perf_counter()
        for city in FRESH:
            client.get(f"/_page?path={path}&lang=en&places={city}")  # type: ignore[attr-defined]
        rates.append(len(FRESH) / (perf_counter() - start))
    middle = share(rates, 0.5)
    yield Result(
        where="sqlite",
        what=f"first viewer of a filter on a known page, median of {len(PAGES)} pages",
        measured=middle,
        unit="answers a second and worker",
        budget=f">= {FIRST}",
        within=middle >= FIRST if setting.judged else None,
        yardstick="the slowest page, which sums daily passengers anew",
        yardstick_measured=min(rates),
    )


def bare_client(client: object) -> object:
    """Return a client of an application that does nothing but serve the bytes of the overview."""
    body = client.get("/_page?path=/&lang=en").get_data()  # type: ignore[attr-defined]
    bare = Flask("bare")
    bare.add_url_rule("/_page", "page", lambda: Response(body, content_type="application/json"))
    return bare.test_client()


def _kept(client: object, bare: object, setting: Setting) -> Iterator[Result]:
    rounds = setting.size(ROUNDS * 50) // 50
    rates: dict[str, list[float]] = {"kept": [], "bare": []}
    for _ in range(5):  # in turns, so that a busy moment of the machine hits both
        for name, asked in (("bare", bare), ("kept", client)):
            start = perf_counter()
            for _round in range(rounds):
                asked.get("/_page?path=/&lang=en")  # type: ignore[attr-defined]
            rates[name].append(rounds / (perf_counter() - start))
    kept, plain = share(rates["kept"], 0.5), share(rates["bare"], 0.5)
    yield Result(
        where="sqlite",
        what="kept answers of the overview, one thread, in this process",
        measured=kept,
        unit="a second",
        budget=f">= {SHARE:.0%} of a bare route",
        within=kept >= SHARE * plain if setting.judged else None,
        yardstick="a bare route serving the same bytes",
        yardstick_measured=plain,
        ratio=kept / plain,
    )


CLAIM = Claim(
    id="page_answers",
    what="A page is made once for all who ask the same; the next viewer costs a look-up",
    measure=measure,
)
