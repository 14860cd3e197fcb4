"""CSV."""

from __future__ import annotations

import csv
import io
import math
from datetime import date

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.exports.tables.comma import number, write
from tests.dashboards.exports.tellings import of_cells, of_panel


def read(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_chinese_comes_back_as_it_was_and_qualifiers_stand_beside_numbers(opening_desk) -> None:
    telling = of_panel(opening_desk, "zh-Hant")
    head, *lines = read(write(telling))
    assert head == [column.label for column in telling.columns]
    rows = [dict(zip([column.id for column in telling.columns], line, strict=True)) for line in lines]
    assert {row["place"] for row in rows} >= {"澳門", "佛山", "中山", "江門"}
    over = next(row for row in rows if row["qualifier"] == "over")
    assert over["figure"].startswith("超過")
    assert float(over["value"]) > 0


def test_negative_numbers_are_numbers_and_texts_are_inert(opening_desk) -> None:
    _, line = read(write(of_cells(opening_desk, ["=HYPERLINK(1)"], [-5.25], [date(2025, 5, 15)])))
    assert line == ["'=HYPERLINK(1)", "-5.25", "2025-05-15", "'=HYPERLINK(1)"]


def test_nothing_is_an_empty_cell_never_zero(opening_desk) -> None:
    _, line = read(write(of_cells(opening_desk, [None], [math.nan], [None])))
    assert line == ["", "", "", ""]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_every_digit(value) -> None:
    assert float(number(value)) == value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
        min_size=1,
        max_size=6,
    )
)
def test_any_text_comes_back(opening_desk, texts) -> None:
    body = write(of_cells(opening_desk, texts, [1.0] * len(texts), [None] * len(texts)))
    lines = read(body)[1:]
    assert [line[0].removeprefix("'") for line in lines] == [text.removeprefix("'") for text in texts]


def test_the_same_question_has_the_same_bytes(opening_desk) -> None:
    assert write(of_panel(opening_desk)) == write(of_panel(opening_desk))
    assert isinstance(of_panel(opening_desk).rows, pd.DataFrame)
