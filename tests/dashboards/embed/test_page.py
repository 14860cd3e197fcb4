"""The page of an embedded panel: every panel of every kind makes one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards import pages as pages_room
from dashboards.desk import Filters
from dashboards.embed.page import embedded
from dashboards.exports.asking import Wanted
from dashboards.exports.formats import TABLES
from dashboards.panel import discover, panels_of
from dashboards.style import Shapes
from metrics.asof import now_as_of

FILES = {
    name: f"/assets/{name}"
    for name in ("icon.svg", "style.css", "00-plotly-geo.js", "plotly.min.js", "embed.js")
}
PAGES = [
    page for page in discover(pages_room) if page.id in {"overview", "work_item", "transport", "services"}
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_panel_that_speaks_makes_a_page(page, theme, opening_desk):
    item = page.items(opening_desk)[0] if "<" in page.path else ""
    as_of = replace(now_as_of(opening_desk.clock()), stamp=opening_desk.stamp())
    filters = Filters(item=item, as_of=as_of)
    for panel in panels_of(page, opening_desk, filters):
        if panel.speaks:
            asked = Wanted(page=page, panel=panel, filters=filters, form=TABLES[3])
            said = embedded(asked, opening_desk, Shapes(), origin="https://x.org", theme=theme, files=FILES)
            assert f'data-theme="{theme}"' in said
            assert ("<table" in said) or ('class="state"' in said)
