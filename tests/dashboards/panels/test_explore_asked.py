"""The explorer's address: read strictly, written in one way, told in the documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.panels.explore_asked import (
    OPENING,
    OPENING_PLACES,
    OPTIONS,
    PATH,
    against,
    asked_for,
    changed,
    day,
    first_day,
    found_by,
    moment,
    question,
    toggled,
)
from metrics.queries import Metrics
from tests.dashboards.panels.explored import filters_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "explorer.md"


def test_every_parameter_is_told_in_the_document() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in OPTIONS if f"`{name}`" not in text] == []


def test_an_address_becomes_a_question(opening_desk) -> None:
    query = (
        "indicators=fiveg_base_stations,open_datasets&places=macao&from=2024&to=2024-06&per=km2&every=year"
        "&change=index&base=2023-05&split=group,direction&parts=direction:arrival&basis=municipal"
    )
    asked = question(opening_desk, filters_of(opening_desk, query))
    assert asked.indicators == ("fiveg_base_stations", "open_datasets")
    assert (asked.places, asked.start, asked.end) == (("macao",), date(2024, 1, 1), date(2024, 6, 30))
    assert (asked.per, asked.every, asked.change, asked.base) == ("km2", "year", "index", date(2023, 5, 1))
    assert (asked.split, asked.parts) == (("group", "direction"), (("direction", "arrival"),))
    assert asked.bases == ("municipal",)


def test_a_map_asks_for_the_cities_and_a_calendar_for_days(opening_desk) -> None:
    on_map = question(
        opening_desk, filters_of(opening_desk, "indicators=open_datasets&chart=map&places=hk_lo_wu")
    )
    assert len(on_map.places) == 11
    assert question(opening_desk, filters_of(opening_desk, "chart=calendar&every=month")).every == "day"


def test_groups_of_places_keep_their_order(opening_desk) -> None:
    sizes = {"cities": 11, "crossings": 45, "districts": 70, "areas": 2}
    for group, size in sizes.items():
        filters = filters_of(opening_desk, f"indicators=open_datasets&group={group}")
        assert len(question(opening_desk, filters).places) == size


def test_whoever_may_not_see_the_beginning_is_given_another(opening_desk, monkeypatch) -> None:
    monkeypatch.setattr(Metrics, "may_see", lambda _self, one: one != OPENING)
    opening = asked_for(filters_of(opening_desk), opening_desk)
    assert opening.option("indicators") == opening_desk.catalogue.leading[0].id
    assert opening.places == ()


def test_whoever_asks_for_nothing_is_given_a_beginning_that_narrows_nothing_else(opening_desk) -> None:
    opening = asked_for(filters_of(opening_desk), opening_desk)
    assert opening.places == OPENING_PLACES
    assert opening.start == date(2023, 1, 1)
    asked = filters_of(opening_desk, "indicators=open_datasets")
    assert asked_for(asked, opening_desk) is asked
    assert asked_for(filters_of(opening_desk, "group=crossings"), opening_desk).places == ()


@pytest.mark.parametrize(
    ("text", "first"), [("2024", "2024-01-01"), ("2024-03", "2024-03-01"), ("2024-03-28", "2024-03-28")]
)
def test_a_day_may_be_a_month_or_a_year(text: str, first: str) -> None:
    assert day(text) == text
    assert first_day(text) == date.fromisoformat(first)


@pytest.mark.parametrize(
    "text", ["24", "2024-13", "2024-02-30", "2024-3", "0000", "2024-03-28T10:00", "٢٠٢٤"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        day(text)


@pytest.mark.parametrize("text", ["2024", "yesterday", "2024-02-30", "2024-01-01T99:00", "1600-01-01"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        moment(text)


def test_another_moment_ahead_of_the_clock_means_now(opening_desk) -> None:
    filters = filters_of(opening_desk, "against=2999-01-01")
    assert against(filters, opening_desk.clock()).current
    assert against(filters_of(opening_desk), opening_desk.clock()) is None


@given(st.text(max_size=120))
def test_words_of_a_search_are_one_printable_line_or_refused(text: str) -> None:
    try:
        tidy = found_by(text)
    except ValueError:
        return
    assert tidy.isprintable()
    assert tidy == found_by(tidy)
    assert len(tidy) <= 80


def test_an_address_changes_one_thing_and_keeps_the_rest(opening_desk) -> None:
    filters = filters_of(opening_desk, "indicators=open_datasets&lang=zh-Hant&chart=bars&places=macao")
    assert changed(filters) == f"{PATH}?lang=zh-Hant&places=macao&indicators=open_datasets&chart=bars"
    assert (
        changed(filters, options={"chart": ""}, places=()) == f"{PATH}?lang=zh-Hant&indicators=open_datasets"
    )
    assert toggled(("a", "b"), "a") == ("b",)
    assert toggled(("a",), "b") == ("a", "b")
