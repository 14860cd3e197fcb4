"""The controls of the explorer write the address, offer what there is, and stand in every language."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from dash.development.base_component import Component

from dashboards.panels.explore_desk import desk_of
from tests.dashboards.panels.drawn import LANGUAGES, told, view_of
from tests.dashboards.panels.explored import filters_of


def desk_for(desk, query: str) -> Component:
    return desk_of(desk, view_of(desk, filters_of(desk, query)))


def within(component: object) -> Iterator[Component]:
    if isinstance(component, list | tuple):
        for one in component:
            yield from within(one)
    elif isinstance(component, Component):
        yield component
        yield from within(getattr(component, "children", None))


def links(desk, query: str) -> dict[str, str]:
    found = {}
    for one in within(desk_for(desk, query)):
        if getattr(one, "href", None) and isinstance(one.children, str):
            found[one.children] = one.href
    return found


def fields(desk, query: str) -> dict[str, list[str]]:
    found = {}
    for one in within(desk_for(desk, query)):
        name = getattr(one, "data-field", None)
        if name:
            choices = json.loads(getattr(one, "data-choices", None) or "[]")
            found[name] = [value for value, _ in choices]
    return found


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "1 Feb 2025"), ("zh-Hant", "2025年2月1日"), ("zh-Hans", "2025年2月1日")]
)
def test_a_chosen_day_is_written_in_the_language_of_the_page(opening_desk, lang: str, said: str) -> None:
    asked = f"lang={lang}&indicators=bcp_passengers_monthly"
    assert said in told(desk_for(opening_desk, asked + "&from=2025-02-01"))
    assert said not in told(desk_for(opening_desk, asked))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_controls_stand_in_every_language(opening_desk, lang: str) -> None:
    said = " ".join(told(desk_for(opening_desk, f"lang={lang}&indicators=bcp_passengers_monthly")))
    for key in ("explore.indicators", "explore.places", "explore.worked_out", "explore.views"):
        assert opening_desk.words[lang].t(key) in said


def test_places_with_figures_are_offered_and_toggled(opening_desk) -> None:
    found = links(opening_desk, "indicators=fiveg_base_stations&places=shenzhen")
    assert "places=shenzhen,guangzhou" in found["Guangzhou"]
    assert "places" not in found["Shenzhen"]
    assert "Zhuhai" not in found
    assert "group=cities" in found["The 11 cities"]


def test_breakdowns_and_bases_are_asked_for_only_where_there_are_any(opening_desk) -> None:
    plain = fields(opening_desk, "indicators=resident_population")
    assert "split" not in plain
    parts = fields(opening_desk, "indicators=bcp_passengers_monthly")
    assert parts["split"] == ["", "direction", "group", "direction,group"]
    assert "group:mainland_visitors" in parts["parts"]
    assert "municipal" in fields(opening_desk, "indicators=fiveg_base_stations")["basis"]


def test_a_base_is_asked_for_with_an_index_alone(opening_desk) -> None:
    assert "base" not in fields(opening_desk, "indicators=resident_population&change=year")
    assert "base" in fields(opening_desk, "indicators=resident_population&change=index")


def test_several_values_of_one_choice_stay_chosen(opening_desk) -> None:
    held = fields(opening_desk, "indicators=fiveg_base_stations&basis=municipal,provincial")
    assert held["basis"][-1] == "municipal,provincial"


def test_the_last_indicator_cannot_be_taken_away(opening_desk) -> None:
    assert "Remove 5G base stations" not in " ".join(
        told(desk_for(opening_desk, "indicators=fiveg_base_stations"))
    )
    two = " ".join(told(desk_for(opening_desk, "indicators=fiveg_base_stations,open_datasets")))
    assert "Remove 5G base stations" in two
