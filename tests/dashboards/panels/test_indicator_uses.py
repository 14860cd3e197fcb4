from __future__ import annotations

from dataclasses import replace

from dashboards import pages
from dashboards.panel import discover, panels_of
from dashboards.panels.indicator_uses import (
    at_meetings,
    in_derived,
    in_initiatives,
    in_targets,
    on_pages,
    uses_body,
)
from tests.dashboards.panels.drawn import NOW, on, told, view_of
from tests.dashboards.panels.indicator_pages import told_of

STATIONS = "fiveg_base_stations"


def hrefs(items) -> list[str]:
    return [part.href for item in items for part in _parts(item) if getattr(part, "href", None)]


def _parts(item):
    children = item.children
    return children if isinstance(children, list) else [children]


def asked(desk, item, as_of=NOW, known=None, **more):
    page = told_of(desk, item, as_of, **more)
    view = replace(view_of(desk, page.filters), pages=discover(pages) if known is None else known)
    return page, view


def test_every_panel_that_states_it_is_named_with_the_way_to_it(opening_desk):
    page, view = asked(opening_desk, STATIONS, lang="zh-Hant")
    found = hrefs(on_pages(page, view))
    assert "/connectivity?lang=zh-Hant#panel-fiveg-map" in found
    assert "/?lang=zh-Hant#panel-map" in found


def test_switches_are_no_use_of_it(opening_desk):
    page, view = asked(opening_desk, STATIONS)
    found = hrefs(on_pages(page, view))
    switches = [
        f"{one.path}#panel-{panel.id}"
        for one in view.pages
        if one.path in {"/", "/connectivity"}
        for panel in panels_of(one, opening_desk, replace(page.filters, item=""))
        if not panel.speaks and STATIONS in panel.indicators
    ]
    assert switches
    assert not set(switches) & set(found)


def test_the_targets_are_those_announced_by_then(opening_desk):
    page, view = asked(opening_desk, STATIONS)
    assert len(in_targets(page, view)) == sum(
        one.indicator_id == STATIONS for one in opening_desk.agenda.targets_known(NOW.day)
    )
    before, earlier = asked(opening_desk, STATIONS, on(2005, 1, 1))
    assert in_targets(before, earlier) == []


def test_initiatives_and_derived_indicators_lead_on(opening_desk):
    page, view = asked(opening_desk, STATIONS)
    assert all("#panel-initiatives" in href for href in hrefs(in_initiatives(page, view)))
    assert "/indicators/fiveg_bs_per_km2" in hrefs(in_derived(page, view))


def test_each_meeting_says_what_it_could_know(opening_desk):
    page, view = asked(opening_desk, STATIONS)
    _first, second = at_meetings(page, view)
    assert "stations" in " ".join(told(second))
    before, earlier = asked(opening_desk, STATIONS, on(2024, 6, 1))
    assert len(at_meetings(before, earlier)) == 1
    never, always = asked(opening_desk, "visitor_arrivals")
    assert "no figure known then" in " ".join(told(at_meetings(never, always)))


def test_a_meeting_leads_to_its_page_or_else_to_the_figures_as_known_then(opening_desk):
    page, view = asked(opening_desk, STATIONS, known=())
    assert hrefs(at_meetings(page, view))[0] == f"/indicators/{STATIONS}?as_of=2024-03-28"
    page, view = asked(opening_desk, STATIONS)
    assert hrefs(at_meetings(page, view))[0].startswith(("/meetings/egscc_1", "/indicators/"))


def test_what_nobody_uses_says_so(opening_desk):
    used = {one for each in opening_desk.agenda.initiatives for one in each.indicators}
    used |= {one.indicator_id for one in opening_desk.agenda.targets}
    used |= {part for one in opening_desk.catalogue if one.derive for part in (one.derive.of, one.derive.per)}
    idle = next(one.id for one in opening_desk.catalogue if one.id not in used)
    page, view = asked(opening_desk, idle, on(2005, 1, 1), known=())
    assert "No panel, target or initiative uses it" in " ".join(
        told(uses_body(page, opening_desk.metrics.nothing(), view))
    )
