"""The bar that marks cities, names that are marked with it, a map as a list."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.connectivity_stations import by_city
from dashboards.panels.marking import as_list, bar, named
from dashboards.panels.transport_head import POINTS
from tests.dashboards.panels.drawn import LANGUAGES, NOW, told, view_of


def props_of(component, kind: str) -> list[dict]:
    return [part.to_plotly_json()["props"] for part in component._traverse() if type(part).__name__ == kind]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_city_has_a_button_and_there_is_one_that_clears(opening_desk, lang):
    view = view_of(opening_desk, Filters(as_of=NOW, lang=lang))
    cities = [city.id for city in opening_desk.atlas.cities]
    buttons = props_of(bar(view, cities), "Button")
    assert [button["data-mark"] for button in buttons] == [*cities, ""]
    assert [button["children"] for button in buttons[:-1]] == [view.t(f"place.{city}") for city in cities]
    assert {button["aria-pressed"] for button in buttons[:-1]} == {"false"}
    assert buttons[-1]["hidden"] is True


def test_the_bar_bears_the_words_that_are_said_when_a_city_is_marked(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    said = bar(view, ["macao"]).to_plotly_json()["props"]
    assert said["role"] == "group"
    assert said["data-marked"].replace("{places}", "Macao") == "Marked: Macao"
    assert said["data-cleared"] == "No city is marked"


def test_a_name_knows_its_place(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW, lang="zh-Hant"))
    assert named("macao", view).to_plotly_json()["props"] == {"children": "澳門", "data-place": "macao"}


def test_the_list_has_figures_first_the_largest_on_top_then_those_without_and_why(opening_desk):
    filters = Filters(as_of=NOW)
    view = view_of(opening_desk, filters)
    made = as_list(by_city(opening_desk, filters), view)
    items = [" ".join(told(item)) for item in made._traverse() if type(item).__name__ == "Li"]
    assert len(items) == 11
    assert items[0].startswith("Shenzhen over 65,000")
    assert all("no figure published" in item for item in items[-6:])


def test_a_page_of_its_own_says_what_is_marked_and_where_the_address_holds_it(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    made = bar(view, ["hk_hzmb"], POINTS, {"hk_hzmb": "HZM Bridge"})
    said = made.to_plotly_json()["props"]
    assert said["data-marking"] == "mark"
    assert said["data-cleared"] == "No control point is marked"
    assert props_of(made, "Button")[0]["children"] == "HZM Bridge"
    assert bar(view, ["macao"]).to_plotly_json()["props"]["data-marking"] == "places"
