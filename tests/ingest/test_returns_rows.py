"""A row of a return: one figure, or every fault of it."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.returns_cells import Cell
from ingest.returns_form import COLUMNS, Fixed
from ingest.returns_rows import Reading, Sheet, is_silent, known_code, read_row
from tests.ingest.filling import LETTER, TODAY

LABELS = {
    "indicator": {"iAM Smart users": ["iam_smart_users"], "GDP": ["gdp_local_currency_bn"]},
    "place": {"Hong Kong": ["hong_kong"], "Macao": ["macao"]},
    "unit": {"users": ["users"], "CNY bn": ["CNY bn"], "HKD bn": ["HKD bn"]},
    "qualifier": {"over": ["over"], "exact figure": ["exact"]},
    "status": {"final": ["final"], "provisional": ["provisional"]},
}
SHOWN = {
    "indicator": "iAM Smart users",
    "counted": "",
    "place": "Hong Kong",
    "unit": "users",
    "known": "over 4",
}
OPEN = Fixed(
    indicator="iam_smart_users",
    place="hong_kong",
    breakdown="",
    counting_basis="as_published",
    span="point",
    unit="users",
    start=None,
    end=None,
    shown=SHOWN,
)


def reading(entries: dict, fixed: Fixed | None = OPEN) -> Reading:
    shown = {name: text or None for name, text in (fixed.shown if fixed else {}).items()}
    cells = {
        name: Cell(address=f"{LETTER[name]}9", value=entries.get(name, shown.get(name))) for name in COLUMNS
    }
    sheet = Sheet(name="Figures", labels=LABELS, today=TODAY)
    return Reading(sheet=sheet, number=9, cells=cells, fixed=fixed)


def faults(entries: dict, fixed: Fixed | None = OPEN) -> list[tuple[str, str]]:
    made = reading(entries, fixed)
    assert read_row(made) is None
    return [(fault.cell, fault.key) for fault in made.told()]


FREE = {"indicator": "iAM Smart users", "place": "Macao", "unit": "users", "end": "2026-10-31", "value": 5}


def test_a_prefilled_row_is_a_figure():
    row = read_row(
        reading({"end": "2026-10-31", "value": 4.2e6, "qualifier": "over", "url": "https://a.hk/"})
    )
    assert (row.indicator, row.place, row.span, row.unit) == (
        "iam_smart_users",
        "hong_kong",
        "point",
        "users",
    )
    assert (row.start, row.end) == (date(2026, 10, 31), date(2026, 10, 31))
    assert (row.value, row.qualifier, row.status, row.cell) == (4.2e6, "over", "final", "I9")


def test_a_free_row_is_a_figure_and_its_period_tells_what_kind_it_is():
    assert read_row(reading(FREE, None)).span == "point"
    flow = {**FREE, "indicator": "GDP", "unit": "HKD bn", "start": "2025-01-01", "end": "2025-12-31"}
    assert read_row(reading(flow, None)).span == "year"


def test_every_fault_of_a_row_is_told_at_once():
    entries = {
        "place": "Macao",
        "end": "31.10.2026",
        "value": "4 million",
        "qualifier": "roughly",
        "published_on": "soon",
        "url": "gov.hk",
    }
    assert faults(entries) == [
        ("D9", "wrong.altered"),
        ("F9", "wrong.date"),
        ("I9", "wrong.number"),
        ("J9", "wrong.choice"),
        ("L9", "wrong.date"),
        ("N9", "wrong.url"),
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"value": 4.5}, ("I9", "wrong.whole")),
        ({"value": None}, ("I9", "wrong.missing")),
        ({"end": "2026-11-22"}, ("F9", "wrong.future")),
        ({"published_on": "2026-11-22"}, ("L9", "wrong.published_future")),
        ({"published_on": "2026-10-30"}, ("L9", "wrong.published_early")),
        ({"place": "Atlantis"}, ("D9", "wrong.choice")),
        ({"unit": "CNY bn"}, ("G9", "wrong.choice")),
        ({"indicator": None}, ("B9", "wrong.missing")),
        ({"end": None}, ("F9", "wrong.missing")),
    ],
)
def test_what_cannot_be_is_a_fault_of_its_cell(change, found):
    assert faults({**FREE, **change}, None) == [found]


def test_a_period_must_be_of_its_rows_kind_and_run_forward():
    monthly = Fixed(**{**vars(OPEN), "span": "month"})
    whole = {"value": 5, "start": "2026-09-01", "end": "2026-09-30"}
    assert read_row(reading(whole, monthly)).span == "month"
    assert faults({**whole, "end": "2026-09-29"}, monthly) == [("F9", "wrong.span")]
    assert faults({**whole, "start": "2026-10-01"}, monthly) == [("E9", "wrong.order")]


def test_a_fault_says_what_its_row_is_about():
    made = reading({**FREE, "value": "x"}, None)
    read_row(made)
    assert made.told()[0].about == {"indicator": "iam_smart_users", "place": "macao"}


def test_defaults_alone_say_nothing():
    assert is_silent(reading({"qualifier": "exact figure", "status": "final"}).cells, OPEN)
    assert not is_silent(reading({"value": 0}).cells, OPEN)
    assert not is_silent(reading({"place": "Macao"}, None).cells, None)
    assert is_silent(reading({"qualifier": "over"}, None).cells, None)


def test_a_code_must_name_what_there_is():
    offered = ["iam_smart_users", "fiveg_bs_per_km2"]
    assert known_code(OPEN, offered)
    for change in (
        {"indicator": "fiveg_bs_per_km2", "unit": "stations/km2"},  # worked out, never handed in
        {"indicator": "open_datasets", "unit": "datasets"},  # not offered by this template
        {"unit": "persons"},
        {"counting_basis": "mine"},
    ):
        assert not known_code(Fixed(**{**vars(OPEN), **change}), offered)
