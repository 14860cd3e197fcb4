from __future__ import annotations

import json
from datetime import date, timedelta

from dashboards.i18n import words
from dashboards.sliders import Slide, Tick, apart, day_stops, named_stops, share, slider


def every(component):
    return [component, *component._traverse()]


def days_of(said: str) -> list[date]:
    """Read days as the script does."""
    first, *steps = said.split(" ")
    days = [date.fromisoformat(first)]
    for step in steps:
        days.append(days[-1] + timedelta(days=int(step)))
    return days


def test_days_are_told_as_steps_and_come_back_the_same() -> None:
    days = [date(2024, 2, 28), date(2024, 3, 1), date(2025, 5, 15)]
    told = day_stops(days, "today")
    assert days_of(told["data-days"]) == days
    assert told["data-today"] == "today"
    assert len(told["data-days"]) < len(",".join(map(str, days)))


def test_stops_have_a_value_and_a_text() -> None:
    assert json.loads(named_stops([("2019", "2019"), ("", "最新")])["data-stops"]) == [
        ["2019", "2019"],
        ["", "最新"],
    ]


def test_the_slider_has_a_label_a_place_for_the_range_and_a_button_with_all_its_words() -> None:
    slide = Slide(name="year", label="Year", value="2020", stops=named_stops([("2020", "2020")]), said="2020")
    made = slider(slide, words("en"))
    (place,) = [part for part in every(made) if getattr(part, "className", "") == "field"]
    told = place.to_plotly_json()["props"]
    assert (told["data-field"], told["data-kind"], told["data-value"]) == ("year", "range", "2020")
    (button,) = [part for part in every(made) if type(part).__name__ == "Button"]
    props = button.to_plotly_json()["props"]
    assert props["aria-label"] == props["data-play"] == "Play: Year"
    assert {"data-pause", "data-step"} <= set(props)


def test_words_of_ticks_keep_clear_of_one_another_and_their_marks_stay() -> None:
    ticks = apart([Tick(place=place, text=str(place)) for place in (0.0, 2.0, 5.0, 8.0, 10.0)])
    assert [tick.text for tick in ticks] == ["0.0", "", "5.0", "", "10.0"]
    assert [tick.place for tick in ticks] == [0.0, 2.0, 5.0, 8.0, 10.0]


def test_words_that_have_room_on_a_wide_slider_alone_are_told_as_close() -> None:
    ticks = apart([Tick(place=place, text=str(place)) for place in (0.0, 5.0, 9.0, 10.0, 18.0)])
    assert [tick.text for tick in ticks] == ["0.0", "5.0", "", "10.0", "18.0"]
    assert [tick.close for tick in ticks] == [False, True, False, False, False]
    made = slider(Slide(name="day", label="Day", value="", stops={}, ticks=ticks), words("en"))
    looks = [
        one.className for one in every(made) if str(getattr(one, "className", "")).startswith("tick tick-")
    ]
    assert [look.endswith("tick-close") for look in looks] == [tick.close for tick in ticks]


def test_stops_lie_evenly_from_end_to_end() -> None:
    assert [share(place, 5) for place in range(5)] == [0, 25, 50, 75, 100]
    assert share(0, 1) == 0
