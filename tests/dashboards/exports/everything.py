"""Every panel of every page as a telling, from the opening figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboards import pages
from dashboards.desk import Desk, Filters
from dashboards.exports.images import inlined
from dashboards.exports.telling import Telling, tell
from dashboards.panel import discover, panels_of
from metrics.asof import now_as_of
from tests.opened import NOW

ORIGIN = "https://gba.example"


def tellings(desk: Desk, lang: str, only: str = "", **asked) -> Iterator[Telling]:
    """Yield what each panel that has a table says, the first item of each page; *only* one panel if named."""
    shapes = inlined(desk)
    filters = Filters(lang=lang, as_of=asked.pop("as_of", now_as_of(NOW)), **asked)
    for page in discover(pages):
        item = (page.items(desk) or [""])[0]
        here = replace(filters, item=item)
        for panel in panels_of(page, desk, here):
            if only not in {"", panel.id}:
                continue
            try:
                yield tell(page, panel, desk, here, shapes=shapes, origin=ORIGIN)
            except ValueError as error:
                if "has no table" not in str(error):
                    raise


_ALL: dict[tuple[int, str], list[Telling]] = {}


def everything(desk: Desk, lang: str) -> list[Telling]:
    """Return the tellings of every panel as known now, made once for all tests."""
    key = (id(desk), lang)
    if key not in _ALL:
        _ALL[key] = list(tellings(desk, lang))
    return _ALL[key]


def charts(desk: Desk, lang: str) -> list[Telling]:
    """Return the tellings that draw a chart."""
    return [told for told in everything(desk, lang) if told.figure is not None]


def one(desk: Desk, lang: str, panel_id: str, **asked) -> Telling:
    """Return the telling of one panel."""
    return next(tellings(desk, lang, panel_id, **asked))
