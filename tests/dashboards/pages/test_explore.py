"""The explorer: every view draws in every language at every moment, the address says it all, nonsense is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.asked import ask
from dashboards.desk import Filters
from dashboards.exports.telling import tell
from dashboards.pages.explore import PAGE
from dashboards.panel import panels_of
from dashboards.panels.explore_asked import CHARTS, OPTIONS, PATH
from dashboards.server import FrontSettings, create_app
from dashboards.style import Shapes
from metrics.explore import CHANGES, EVERY
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, put
from tests.opened import NOW as CLOCK

MOMENTS = ("", "as_of=2025-05-15", "as_of=2024-03-28", "as_of=2019-01-01")
VIEWS = (
    "",
    "indicators=fiveg_base_stations&group=cities",
    "indicators=fiveg_base_stations&chart=map&per=capita",
    "indicators=fiveg_base_stations&group=cities&per=km2&chart=bars",
    "indicators=fiveg_base_stations,fiveg_pop_coverage_pct&chart=by_indicator&change=previous",
    "indicators=fiveg_base_stations,resident_population&chart=by_place&group=cities",
    "indicators=bcp_passengers_monthly&places=hk_lo_wu&split=direction,group&chart=line",
    "indicators=bcp_passengers_monthly&change=index&base=2023-01&places=hk_lo_wu,hk_hzmb",
    "indicators=bcp_passengers_monthly&change=year&from=2024&to=2024-06",
    "indicators=fiveg_base_stations&against=2024-03-28",
    "indicators=resident_population&chart=table&q=人口",
    "indicators=bcp_passengers_daily&chart=calendar",
    "indicators=fiveg_base_stations&group=districts",
)


def asked(desk, query: str):
    return ask((PAGE,), desk, PATH, parse_qs(query), CLOCK)


def drawn(desk, query: str) -> list[str]:
    filters = asked(desk, query).filters
    made = [put(panel, desk, filters) for panel in panels_of(PAGE, desk, filters)]
    return [str(n) for n, one in enumerate(made) if not one.well]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_draws_in_every_language(opening_desk, view: str, lang: str) -> None:
    assert drawn(opening_desk, f"{view}&lang={lang}") == []


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_draws_at_every_moment(opening_desk, view: str, moment: str) -> None:
    assert drawn(opening_desk, f"{view}&{moment}") == []


def test_panels_have_names_of_their_own_and_name_known_indicators(opening_desk) -> None:
    for view in VIEWS:
        panels = panels_of(PAGE, opening_desk, asked(opening_desk, view).filters)
        ids = [panel.id for panel in panels]
        assert len(ids) == len(set(ids))
        assert all(one in opening_desk.catalogue for panel in panels for one in panel.indicators)


def test_whoever_asks_for_nothing_is_shown_passengers_with_figures(opening_desk) -> None:
    filters = Filters(as_of=NOW)
    chart, *_ = panels_of(PAGE, opening_desk, filters)
    frame = chart.query(opening_desk, filters)
    assert set(frame["indicator_id"]) == {"bcp_passengers_monthly"}
    assert frame["place_id"].nunique() == 6
    assert frame["value"].gt(0).mean() > 0.9


def test_what_the_table_tells_is_what_the_charts_draw(opening_desk) -> None:
    filters = asked(opening_desk, "indicators=fiveg_base_stations&group=cities&chart=line").filters
    panels = {panel.id: panel for panel in panels_of(PAGE, opening_desk, filters)}
    chart = panels["explore-chart-1"].query(opening_desk, filters)
    table = panels["explore-table"].query(opening_desk, filters)
    keys = ["place_id", "counting_basis", "period_end", "value", "qualifier"]
    stated = table[table["value"].notna()][keys]
    assert sorted(map(tuple, chart[keys].to_numpy())) == sorted(map(tuple, stated.to_numpy()))


def test_no_more_than_twelve_live_charts(opening_desk) -> None:
    for view in VIEWS:
        filters = asked(opening_desk, view).filters
        charts = [
            put(panel, opening_desk, filters).charts for panel in panels_of(PAGE, opening_desk, filters)
        ]
        assert sum(charts) <= 12


HOSTILE = (
    "indicators=nope", "indicators=fiveg_base_stations,<script>", "indicators=" + ",".join(["open_datasets"] * 0 + [
        "open_datasets", "fiveg_base_stations", "iam_smart_users", "resident_population", "land_area_km2",
        "hk_visitor_arrivals", "metro_ridership", "port_teu", "airport_cargo"]),
    "group=moon", "every=week", "change=up", "base=2024-13", "base=24", "split=colour", "parts=direction:up",
    "parts=group", "basis=nobody", "chart=pie", "against=yesterday", "against=2024-02-30", "against=1066-01-01",
    "q=" + "x" * 81, "q=a%00b", "q=%E2%80%AE", "per=head", "places=atlantis", "from=2025&to=2024",
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_a_value_that_cannot_be_used_is_a_fault_of_its_parameter(opening_desk, query: str) -> None:
    name = query.partition("=")[0].replace("from", "to")
    assert [fault.parameter for fault in asked(opening_desk, query).faults] == [name]


@pytest.fixture(scope="module")
def client(opening_desk):
    return create_app(lambda: opening_desk, FrontSettings(pages=(PAGE,))).test_client()


def test_a_fault_is_a_page_that_repeats_nothing_of_what_was_sent(client) -> None:
    answer = client.get("/_page", query_string={"path": PATH, "indicators": "<script>alert(1)</script>"})
    assert answer.status_code == 400
    assert b"alert(1)" not in answer.data
    assert client.get(f"{PATH}?chart=pie").status_code == 400


NAMES = st.sampled_from([*OPTIONS, "places", "from", "to", "per", "lang", "as_of"])
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["2024", "2024-05", "9999-12-31", "0001-01-01", "direction:arrival", "fiveg_base_stations"]
    ),
    st.sampled_from([*CHARTS, *CHANGES, *EVERY, "capita", "km2", "cities", "crossings", "areas", "macao"]),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_whatever_is_asked_is_answered_or_refused(client, query: dict[str, str]) -> None:
    answer = client.get("/_page?" + urlencode({"path": PATH, **query}))
    assert answer.status_code in {200, 400, 414}
    if answer.status_code == 200:
        assert b"state-failed" not in answer.data
        assert "main" in json.loads(answer.data)


def test_an_indicator_of_another_audience_does_not_exist_here(opening_desk, monkeypatch) -> None:
    monkeypatch.setattr(type(opening_desk.metrics), "may_see", lambda _, one: one != "fiveg_base_stations")
    assert asked(opening_desk, "indicators=fiveg_base_stations").faults[0].parameter == "indicators"
    assert asked(opening_desk, "indicators=open_datasets").faults == ()


def test_what_one_viewer_asked_for_is_not_remembered_for_another(opening_desk, monkeypatch) -> None:
    of_group = "fiveg_base_stations"
    monkeypatch.setattr(
        type(opening_desk.metrics), "may_see", lambda mine, one: one != of_group or "group" in mine.audiences
    )
    seen = {"group": frozenset({"public", "group"}), "public": frozenset({"public"})}
    audience = ["group"]

    def desk():
        metrics = replace(opening_desk.metrics, audiences=seen[audience[0]])
        return replace(opening_desk, audience=audience[0], metrics=metrics)

    browser = create_app(desk, FrontSettings(pages=(PAGE,))).test_client()
    address = f"/_page?path={PATH}&indicators={of_group}&chart=table"
    assert browser.get(address).status_code == 200
    audience[0] = "public"
    assert browser.get(address).status_code == 400


def test_the_past_before_any_figure_is_calm_and_says_why(opening_desk) -> None:
    filters = asked(opening_desk, "indicators=fiveg_base_stations&as_of=2005-01-01").filters
    panels = panels_of(PAGE, opening_desk, filters)
    assert [panel.id for panel in panels] == ["explore-guidance"]
    assert on(2005, 1, 1).instant == filters.as_of.instant


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_leaves_the_page_is_what_its_panels_show(opening_desk, lang: str) -> None:
    for view in VIEWS[LANGUAGES.index(lang) :: len(LANGUAGES)]:
        filters = asked(opening_desk, f"{view}&lang={lang}").filters
        for panel in panels_of(PAGE, opening_desk, filters):
            telling = tell(PAGE, panel, opening_desk, filters, shapes=Shapes())
            frame = panel.query(opening_desk, filters)
            assert telling.rows["value"].dropna().tolist() == frame["value"].dropna().tolist()
            assert telling.permalink.startswith(PATH)


def test_a_revision_is_told_with_the_figure_before(opening_desk) -> None:
    filters = asked(opening_desk, "indicators=fiveg_base_stations&against=2022-01-01").filters
    panels = {panel.id: panel for panel in panels_of(PAGE, opening_desk, filters)}
    telling = tell(PAGE, panels["explore-revised"], opening_desk, filters, shapes=Shapes())
    assert {"earlier", "earlier_value", "change"} <= {column.id for column in telling.columns}
    assert set(telling.rows["change"]) == {"new"}
