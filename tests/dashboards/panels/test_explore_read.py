"""One answer, read once; its rows are named by what tells them apart."""

from __future__ import annotations

import pandas as pd

from dashboards.panels.explore_read import named, place_said, short_names, unit_said
from dashboards.style import Style
from metrics.queries import Metrics
from tests.dashboards.panels.explored import answer


def style(desk, lang: str = "en") -> Style:
    return Style(words=desk.words[lang])


def test_the_figures_are_asked_for_once(opening_desk, monkeypatch) -> None:
    times = []
    plain = Metrics.history
    monkeypatch.setattr(Metrics, "history", lambda *a, **k: times.append(1) or plain(*a, **k))
    held = answer(opening_desk, "indicators=fiveg_base_stations")
    assert len(held.frame) == len(held.frame) > 0
    assert len(held.both) == len(held.frame)
    assert times == [1]


def test_lines_are_named_by_what_differs(opening_desk) -> None:
    held = answer(opening_desk, "indicators=bcp_passengers_monthly&places=hk_lo_wu,hk_hzmb&split=direction")
    labels = set(named(held.figures, style(opening_desk))["label"])
    assert labels == {
        "Lo Wu · arrivals", "Lo Wu · departures", "HZM Bridge · arrivals", "HZM Bridge · departures",
    }  # fmt: skip
    one = held.figures[held.figures["place_id"].eq("hk_lo_wu")]
    assert set(named(one, style(opening_desk, "zh-Hant"))["label"]) == {"入境", "出境"}


def test_lines_of_another_date_carry_it(opening_desk) -> None:
    held = answer(opening_desk, "indicators=fiveg_base_stations&places=shenzhen,guangzhou&against=2022-01-01")
    labels = named(held.both, style(opening_desk)).groupby("earlier")["label"].unique()
    assert set(labels[False]) == {"Shenzhen", "Guangzhou"}
    assert set(labels[True]) == {"Shenzhen (1 Jan 2022)", "Guangzhou (1 Jan 2022)"}


def test_bases_name_the_lines_of_one_place(opening_desk) -> None:
    held = answer(opening_desk, "indicators=fiveg_base_stations&places=shenzhen")
    assert "municipal count" in set(named(held.figures, style(opening_desk))["label"])


def test_short_names_are_used_where_they_are_nobody_elses(opening_desk) -> None:
    assert place_said("hk_lo_wu", style(opening_desk)) == "Lo Wu"
    names = list(short_names("en").values())
    assert len(names) == len(set(names))
    assert place_said("shenzhen", style(opening_desk, "zh-Hans")) == "深圳"
    both = ("hk_shenzhen_bay", "sz_shenzhen_bay")
    assert place_said(both[0], style(opening_desk), ("hk_lo_wu", both[0])) == "Shenzhen Bay"
    assert len({place_said(one, style(opening_desk), both) for one in both}) == len(both)


def test_a_unit_says_what_was_worked_out(opening_desk) -> None:
    held = answer(opening_desk, "indicators=fiveg_base_stations&per=km2&group=cities")
    assert unit_said(held.figures, style(opening_desk)) == "stations · per km²"
    assert unit_said(pd.DataFrame(), style(opening_desk)) == ""


def test_the_chart_that_fits(opening_desk) -> None:
    charts = {
        "indicators=bcp_passengers_monthly&places=hk_lo_wu,hk_hzmb": "line",
        "indicators=bcp_passengers_monthly": "by_place",
        "indicators=fiveg_base_stations&group=cities": "bars",
        "indicators=fiveg_base_stations&chart=map": "map",
        "indicators=fiveg_base_stations&as_of=2000-01-01": "line",
    }
    assert {query: answer(opening_desk, query).chart for query in charts} == charts
