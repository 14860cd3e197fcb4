from datetime import UTC, date, datetime

from metrics.asof import day_as_of, now_as_of
from metrics.headline import headline

NOW = now_as_of(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))


def on(day: str):
    return day_as_of(date.fromisoformat(day), clock=NOW.instant)


def test_every_work_item_is_led_by_a_figure_now(opening_metrics):
    for number in (1, 2, 3, 4, 5):
        assert headline(opening_metrics, number, NOW) is not None, number


def test_a_headline_keeps_its_qualifier_and_its_past(opening_metrics):
    led = headline(opening_metrics, 2, NOW)
    assert (led.value, led.qualifier) == (160, "over")
    assert led.past[-1] == (led.on, led.value)
    assert list(led.past) == sorted(led.past)


def test_the_newest_of_the_figures_that_may_lead_does(opening_metrics):
    assert headline(opening_metrics, 1, NOW).place_id == "macao"
    assert headline(opening_metrics, 1, on("2025-05-15")).place_id == "shenzhen"


def test_meetings_are_counted_as_held_by_then(opening_metrics):
    assert headline(opening_metrics, 5, on("2024-03-27")) is None
    assert headline(opening_metrics, 5, on("2024-03-28")).value == 1
    assert headline(opening_metrics, 5, NOW).value == 2


def test_before_any_figure_nothing_leads(opening_metrics):
    assert headline(opening_metrics, 3, on("2001-01-01")) is None


def test_a_headline_without_a_line_of_its_own_tells_the_place_before_it(opening_metrics):
    led = headline(opening_metrics, 1, NOW)
    assert len(led.figures) == 1
    assert (led.elsewhere["place_id"], led.elsewhere["value"], led.elsewhere["qualifier"]) == (
        "zhongshan",
        70,
        "over",
    )
    assert led.elsewhere["period_end"].date() < led.on


def test_what_stood_elsewhere_is_of_the_same_count_and_known_by_then(opening_metrics):
    led = headline(opening_metrics, 1, on("2025-08-01"))
    assert (led.place_id, led.elsewhere["place_id"]) == ("zhongshan", "shenzhen")
    assert headline(opening_metrics, 2, NOW).elsewhere is None
    assert headline(opening_metrics, 4, NOW).elsewhere is None
