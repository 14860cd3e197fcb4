from datetime import date

import pytest

from dashboards.figures.time_axis import MOST_TICKS, amount_ticks, middle, nice_step, time_ticks
from dashboards.i18n import LANGUAGES
from tests.dashboards.figures.world import style


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 1), date(2025, 1, 1)),
        (date(2025, 1, 1), date(2025, 1, 20)),
        (date(2025, 11, 3), date(2026, 2, 20)),
        (date(2024, 3, 1), date(2026, 2, 20)),
        (date(2017, 6, 30), date(2026, 6, 30)),
        (date(1980, 1, 1), date(2026, 1, 1)),
    ],
)
def test_ticks_are_few_in_order_and_inside(first, last, lang):
    days, texts = time_ticks(first, last, style(lang))
    assert 1 <= len(days) == len(texts) <= MOST_TICKS + 2
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)


def test_years_are_ticked_without_their_unit():
    assert time_ticks(date(2017, 6, 30), date(2026, 6, 30), style("zh-Hant"))[1] == ["2020", "2024"]


def test_the_first_month_shown_and_each_january_carry_their_year():
    texts = time_ticks(date(2025, 11, 1), date(2026, 2, 20), style())[1]
    assert texts[0] == "Nov<br>2025"
    assert "Jan<br>2026" in texts


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "30<br>Aug"), ("zh-Hant", "8月<br>30日"), ("zh-Hans", "8月<br>30日")]
)
def test_days_are_written_in_the_order_of_the_language(lang, said):
    assert time_ticks(date(2020, 8, 30), date(2020, 9, 20), style(lang))[1][0] == said


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "31 Aug 2020"), ("zh-Hant", "2020年8月31日"), ("zh-Hans", "2020年8月31日")]
)
def test_a_single_day_has_one_tick_with_the_whole_date(lang, said):
    assert time_ticks(date(2020, 8, 30), date(2020, 9, 1), style(lang)) == ([date(2020, 8, 31)], [said])


def test_a_period_stands_at_its_middle():
    assert middle(date(2025, 1, 1), date(2025, 12, 31)) == date(2025, 7, 2)
    assert middle(date(2025, 5, 1), date(2025, 5, 1)) == date(2025, 5, 1)


def test_amounts_begin_at_zero_unless_all_lie_far_above_it():
    assert amount_ticks([8_305, 65_000])[0] == 0
    assert amount_ticks([98, 104])[0] > 0
    assert amount_ticks([-3, 5])[0] <= -3


@pytest.mark.parametrize("values", [[0], [5], [0, 0], [-2], [1e9, 1.1e9], [0.01, 0.02], []])
def test_ticks_hold_every_value(values):
    ticks = amount_ticks(values)
    assert len(ticks) >= 2
    assert all(ticks[0] <= value <= ticks[-1] for value in values)
    assert len(ticks) <= 8


def test_a_step_is_a_number_people_count_in():
    assert nice_step(10, 4) == 2.5
    assert nice_step(0) == 1.0
