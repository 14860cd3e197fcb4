"""The catalogue page: every indicator once, found by words and filters, in every language at every moment."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters, parse_filters
from dashboards.pages.indicators import PAGE
from dashboards.panel import options_of, panels_of
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on

MOMENTS = {"now": NOW, "second meeting": on(2025, 5, 15), "empty": on(2005, 1, 1)}
ASKED = {
    "all": (),
    "no figures": (("figures", "none"),),
    "one topic": (("topic", "transport"), ("work_item", "2")),
    "found": (("find", "5G"),),
    "nothing": (("find", "unheard-of words"),),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("asked", ASKED)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment, asked):
    filters = Filters(lang=lang, as_of=MOMENTS[moment], options=ASKED[asked])
    assert failures(PAGE, opening_desk, filters) == []


def test_unfiltered_every_indicator_stands_on_the_page_once(opening_desk):
    filters = Filters(as_of=NOW)
    frames = [panel.query(opening_desk, filters) for panel in panels_of(PAGE, opening_desk, filters)]
    listed = [one for frame in frames if "work_item" in frame.columns for one in frame["indicator_id"]]
    assert sorted(listed) == sorted(one.id for one in opening_desk.catalogue)


def test_free_words_are_read_and_a_flood_of_them_refused(opening_desk):
    options = options_of(PAGE, opening_desk)
    read = parse_filters({"find": ["  5G   stations "]}, places=opening_desk.atlas, options=options)
    assert read.option("find") == "5G stations"
    (fault,) = parse_filters({"find": ["x" * 81]}, places=opening_desk.atlas, options=options)
    assert fault.parameter == "find"
    (fault,) = parse_filters({"topic": ["weather"]}, places=opening_desk.atlas, options=options)
    assert fault.parameter == "topic"
