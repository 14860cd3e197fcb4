"""The cells of tables that leave a page."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.exports import cells
from dashboards.exports.cells import Teller
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW


@pytest.fixture
def teller(opening_desk):
    view = view_of(opening_desk, Filters(lang="zh-Hant", as_of=now_as_of(NOW)), NOW.date(), Shapes())
    return Teller(desk=opening_desk, view=view)


def test_each_thing_is_said_once_and_nothing_is_said_of_nothing() -> None:
    asked: list[object] = []
    said = cells.said_once(pd.Series(["a", None, "a", "b"]), lambda one: asked.append(one) or f"<{one}>")
    assert said == ["<a>", "<None>", "<a>", "<b>"]
    assert asked == ["a", "b", None]


def test_a_figure_is_written_with_its_qualifier_or_why_there_is_none(teller) -> None:
    frame = pd.DataFrame(
        {
            "value": [65000.0, None, None],
            "qualifier": ["over", "", ""],
            "absence": ["", "not_in_scope", "unheard"],
        }
    )
    assert cells.figures(frame, teller) == ["超過65,000", teller.view.t("flag.not_in_scope"), "沒有數字"]
    assert cells.absences(frame, teller) == ["", "not_in_scope", "no_figure"]


def test_a_figure_of_another_day_keeps_hong_kongs_day(teller) -> None:
    frame = pd.DataFrame({"known_at": pd.to_datetime(["2025-05-14T16:30:00Z"])})
    assert str(cells.published(frame, teller)[0]) == "2025-05-15"
    assert cells.instants(frame, teller) == ["2025-05-14T16:30:00Z"]


def test_an_id_without_words_stands_as_it_is(teller) -> None:
    assert cells.named("basis", "basis")(pd.DataFrame({"basis": ["unheard_of"]}), teller) == ["unheard_of"]


def test_rows_without_a_figure_are_of_the_one_indicator_of_their_frame() -> None:
    one = pd.DataFrame({"indicator_id": ["a", None]})
    two = pd.DataFrame({"indicator_id": ["a", None, "b"]})
    assert cells.indicators(one).tolist() == ["a", "a"]
    assert cells.indicators(two).isna().sum() == 1


def test_what_a_figure_was_divided_by_is_written_with_its_date(teller) -> None:
    frame = pd.DataFrame(
        {"per_value": [17661800.0, None], "per_qualifier": ["exact", None],
         "per_period_end": pd.to_datetime(["2022-12-31", None])}
    )  # fmt: skip
    assert cells.divisor(frame, teller) == ["17,661,800（2022年年底）", ""]
