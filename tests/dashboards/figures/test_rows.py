import pandas as pd
import pytest

from dashboards.figures.rows import (
    ABSENCES,
    SIGNS,
    Row,
    absence_words,
    bases_differ,
    by_place,
    figure_words,
    hover,
    period_words,
    rows,
    sentence,
    sign_keys,
    text_of,
)
from tests.dashboards.figures.world import EVERY_STYLE, figures, one, stations, style


def test_a_missing_value_is_an_absence_and_never_a_zero():
    found = rows(figures(one("macao", float("nan")), one("zhuhai", 0.0)), style())
    assert [(row.known, row.absence) for row in found] == [(False, "no_figure"), (True, "")]


def test_a_frame_needs_only_values():
    (row,) = rows(pd.DataFrame({"value": [3.0]}), style())
    assert row.known
    assert row.qualifier == "exact"
    assert not period_words(row, style())


def test_a_label_of_the_page_stands_for_the_name_of_the_place():
    frame = figures(one("hong_kong", 1.0)).assign(label="West Kowloon")
    assert rows(frame, style())[0].label == "West Kowloon"


def test_of_one_place_the_newest_figure_counts_and_a_figure_before_an_absence():
    frame = figures(
        one("shenzhen", 1.0, "2020-12-31"),
        one("shenzhen", 2.0, "2023-12-31"),
        one("shenzhen", float("nan"), "2024-12-31"),
    )
    assert by_place(rows(frame, style()))["shenzhen"].value == 2.0


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_five_absences_have_five_words(look):
    assert len({absence_words(absence, look) for absence in ABSENCES}) == len(ABSENCES)
    assert figure_words(Row(value=0.0), look) == "0"


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_a_qualifier_is_said_wherever_its_figure_is(look):
    row = Row(label="X", value=65_000.0, qualifier="over")
    pattern = look.t("qualifier.over_pattern", n="65,000")
    assert pattern in hover(row, look)
    assert pattern in sentence(row, look)


def test_a_provisional_figure_says_so():
    row = Row(label="X", value=1.0, status="provisional")
    assert "provisional" in hover(row, style())
    assert "provisional" in sentence(row, style())


def test_a_name_cannot_carry_markup_into_a_chart():
    assert "<script>" not in hover(Row(label="<script>", value=1.0), style())


def test_signs_are_explained_where_they_are_used():
    keys = sign_keys(rows(stations(), style()), style())
    assert [(key.look, key.text) for key in keys] == [(SIGNS["over"], "over"), (SIGNS["approx"], "about")]


def test_different_counting_bases_are_noticed():
    assert bases_differ(rows(stations(), style()))
    assert not bases_differ(rows(figures(one("macao", 1.0), one("zhuhai", 2.0)), style()))


def test_parts_become_one_text():
    assert text_of(["a", "b"], style()) == "a; b."
