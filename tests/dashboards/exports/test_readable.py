"""Tables for readers: every figure, every word of the panel's own, in columns that have room."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboards.exports.columns import Column
from dashboards.exports.images import inlined, paper
from dashboards.exports.readable import MOST_COLUMNS, readable
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.agreement import forms
from tests.dashboards.exports.everything import everything, one


@pytest.fixture
def style(opening_desk):
    return paper(opening_desk, "en", inlined(opening_desk))


def told_of(desk, **cells):
    """Return a telling whose rows have these cells, a column each."""
    kinds = {"value": "number", "some_id": "code"}
    columns = tuple(Column(id=name, label=name.title(), kind=kinds.get(name, "text")) for name in cells)
    return replace(one(desk, "en", "newest"), columns=columns, rows=pd.DataFrame(cells))


def shown(desk, style, **cells) -> dict[str, tuple[str, ...]]:
    telling = told_of(desk, **cells)
    return {column.label: column.cells for column in readable(telling, style, telling.rows)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_figure_is_left_away_for_want_of_room(opening_desk, lang: str) -> None:
    style = paper(opening_desk, lang, inlined(opening_desk))
    for told in everything(opening_desk, lang):
        if "figure" not in told.rows or not len(told.rows):
            continue
        found = readable(told, style, told.rows)
        lines = [" ".join(cells) for cells in zip(*(column.cells for column in found), strict=True)]
        rows = told.rows.to_dict("records")
        pairs = zip(rows, lines, strict=True)
        lost = [row["figure"] for row, line in pairs if not any(form in line for form in forms(row, style))]
        assert lost == [], told.panel_id


def test_a_crowded_table_writes_unit_and_period_beside_the_figure(opening_desk, style) -> None:
    own = {f"own{n}": [f"a{n}", f"b{n}"] for n in range(MOST_COLUMNS)}
    found = shown(
        opening_desk,
        style,
        **own,
        figure=["over 5", "7"],
        unit=["stations", "points"],
        period=["2024", "2025"],
    )
    assert set(found) == {*(name.title() for name in own), "Figure"}
    assert found["Figure"] == ("over 5 (stations) (2024)", "7 (points) (2025)")


def test_what_another_column_says_too_is_not_said_twice_in_a_crowded_table(opening_desk, style) -> None:
    own = {f"own{n}": [f"a{n}", f"b{n}"] for n in range(MOST_COLUMNS)}
    found = shown(
        opening_desk, style, **own, name=["Kiosks in Macao", "Kiosks in Zhuhai"], place=["Macao", "Zhuhai"]
    )
    assert "Place" not in found
    spare = shown(opening_desk, style, name=["Kiosks in Macao"], place=["Macao"])
    assert spare["Place"] == ("Macao",)


def test_codes_are_for_programs_and_a_number_written_in_words_is_not_repeated(opening_desk, style) -> None:
    found = shown(
        opening_desk, style, some_id=["x"], target=["34000"], target_words=["at least 34,000 hotspots"]
    )
    assert found == {"Target_Words": ("at least 34,000 hotspots",)}
