"""A return as a whole: every figure, or every fault by its cell, whatever the language and whoever made it."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from geo.places import LANGUAGES
from ingest.returns_form import CODES, MOST_ROWS, RefusedReturn
from ingest.returns_reading import read
from tests.ingest.filling import TODAY, filled, label_of, lines_of, made, saved


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reading_does_not_depend_on_the_language(lang):
    content = made(lang)
    entries = {"F5": "2026-10-31", "I5": 4_100_000, "J5": label_of(content, "qualifier", "over")}
    returned = read(filled(content, {**entries, "I6": "16,700,000"}), today=TODAY)
    assert (returned.department, returned.lang, returned.made_on) == ("dpo", lang, "2026-11-21")
    users, accounts = returned.rows
    assert (users.indicator, users.place, users.end, users.value, users.qualifier) == (
        "iam_smart_users",
        "hong_kong",
        date(2026, 10, 31),
        4_100_000.0,
        "over",
    )
    assert (accounts.indicator, accounts.end, accounts.value) == (
        "fps_registrations",
        date(2026, 9, 30),
        16_700_000.0,
    )


def test_columns_may_be_moved_and_headers_rewritten():
    book = load_workbook(io.BytesIO(filled(made(), {"F5": "2026-10-31", "I5": 7})))
    sheet = book.worksheets[1]
    for row in range(1, sheet.max_row + 1):
        moved = sheet.cell(row, 9).value
        sheet.cell(row, 9).value, sheet.cell(row, 13).value = sheet.cell(row, 13).value, moved
    sheet["B4"], sheet.title = "whatever", "My figures"
    (row,) = read(saved(book), today=TODAY).rows
    assert (row.value, row.cell) == (7.0, "M5")


def test_rows_may_be_added_below_without_any_code():
    content = made()
    below = max(lines_of(content)) + 1
    entries = {
        f"B{below}": label_of(content, "indicator", "iam_smart_users"),
        f"D{below}": "Macao",
        f"F{below}": "2026-10-31",
        f"G{below}": label_of(content, "unit", "users"),
        f"I{below}": 12,
    }
    (row,) = read(filled(content, entries), today=TODAY).rows
    assert (row.place, row.row) == ("macao", below)


def test_one_figure_twice_is_a_fault_that_names_the_first():
    content = made()
    free = max(lines_of(content))
    entries = {
        "F5": "2026-10-31",
        "I5": 7,
        f"B{free}": label_of(content, "indicator", "iam_smart_users"),
        f"D{free}": "Hong Kong",
        f"F{free}": "2026-10-31",
        f"G{free}": label_of(content, "unit", "users"),
        f"I{free}": 8,
    }
    (fault,) = read(filled(content, entries), today=TODAY).faults
    assert (fault.cell, fault.key, fault.args) == (f"I{free}", "wrong.duplicate", {"row": "5"})


def test_a_row_whose_code_was_meddled_with_is_a_fault():
    code = json.loads(load_workbook(io.BytesIO(made())).worksheets[1]["A5"].value)
    for change in (
        {"indicator": "fiveg_bs_per_km2"},
        {"place": "atlantis"},
        {"breakdown": "a;b"},
        {"span": "era"},
    ):
        meddled = filled(made(), {"A5": json.dumps(code | change), "F5": "2026-10-31", "I5": 7})
        (fault,) = read(meddled, today=TODAY).faults
        assert (fault.cell, fault.key) == ("B5", "wrong.code")
    (fault,) = read(filled(made(), {"A5": "{", "I5": 7}), today=TODAY).faults
    assert fault.key == "wrong.code"


def test_a_label_that_was_given_to_another_id_is_still_only_an_id_we_know():
    book = load_workbook(io.BytesIO(made()))
    for row in book[CODES].iter_rows():
        if row[1].value == "macao":
            row[1].value = "atlantis"
    sheet = book.worksheets[1]
    last = sheet.max_row
    sheet[f"D{last}"], sheet[f"I{last}"] = "Macao", 5
    faults = read(saved(book), today=TODAY).faults
    assert ("D" + str(last), "wrong.choice") in [(fault.cell, fault.key) for fault in faults]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({}, "refusal.empty"),
        ({"A1": None}, "refusal.not_template"),
        ({"E3": None}, "refusal.not_template"),
        ({"I3": "figure"}, "refusal.not_template"),
        ({f"I{MOST_ROWS + 5}": 7}, "refusal.too_many_rows"),
    ],
)
def test_what_is_no_sound_template_is_refused(change, key):
    with pytest.raises(RefusedReturn) as caught:
        read(filled(made(), change), today=TODAY)
    assert caught.value.key == key


@pytest.mark.parametrize(("row", "value"), [(1, "2"), (2, "nobody"), (3, "fr")])
def test_a_template_of_another_form_department_or_language_is_refused(row, value):
    with pytest.raises(RefusedReturn) as caught:
        read(filled(made(), {f"C{row}": value}, sheet=2), today=TODAY)
    assert caught.value.key == "refusal.not_template"


def test_a_workbook_of_ones_own_is_refused():
    book = load_workbook(io.BytesIO(made()))
    del book[CODES]
    with pytest.raises(RefusedReturn, match="not made from the template"):
        read(saved(book), today=TODAY)


def test_who_signed_it_is_read_from_the_instructions():
    signed = filled(filled(made(), {"F5": "2026-10-31", "I5": 7}), {"C4": " Alice \n"}, sheet=0)
    assert read(signed, today=TODAY).signed == "Alice"
    assert read(filled(signed, {"C4": "=1"}, sheet=0), today=TODAY).signed == ""
