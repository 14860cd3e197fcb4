from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from metrics.asof import day_as_of, now_as_of
from metrics.queries import Metrics, NotForViewer

NOW = now_as_of(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))
STATIONS = "fiveg_base_stations"


def on(day: str):
    return day_as_of(date.fromisoformat(day), clock=NOW.instant)


def by_place(frame):
    return frame.set_index("place_id")


def test_every_city_has_a_row_and_one_without_a_figure_says_why(opening_metrics):
    cities = by_place(opening_metrics.cities(STATIONS, NOW))
    assert list(cities.index)[:3] == ["hong_kong", "macao", "guangzhou"]
    assert len(cities) == 11
    assert (cities.loc["shenzhen", "value"], cities.loc["shenzhen", "qualifier"]) == (65_000, "over")
    assert cities.loc["zhuhai", "state"] == "not_published"
    assert cities.loc["zhuhai", "why"] == "no_count_found"
    assert cities["value"].isna().sum() == (cities["state"] != "figure").sum()


def test_a_province_is_no_city(opening_metrics):
    assert "guangdong" not in set(opening_metrics.cities(STATIONS, NOW)["place_id"])


def test_macao_is_not_in_scope_where_it_is_no_party(opening_metrics):
    kinds = {
        opening_metrics.absences(one.id, NOW).get("macao", ("",))[0] for one in opening_metrics.catalogue
    }
    assert "not_in_scope" in kinds


def test_shenzhen_in_august_2020_keeps_two_counts_with_their_bases(opening_metrics):
    found = opening_metrics.history(
        STATIONS, NOW, places=["shenzhen"], start=date(2020, 8, 1), end=date(2020, 8, 31)
    )
    counts = {(row.counting_basis, row.value) for row in found.itertuples()}
    assert {("municipal", 46_480.0), ("provincial", 30_591.0)} <= counts


def test_an_over_figure_stays_over(opening_metrics):
    users = opening_metrics.one_each("iam_smart_users", NOW, places=["hong_kong"]).iloc[0]
    assert (users["value"], users["qualifier"]) == (4_000_000, "over")


def test_what_was_known_then_is_not_what_is_known_now(opening_metrics):
    then = by_place(opening_metrics.cities(STATIONS, on("2020-12-31")))
    now = by_place(opening_metrics.cities(STATIONS, NOW))
    assert then.loc["shenzhen", "value"] != now.loc["shenzhen", "value"]
    assert then["known_at"].max() <= on("2020-12-31").instant


def test_before_any_figure_everything_is_absent_and_nothing_fails(opening_metrics):
    then = opening_metrics.cities(STATIONS, on("2001-01-01"))
    assert then["value"].isna().all()
    assert opening_metrics.data_to(then) is None


def test_one_each_never_mixes_a_level_with_a_sum(opening_metrics):
    for one in opening_metrics.catalogue.leading:
        spans = set(opening_metrics.one_each(one.id, NOW)["span"])
        assert not ({"point"} & spans and len(spans) > 1), one.id


def test_an_indicator_of_another_audience_does_not_exist_for_the_public(opening_metrics):
    hidden = {"x": replace(opening_metrics.catalogue.get(STATIONS), audience="officials")}

    class Catalogue:
        by_id = hidden

        @staticmethod
        def get(indicator):
            return hidden[indicator]

    facts = {"catalogue": Catalogue(), "agenda": None, "atlas": None}
    public = Metrics(warehouse=opening_metrics.warehouse, **facts)
    assert not public.may_see("x")
    for ask in (public.latest, public.history, public.one_each):
        with pytest.raises(NotForViewer):
            ask("x", NOW)
    with pytest.raises(NotForViewer):
        public.vintages("x")
    with pytest.raises(NotForViewer):
        public.totals("x", NOW, every="year", by=())
    officials = Metrics(warehouse=opening_metrics.warehouse, audiences={"public", "officials"}, **facts)
    assert officials.may_see("x")


def test_citations_are_read_once_a_stamp(opening_metrics):
    first = opening_metrics.citations()
    assert len(first) == 1_161
    assert opening_metrics.citations() is first


def test_counts_kept_for_one_viewer_are_never_an_answer_to_another(opening_metrics, monkeypatch):
    monkeypatch.setattr(Metrics, "may_see", lambda _self, one: one != STATIONS)
    assert STATIONS not in opening_metrics.figure_counts(NOW)
    monkeypatch.undo()
    assert opening_metrics.figure_counts(NOW)[STATIONS] > 0
