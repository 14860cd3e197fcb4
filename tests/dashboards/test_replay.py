"""The replay of the as-of band: its stops, its marks, the state it keeps."""

from __future__ import annotations

import json
from datetime import date

from dashboards.meeting_names import held_now
from dashboards.replay import replay, stops_of
from metrics.asof import day_as_of
from tests.dashboards.demo import NOW, demo_desk
from tests.dashboards.test_shell import view

DAYS = (date(2019, 6, 6), date(2024, 3, 28), date(2025, 1, 2), date(2026, 11, 21), date(2027, 1, 1))


def slider_of(path: str, desk, seen):
    """Return the slider with the meetings that *desk* knows to be held."""
    return replay(path, desk, seen, held_now(desk))


def parts_of(component) -> list[dict]:
    return [
        part.to_plotly_json()["props"] for part in component._traverse() if hasattr(part, "to_plotly_json")
    ]


def field_of(component) -> dict:
    (found,) = [props for props in parts_of(component) if props.get("className") == "field"]
    return found


def test_the_stops_are_the_days_before_today_and_the_meetings() -> None:
    desk = demo_desk(known_days=lambda: DAYS)
    days = stops_of(desk, held_now(desk))
    assert days == [
        date(2019, 6, 6),
        date(2024, 3, 28),
        date(2024, 3, 31),
        date(2025, 1, 2),
        date(2025, 5, 15),
    ]


def test_without_stops_there_is_no_slider() -> None:
    class Nobody:
        meetings = ()

    assert slider_of("/", demo_desk(agenda=Nobody()), view()) is None


def test_today_is_the_last_stop_and_has_no_value() -> None:
    told = field_of(slider_of("/", demo_desk(known_days=lambda: DAYS), view()))
    assert told["data-value"] == ""
    assert told["data-today"] == "today, 21 Nov 2026"
    assert told["data-days"].startswith("2019-06-06 ")


def test_another_day_is_the_value_and_the_rest_of_the_state_is_kept() -> None:
    past = view(as_of=day_as_of(date(2025, 5, 15), clock=NOW), lang="zh-Hant", per="km2")
    made = slider_of("/connectivity", demo_desk(known_days=lambda: DAYS), past)
    assert field_of(made)["data-value"] == "2025-05-15"
    (form,) = [props for props in parts_of(made) if "data-keep" in props]
    assert (form["action"], form["data-keep"]) == ("/connectivity", "lang=zh-Hant&per=km2")


def test_the_meetings_are_marked_on_the_line_and_named_in_the_readers_language() -> None:
    form = slider_of("/", demo_desk(known_days=lambda: DAYS), view(lang="zh-Hans"))
    marks = json.loads(field_of(form)["data-marks"])
    assert marks["2025-05-15"] == "第2次会议"
    ticks = [props for props in parts_of(form) if "tick-meeting" in str(props.get("className"))]
    assert len(ticks) == len(marks)
