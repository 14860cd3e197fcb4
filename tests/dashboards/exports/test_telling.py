"""What a panel says, free of form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.exports.telling import tell
from dashboards.pages import meetings
from dashboards.pages.connectivity import PAGE
from dashboards.panel import Panel
from dashboards.style import Shapes
from metrics.asof import day_as_of, now_as_of
from tests.dashboards.panels.kept import ACTION, MEETING, with_kept
from tests.opened import NOW


def panel(panel_id: str) -> Panel:
    return next(one for one in PAGE.panels if one.id == panel_id)


def told(desk, panel_id: str, lang: str = "en", **asked):
    filters = Filters(lang=lang, as_of=asked.pop("as_of", now_as_of(NOW)), **asked)
    return tell(PAGE, panel(panel_id), desk, filters, shapes=Shapes())


def test_a_figure_keeps_its_qualifier_in_the_readers_words(opening_desk) -> None:
    rows = told(opening_desk, "fiveg-map").rows.set_index("place_id")
    over = rows[rows["qualifier"].eq("over")].iloc[0]
    assert over["figure"].startswith("over ")
    assert over["value"] > 0


def test_a_city_without_a_figure_has_a_line_that_says_so(opening_desk) -> None:
    rows = told(opening_desk, "fiveg-map", as_of=day_as_of(NOW.date().replace(year=2019))).rows
    assert len(rows) == 11
    assert set(rows.loc[rows["value"].isna(), "absence"]) <= {"no_figure", "not_published", "not_in_scope"}


def test_a_derived_figure_says_what_it_was_divided_by(opening_desk) -> None:
    rows = told(opening_desk, "fiveg-map", per="capita").rows
    stated = rows[rows["value"].notna()]
    assert stated["divided_by"].ne("").all()
    assert stated["divided_by_value"].gt(0).all()


def test_the_permalink_is_of_the_day_at_hand_and_keeps_the_state(opening_desk) -> None:
    link = told(opening_desk, "fiveg-map", "zh-Hans", per="km2", options=(("year", "2023"),)).permalink
    assert link == "/connectivity?lang=zh-Hans&as_of=2026-11-21&per=km2&year=2023#panel-fiveg-map"


def test_columns_are_labelled_in_the_readers_language(opening_desk) -> None:
    labels = {
        lang: [c.label for c in told(opening_desk, "fiveg-map", lang).columns] for lang in opening_desk.words
    }
    assert len({tuple(said) for said in labels.values()}) == 3


def test_a_panel_without_a_way_to_a_table_is_named(opening_desk) -> None:
    import pandas as pd

    lost = Panel(id="lost", title="ui.overview", query=lambda _desk, _filters: pd.DataFrame({"x": [1]}))
    with pytest.raises(ValueError, match="'lost' has no table"):
        tell(PAGE, lost, opening_desk, Filters(as_of=now_as_of(NOW)), shapes=Shapes())


@pytest.mark.parametrize(("audience", "lines"), [("public", 0), ("group", 1)])
def test_what_people_wrote_for_the_group_leaves_marked_and_only_with_the_group(
    opening_desk, audience, lines
) -> None:
    words = (MEETING, replace(ACTION, audience="group"))
    desk = with_kept(opening_desk, *words, audience=audience)
    filters = Filters(as_of=now_as_of(NOW))
    panel = next(one for one in meetings.PAGE.panels if one.id == "open-actions")
    telling = tell(meetings.PAGE, panel, desk, filters, shapes=Shapes())
    assert (telling.audience, len(telling.rows)) == (audience, lines)
    assert ("audience" in telling.rows.columns) is (audience == "group")
