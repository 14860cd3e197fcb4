"""An empty answer says why, and what can be done; a partial one says what it leaves out."""

from __future__ import annotations

from dashboards.panels.explore_guidance import guidance_panels, left_out, ways_out
from tests.dashboards.panels.drawn import NOW, text, view_of
from tests.dashboards.panels.explored import answer


def said(desk, query: str) -> str:
    held = answer(desk, query)
    (panel,) = guidance_panels(held)
    return text(panel, desk, held.filters)


def test_a_whole_answer_needs_no_guidance(opening_desk) -> None:
    assert guidance_panels(answer(opening_desk, "indicators=bcp_passengers_monthly&places=hk_lo_wu")) == ()


def test_an_indicator_without_any_figure_is_told_from_one_without_figures_here(opening_desk) -> None:
    counts = opening_desk.metrics.figure_counts(NOW)
    never = next(one for one in opening_desk.catalogue if not counts.get(one.id))
    assert f"{never.names['en']}: no figure known yet" in said(opening_desk, f"indicators={never.id}")
    assert left_out(answer(opening_desk, f"indicators={never.id}")) == [never.id]
    here = said(opening_desk, "indicators=bcp_passengers_monthly&from=1990&to=1991")
    assert "Monthly passenger trips: no figure with these settings" in here


def test_reasons_are_counted(opening_desk) -> None:
    told = said(opening_desk, "indicators=fiveg_pop_coverage_pct&per=capita")
    assert "a percentage or level is not divided by people or area" in told
    assert "no earlier figure to compare with" in said(
        opening_desk, "indicators=fiveg_base_stations&change=previous"
    )


def test_places_without_a_figure_are_named(opening_desk) -> None:
    told = said(opening_desk, "indicators=fiveg_base_stations&group=cities")
    assert "Zhuhai" in told
    assert "58 more" in said(opening_desk, "indicators=fiveg_base_stations&group=districts")


def test_every_way_out_of_an_empty_answer_takes_one_thing_away(opening_desk) -> None:
    query = (
        "indicators=bcp_passengers_monthly&places=macao&from=1990&to=1991&every=year&per=capita&change=year"
    )
    held = answer(opening_desk, query)
    links = dict(ways_out(held, view_of(opening_desk, held.filters)))
    assert len(links) == 5
    full = set(query.split("&"))
    for address in links.values():
        kept = set(
            address.partition("?")[2].replace("1990-01-01", "1990").replace("1991-12-31", "1991").split("&")
        )
        assert kept < full
