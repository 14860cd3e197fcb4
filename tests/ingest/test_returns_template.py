"""The template: prefilled, protected, with drop-downs, in the department's language."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook

from geo.places import LANGUAGES
from ingest.returns_form import CODES, COLUMNS, FIRST_ROW, FREE_ROWS, HEADER_ROW, RefusedReturn
from ingest.returns_template import MOST_PREFILLED, template
from ingest.returns_words import named, said
from tests.ingest.filling import LETTER, MONTHLY, TODAY, known_figures, lines_of, made


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_speaks_its_language(lang):
    book = opened(made(lang))
    assert book.sheetnames == [said("sheet.instructions", lang), said("sheet.figures", lang), CODES]
    figures = book.worksheets[1]
    head = [cell.value for cell in figures[HEADER_ROW][1:]]
    assert head == [named("column", name, lang) for name in COLUMNS]
    assert figures["B5"].value == named("indicator", "iam_smart_users", lang)
    assert figures["D5"].value == named("place", "hong_kong", lang)
    assert (
        figures["H5"].value
        == {
            "en": "over 4,000,000 (2026-06-30)",
            "zh-Hant": "超過4,000,000（2026-06-30）",
            "zh-Hans": "超4,000,000（2026-06-30）",
        }[lang]
    )
    assert named("department", "dpo", lang) in book.worksheets[0]["B1"].value


def test_each_due_period_has_its_row_and_open_rows_follow():
    lines = lines_of(made())
    fixed = [line for line in lines.values() if line]
    assert [(line.indicator, line.end) for line in fixed] == [
        ("iam_smart_users", None),
        ("fps_registrations", date(2026, 9, 30)),
        ("fps_registrations", date(2026, 10, 31)),
    ]
    assert list(lines.values()).count(None) == FREE_ROWS


def test_what_is_fixed_is_locked_and_what_is_asked_is_not():
    sheet = opened(made()).worksheets[1]
    assert sheet.protection.sheet
    irregular = {name for name in COLUMNS if not sheet[f"{LETTER[name]}5"].protection.locked}
    monthly = {name for name in COLUMNS if not sheet[f"{LETTER[name]}6"].protection.locked}
    asked = {"value", "qualifier", "status", "published_on", "title", "url"}
    assert monthly == asked
    assert irregular == asked | {"end"}
    free = sheet.max_row
    assert sheet[f"{LETTER['known']}{free}"].protection.locked
    assert not sheet[f"{LETTER['place']}{free}"].protection.locked


def test_choices_are_lists_of_the_templates_own_words():
    book = opened(made("zh-Hant"))
    sheet = book.worksheets[1]
    lists = {
        str(rule.sqref): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    last = sheet.max_row
    where = lists[f"J{FIRST_ROW}:J{last}"]
    first, end = where.split("!")[1].replace("$", "").split(":")
    labels = [row[0].value for row in book[CODES][first:end]]
    assert labels == ["確數", "超過", "至少", "約", "少於", "不多於"]
    assert f"D{last - FREE_ROWS + 1}:D{last}" in lists
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date", "decimal"}


def test_codes_are_out_of_sight():
    book = opened(made())
    assert book[CODES].sheet_state == "veryHidden"
    assert book.worksheets[1].column_dimensions["A"].hidden
    assert book.security.lockStructure


def test_labels_that_two_ids_share_are_told_apart():
    rows = [{"place_id": place} for place in ("hk_shenzhen_bay", "sz_shenzhen_bay")]
    content = template("immd", ["iam_smart_users"], "en", known_figures(*rows), today=TODAY)
    codes = [row for row in opened(content)[CODES].iter_rows(values_only=True) if row[0] == "place"]
    labels = [label for _, _, label in codes]
    assert len(labels) == len(set(labels))


def test_nothing_to_return_and_too_much_are_refused():
    with pytest.raises(RefusedReturn, match="no indicator"):
        template("dpo", [], "en", known_figures(), today=TODAY)
    many = known_figures(*[{"place_id": "macao"}] * (MOST_PREFILLED + 1))
    with pytest.raises(RefusedReturn, match="narrower set"):
        template("dpo", ["iam_smart_users"], "en", many, today=TODAY)


def test_many_series_get_fewer_periods_each():
    old = {**MONTHLY, "period_start": pd.Timestamp("2020-1-31"), "period_end": pd.Timestamp("2020-1-31")}
    rows = [{**old, "breakdown": f"part=p{number}"} for number in range(400)]
    content = template("hkma", ["fps_registrations"], "en", known_figures(*rows), today=TODAY)
    assert sum(line is not None for line in lines_of(content).values()) == 800
