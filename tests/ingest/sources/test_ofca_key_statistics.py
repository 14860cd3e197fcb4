"""Key communications statistics: a month a row, blanks stay absent, columns may be added."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.ofca_key_statistics import COLUMNS, SOURCE, month_end, parse
from tests.ingest.content import content_of
from tests.ingest.making import arrives, payload
from tests.shared import SHARED, needs_samples

HEADER = ("DATE", "MNO_QTY", *COLUMNS)


def file(*rows: dict[str, str], header: tuple[str, ...] = HEADER, end: str = "\r\n", mark: str = ""):
    lines = [",".join(header), *(",".join(row.get(name, "") for name in header) for row in rows)]
    return payload(mark + "\r\n".join(lines) + end)


def told(given) -> dict[tuple[str, date], tuple[float, str]]:
    return {(record.indicator, record.end): (record.value, record.unit) for record in parse(given)}


JUNE = {"DATE": "Jun-22", "MNO_QTY": "5", "MOBL_PEN_RATE": "325.3", "MOBL_USERS_QTY": "24384472"}


def test_a_figure_is_as_at_the_end_of_its_month():
    found = told(file(JUNE))
    assert found == {
        ("mobile_penetration_pct", date(2022, 6, 30)): (325.3, "%"),
        ("mobile_subscriptions", date(2022, 6, 30)): (24384472, "subscriptions"),
    }
    record = next(parse(file(JUNE)))
    assert (record.place, record.span, record.start) == ("hong_kong", "point", record.end)


def test_a_blank_is_a_month_not_published_and_a_zero_is_a_figure():
    assert told(file({"DATE": "Apr-22", "WIFI_AP_QTY": ""})) == {}
    assert told(file({"DATE": "Apr-22", "WIFI_AP_QTY": "0"})) == {
        ("public_wifi_aps", date(2022, 4, 30)): (0, "access points")
    }


def test_the_newest_figure_of_a_column_need_not_be_in_the_newest_row():
    found = told(file({"DATE": "Sep-22", "WIFI_AP_QTY": "86218"}, JUNE))
    assert max(end for name, end in found if name == "public_wifi_aps") == date(2022, 9, 30)
    assert max(end for name, end in found if name == "mobile_subscriptions") == date(2022, 6, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sep-22", date(2022, 9, 30)),
        ("2022-09", date(2022, 9, 30)),
        ("Feb-24", date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
    ],
)
def test_both_forms_of_the_month_are_read(text: str, day: date):
    assert month_end(text) == day


@pytest.mark.parametrize(
    "text", ["", "Sept-22", "sep-22", "09-2022", "2022-13", "2022-9", "22-Sep", "Sep-2022"]
)
def test_any_other_form_of_the_month_is_refused(text: str):
    with pytest.raises(ShapeError, match="expected a month such as Sep-22 or 2022-09"):
        month_end(text)


def test_a_column_that_is_added_is_let_be_and_the_known_ones_of_later_years_are_read():
    header = (*HEADER, "FTTH_RES_CVG_RATE", "FIVE_G_QTY")
    found = told(file({"DATE": "2025-09", "FTTH_RES_CVG_RATE": "91.6", "FIVE_G_QTY": "1"}, header=header))
    assert found == {("ftth_res_coverage_pct", date(2025, 9, 30)): (91.6, "%")}


def test_a_column_that_is_gone_or_renamed_is_refused():
    header = tuple(name if name != "BB_USERS_QTY" else "BB_QTY" for name in HEADER)
    with pytest.raises(ShapeError, match="missing 'BB_USERS_QTY'"):
        list(parse(file(JUNE, header=header)))


def test_a_mark_of_order_before_the_header_does_no_harm():
    assert told(file(JUNE, mark="\ufeff")) == told(file(JUNE))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"MOBL_USERS_QTY": "24.4m"}, "row 2: MOBL_USERS_QTY: expected a number or one of '', found '24.4m'"),
        ({"MOBL_USERS_QTY": "24384472.5"}, "MOBL_USERS_QTY: expected a whole number"),
        ({"MOBL_PEN_RATE": "325.3%"}, "MOBL_PEN_RATE: expected a number"),
        ({"WIFI_AP_QTY": "N/A"}, "WIFI_AP_QTY: expected a number"),
        ({"DATE": "June 2022"}, "DATE: expected a month"),
    ],
)
def test_a_cell_that_is_no_figure_is_refused_with_row_and_column(wrong: dict[str, str], said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(file(JUNE | wrong)))
    assert said in str(caught.value)


def test_a_file_cut_short_is_refused():
    with pytest.raises(ShapeError, match="cut short"):
        list(parse(file(JUNE, end="")))


@needs_samples
def test_the_real_copy_of_2022_reads_whole_and_agrees_with_the_published_figures():
    content = (SHARED / "samples/mirror" / SOURCE.requests[0].url.removeprefix("https://")).read_bytes()
    found = told(payload(content))
    assert len(found) > 250
    with (SHARED / "data/published_figures.csv").open(encoding="utf-8-sig", newline="") as stream:
        published = {
            (row["indicator_id"], date.fromisoformat(row["period_end"])): (float(row["value"]), row["unit"])
            for row in csv.DictReader(stream)
            if row["source_title"] == "Key Communications Statistics (key_com_stat.csv)"
            and row["indicator_id"] in SOURCE.feeds
        }
    assert len(published) > 200
    assert {key: found.get(key) for key in published} == published


def test_an_older_vintage_after_a_newer_one_leaves_the_newest_view_as_it_was(tools):
    revised = JUNE | {"MOBL_USERS_QTY": "24384999"}
    july = JUNE | {"DATE": "Jul-22", "MOBL_USERS_QTY": "24400000"}
    assert arrives(SOURCE, file(july, revised), tools).new == 4
    before = content_of(tools.warehouse)
    report = arrives(SOURCE, file(JUNE), tools)
    assert (report.status, report.new) == ("failed", 0)
    assert (
        "expected a file that reaches 2022-07-31 as before, found one that ends on 2022-06-30"
        in report.message
    )
    assert content_of(tools.warehouse) == before


@needs_samples
@pytest.mark.parametrize("part", [0.999, 0.7, 0.31, 0.03])
def test_the_real_copy_cut_short_leaves_what_is_stored(tools, part: float):
    content = (SHARED / "samples/mirror" / SOURCE.requests[0].url.removeprefix("https://")).read_bytes()
    assert arrives(SOURCE, payload(content), tools).new == 267
    before = content_of(tools.warehouse)
    assert arrives(SOURCE, payload(content[: int(len(content) * part)]), tools).new == 0
    assert content_of(tools.warehouse) == before
