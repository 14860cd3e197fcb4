"""One crossing, each side's count: side by side, never added."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_sides as sides
from dashboards.panels.transport_passengers import Passengers
from dashboards.panels.transport_published import Published
from metrics.asof import instant_as_of
from tests.dashboards.panels.crossing_days import MOMENT, total
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text

THEN = instant_as_of(MOMENT)


def panel(desk, filters):
    return sides.sides_panel(Published(desk, filters), sides.Sums(desk, filters), Passengers(desk, filters))


def frame(desk, **asked):
    filters = Filters(**({"as_of": NOW} | asked))
    return panel(desk, filters).query(desk, filters)


def test_a_crossing_has_one_family_with_hong_kong_first(opening_desk):
    found = sides.families(opening_desk)
    names = [place for family in found for place in family.places]
    assert len(names) == len(set(names))
    bridge = next(family for family in found if "zh_hzmb" in family.places)
    assert (bridge.places[0], bridge.hong_kong) == ("hk_hzmb", "hk_hzmb")
    gate = next(family for family in found if "zh_gongbei" in family.places)
    assert gate.hong_kong == ""


def test_hong_kongs_own_count_of_the_year_stands_beside_the_others(opening_desk):
    told = frame(opening_desk)
    year = told[told["place_id"].isin(["hk_hzmb", "zh_hzmb"]) & told["period_end"].eq("2024-12-31")]
    own = year[year["counting_basis"].eq("counted_by_hong_kong")]
    assert own["value"].tolist() == [28_469_861.0]
    assert (own["qualifier"] == "exact").all()
    others = year[year["counting_basis"].eq("counted_by_zhuhai") & year["span"].eq("year")]
    assert set(others["value"]) == {27_000_000.0}
    assert set(others["qualifier"]) <= {"over", "approx"}


def test_a_sum_is_told_only_where_every_day_was_counted(days_desk):
    sums = sides.Sums(days_desk, Filters(as_of=THEN))
    first, last = date(2024, 1, 20), date(2024, 4, 9)
    assert sums.of("hk_lo_wu", first, last) == total(first, last, places=("hk_lo_wu",))
    assert sums.of("hk_lo_wu", date(2024, 2, 3), date(2024, 2, 9)) == total(
        date(2024, 2, 3), date(2024, 2, 9), places=("hk_lo_wu",)
    )
    assert sums.of("hk_lo_wu", date(2025, 1, 1), date(2025, 3, 31)) is None
    assert sums.of("hk_kai_tak", first, last) is None


def test_the_monthly_sums_answer_for_whole_months_alone(opening_desk):
    sums = sides.Sums(opening_desk, Filters(as_of=NOW))
    assert sums.of("hk_hzmb", date(2024, 1, 1), date(2024, 12, 31)) == 28_469_861
    assert sums.of("hk_hzmb", date(2024, 1, 1), date(2024, 12, 7)) is None


def test_the_readers_period_does_not_cut_hong_kongs_count(opening_desk):
    asked = {"start": date(2024, 6, 1), "end": date(2024, 12, 31)}
    told = frame(opening_desk, **asked)
    own = told[told["counting_basis"].eq("counted_by_hong_kong") & told["span"].eq("year")]
    assert 28_469_861.0 in own["value"].tolist()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_side_has_its_column_and_a_missing_figure_is_a_word(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    said = text(panel(opening_desk, filters), opening_desk, filters)
    words = opening_desk.words[lang]
    for key in ("basis.counted_by_hong_kong", "basis.counted_by_zhuhai", "basis.counted_by_macao"):
        assert words.t(key) in said
    assert words.t("figure.no_figure") in said
    assert words.number(28_469_861) in said


def test_the_railways_own_count_is_a_side_of_its_own(opening_desk):
    told = frame(opening_desk)
    rail = told[told["place_id"].eq("hk_west_kowloon") & told["period_end"].eq("2025-12-31")]
    values = dict(zip(rail["indicator_id"], rail["value"], strict=True))
    assert values == {"hsr_patronage": 30_000_000.0, "bcp_passengers_monthly": 30_930_365.0}


def test_places_asked_for_leave_the_other_crossings_out(opening_desk):
    assert set(frame(opening_desk, places=("hk_hzmb",))["name"]) == {"Hong Kong-Zhuhai-Macao Bridge"}


def test_nothing_published_later_is_told(opening_desk):
    told = frame(opening_desk, as_of=on(2024, 3, 28))
    assert told.empty or (told["period_end"] <= "2024-03-28").all()


@pytest.mark.parametrize(
    ("start", "end", "months", "rest"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), 12, 0),
        (date(2024, 1, 2), date(2024, 3, 31), 2, 1),
        (date(2024, 1, 2), date(2024, 3, 30), 1, 2),
        (date(2024, 4, 4), date(2024, 4, 6), 0, 1),
        (date(2024, 1, 30), date(2024, 2, 2), 0, 1),
    ],
)
def test_a_period_falls_into_whole_months_and_days(start, end, months, rest):
    found, stretches = sides._months_and_days(start, end)
    assert (len(found), len(stretches)) == (months, rest)
    covered = sum(month.days_in_month for month in found)
    covered += sum((last - first).days + 1 for first, last in stretches)
    assert covered == (end - start).days + 1
