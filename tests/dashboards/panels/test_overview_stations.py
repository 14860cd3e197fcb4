"""5G base stations by city: the figures of the warehouse, absences in words."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.overview_stations import MAP, RANKING, stations
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text


def test_all_eleven_cities_are_told_each_with_figure_or_absence(opening_desk):
    frame = stations(opening_desk, Filters(as_of=NOW))
    assert len(frame) == 11
    assert (frame["value"].notna() == frame["absence"].eq("")).all()


def test_guangdong_is_no_city(opening_desk):
    assert "guangdong" not in set(stations(opening_desk, Filters(as_of=NOW))["place_id"])


@pytest.mark.parametrize("panel", [MAP, RANKING])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_zhuhai_has_no_figure_and_no_zero(opening_desk, panel, lang):
    words = opening_desk.words[lang]
    said = text(panel, opening_desk, Filters(lang=lang, as_of=NOW))
    told = words.t("figure.named", name=words.t("place.zhuhai"), figure=words.t("figure.not_published"))
    assert told in said


def test_an_over_figure_stays_over(opening_desk):
    assert "Shenzhen: over 65,000" in text(RANKING, opening_desk)


def test_a_figure_published_later_is_not_shown(opening_desk):
    early = stations(opening_desk, Filters(as_of=on(2020, 7, 1))).set_index("place_id")
    late = stations(opening_desk, Filters(as_of=NOW)).set_index("place_id")
    assert early.loc["shenzhen", "value"] != late.loc["shenzhen", "value"]
