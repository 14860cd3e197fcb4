"""What leaves a page: a warm picture, twelve slides, a panel on paper; beside a bare picture of the same engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

from pypdf import PdfReader

from benchmarks.claim import Claim, Result, Setting, clock, share
from dashboards import pages
from dashboards.briefings import briefing
from dashboards.briefings.packs import paper
from dashboards.briefings.packs.values import pack
from dashboards.desk import Desk, Filters
from dashboards.exports.chart_pdf import pdf
from dashboards.exports.chromium import Canvas
from dashboards.exports.drawing import Drawing, drawing
from dashboards.exports.images import png
from dashboards.exports.slides import Slide, deck
from dashboards.exports.telling import Telling, has_table, tell
from dashboards.opened import open_desk
from dashboards.panel import discover, panels_of
from geo.boundaries import boundaries
from ingest.commands import load_opening
from ingest.fetch import Fetcher
from ingest.tools import tools_for
from metrics.asof import now_as_of
from metrics.indicators import catalogue
from metrics.warehouse.warehouse import open_warehouse

SLIDES = 12
BARE = {"data": [{"type": "bar", "x": [1], "y": [1]}], "layout": {"template": {}}}


def measure(setting: Setting) -> Iterator[Result]:
    """Load the opening figures, then draw, typeset and put on slides what the pages show."""
    warehouse = open_warehouse(f"sqlite:///{setting.folder}/exports.db")
    warehouse.migrate()
    tools = tools_for(
        warehouse,
        archive=setting.folder / "archive",
        fetch=Fetcher(contact="", mirror=setting.folder),
        meanings=catalogue().by_id,
        keys={},
    )
    load_opening(tools)
    desk = open_desk(warehouse, boundaries(setting.folder / "boundaries"), titles={}, health=tuple)
    draws = drawing(desk, setting.folder / "images")
    charts = list(drawn(desk, draws))
    rounds = max(setting.size(10), 1)
    yield _slides(draws, charts, rounds, judged=setting.judged)
    if draws.engine.able:
        yield from _pictures(draws, charts, rounds, judged=setting.judged)
        yield _document(draws, judged=setting.judged)
    draws.engine.close()
    warehouse.close()


def drawn(desk: Desk, draws: Drawing) -> Iterator[Telling]:
    """Yield the panels that show a chart, in English."""
    filters = Filters(lang="en", as_of=now_as_of(desk.clock()))
    for page in discover(pages):
        if "<" in page.path:
            continue
        for panel in panels_of(page, desk, filters):
            if panel.figure and has_table(panel, panel.query(desk, filters)):
                told = tell(page, panel, desk, filters, shapes=draws.shapes)
                if told.figure:
                    yield told


def _slides(draws: Drawing, charts: list[Telling], rounds: int, *, judged: bool) -> Result:
    slides = [Slide(telling=told) for told in charts[:SLIDES]]
    times = _timed(lambda: deck(slides, draws.desk.words["en"], draws.style), rounds)
    return Result(
        where="sqlite",
        what=f"a deck of {len(slides)} slides, native charts, median",
        measured=share(times, 0.5),
        unit="s",
        budget="<= 1 s",
        within=share(times, 0.5) <= 1 if judged else None,
    )


def _pictures(draws: Drawing, charts: list[Telling], rounds: int, *, judged: bool) -> Iterator[Result]:
    style, draw = draws.style("en"), draws.engine.draw
    bare = _timed(lambda: draw(BARE, Canvas(width=840, height=500, scale=2)), rounds + 1)[1:]
    made = [time for told in charts for time in _timed(lambda t=told: png(t, style, draw), 1)]
    yield Result(
        where="sqlite",
        what=f"a PNG with the engine warm, {len(charts)} charts at twice the dots, median",
        measured=share(made, 0.5),
        unit="s",
        budget="<= 0.3 s",
        within=share(made, 0.5) <= 0.3 if judged else None,
        yardstick="a bare chart of one bar by the same engine",
        yardstick_measured=share(bare, 0.5),
        ratio=share(made, 0.5) / share(bare, 0.5),
    )
    paper = [time for told in charts[:6] for time in _timed(lambda t=told: pdf(t, style, draw), 1)]
    yield Result(
        where="sqlite",
        what="a panel as PDF with its chart and its table, median",
        measured=share(paper, 0.5),
        unit="s",
    )


def _document(draws: Drawing, *, judged: bool) -> Result:
    """Return how long the briefing of the second meeting takes to typeset, its charts drawn anew each time."""
    found = briefing("egscc_2", draws.desk)
    if found is None:
        raise LookupError("no briefing of the second meeting: are the opening figures loaded?")
    made = pack(found, draws.desk, draws.shapes, draws.style)
    times = _timed(lambda: paper.pdf(made, draws.engine.draw), 2)
    pages = len(PdfReader(BytesIO(paper.pdf(made, draws.engine.draw))).pages)
    return Result(
        where="sqlite",
        what=f"a briefing on paper, {pages} pages with charts, tables and contents, median",
        measured=share(times, 0.5),
        unit="s",
        budget="<= 3 s for 20 pages",
        within=share(times, 0.5) <= 3 * max(pages, 20) / 20 if judged else None,
    )


def _timed(make: Callable[[], object], rounds: int) -> list[float]:
    times: list[float] = []
    make()
    for _ in range(rounds):
        with clock(times):
            make()
    return times


CLAIM = Claim(
    id="exports",
    what="A picture in a blink, a deck while one still looks: nobody waits for what leaves a page",
    measure=measure,
)
