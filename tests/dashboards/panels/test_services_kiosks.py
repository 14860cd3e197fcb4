"""Kiosks by city: what is reported, what is not, and what cannot be said of a place."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels import services_kiosks as kiosks
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text

TODAY = Filters(as_of=NOW)


def at(frame, place):
    return frame.set_index("place_id").loc[place]


def test_reported_places_keep_at_least(opening_desk):
    frame = kiosks.shown(opening_desk, TODAY)
    assert (at(frame, "shenzhen")["value"], at(frame, "shenzhen")["qualifier"]) == (2.0, "exact")
    assert (at(frame, "macao")["value"], at(frame, "macao")["qualifier"]) == (1.0, "at_least")
    assert at(frame, "zhaoqing")["absence"] == "no_figure"
    assert list(frame["place_id"]) == [city.id for city in opening_desk.atlas.cities]


@pytest.mark.parametrize("show", kiosks.MEASURES)
def test_each_measure_of_the_switch_is_drawn_from_the_warehouse(opening_desk, show):
    filters = Filters(as_of=NOW, options=(("show", show),))
    frame = kiosks.shown(opening_desk, filters)
    told = opening_desk.metrics.one_each(kiosks.MEASURES[show], NOW)
    known = frame[frame["value"].notna()]
    assert set(known["place_id"]) == set(told["place_id"])
    assert known.set_index("place_id")["value"].to_dict() == told.set_index("place_id")["value"].to_dict()


def test_a_side_is_not_counted_outside_its_own_network(opening_desk):
    assert (
        at(kiosks.by_city(opening_desk, TODAY, "iam_smart_reg_points"), "hong_kong")["absence"]
        == "not_defined"
    )
    assert (
        at(kiosks.by_city(opening_desk, TODAY, "macao_kiosk_mainland_services"), "macao")["absence"]
        == "not_defined"
    )


def test_the_matrix_tells_every_city_and_measure(opening_desk):
    frame = kiosks.every(opening_desk, TODAY)
    assert len(frame) == 44
    said = text(kiosks.MATRIX, opening_desk)
    assert (
        "Macao | at least 1 | 29 Dec 2025 | 70 | 29 Dec 2025 | at least 1 | 29 Dec 2025 | not applicable"
        in said
    )
    assert "Zhaoqing | no figure | no figure | no figure | no figure" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nine_of_nine_is_said_with_its_day_once_it_was_reported(opening_desk, lang):
    words = opening_desk.words[lang]
    day = words.day(NOW.day.replace(year=2025, month=12, day=29))
    assert words.t("services.covered", n="9", date=day) in text(
        kiosks.SWITCH, opening_desk, Filters(lang=lang, as_of=NOW)
    )
    assert "29" not in text(kiosks.SWITCH, opening_desk, Filters(lang=lang, as_of=on(2025, 5, 15)))


def test_before_the_first_kiosk_the_matrix_is_calm(opening_desk):
    assert "No figure" in text(kiosks.MATRIX, opening_desk, Filters(as_of=on(2019, 1, 1)))


def test_what_each_side_set_up_on_the_other_is_told(opening_desk):
    said = " ".join(text(panel, opening_desk) for panel in kiosks.OTHER_SIDE)
    for words in ("at least 1 location", "over 500 services", "3 zones", "175 services", "120 services"):
        assert words in said


def test_at_least_is_explained_only_where_it_is_said(opening_desk):
    assert "it does not say that there are no others" in text(kiosks.MAP, opening_desk)
    assert "no others" not in text(kiosks.MAP, opening_desk, Filters(as_of=NOW, options=(("show", "macao"),)))
