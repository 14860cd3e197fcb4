"""Switches: links that change one thing and keep the rest."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.switches import VIEWS, heading, near, option_href, switch
from tests.dashboards.panels.drawn import on, text, view_of


def test_a_choice_keeps_language_day_and_the_other_options(opening_desk):
    filters = Filters(lang="zh-Hant", as_of=on(2025, 5, 15), per="capita", options=(("year", "2020"),))
    view = view_of(opening_desk, filters)
    assert option_href(view, "/connectivity", "basis", "provincial") == (
        "/connectivity?lang=zh-Hant&as_of=2025-05-15&per=capita&year=2020&basis=provincial"
    )


def test_a_choice_of_nothing_leaves_the_option_out(opening_desk):
    view = view_of(opening_desk, Filters(as_of=on(2025, 5, 15), options=(("year", "2020"),)))
    assert option_href(view, "/connectivity", "year", "") == "/connectivity?as_of=2025-05-15"


def test_the_chosen_one_is_said_and_a_choice_without_address_is_no_link():
    made = switch("Period", [("2019", "/a", True), ("2020", "", False)])
    _label, items = made.children
    chosen, silent = items.children
    assert getattr(chosen, "aria-current") == "true"
    assert chosen.href == "/a"
    assert silent.className == "switch-none"
    assert not hasattr(silent, "href")


def test_a_map_is_seen_whole_close_up_or_as_tiles(opening_desk):
    view = view_of(opening_desk, Filters(as_of=on(2025, 5, 15), options=(("view", "tiles"),)))
    choices = near(view, "/services").children[1].children
    assert [one.href.partition("view=")[2] for one in choices] == ["", *VIEWS]
    assert [getattr(one, "aria-current", "") for one in choices] == ["", "", "true"]


def test_a_heading_stands_alone(opening_desk):
    assert text(heading("kiosks", "services.kiosks"), opening_desk).endswith("Kiosks and counters by city")
