"""Templates filled in as a department would: cells of the sheet of figures set, the rest as it came."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from openpyxl import load_workbook

from ingest.returns_form import CODES, COLUMNS, FIRST_ROW, FREE, Fixed, fixed_of
from ingest.returns_template import template

TODAY = date(2026, 11, 21)
LETTER = dict(zip(COLUMNS, "BCDEFGHIJKLMN", strict=True))


def known_figures(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame as ``Warehouse.latest`` gives it, one row a series, changed as *rows* say."""
    usual = {
        "indicator_id": "iam_smart_users",
        "place_id": "hong_kong",
        "breakdown": "",
        "counting_basis": "as_published",
        "span": "point",
        "unit": "users",
        "period_start": pd.Timestamp("2026-6-30"),
        "period_end": pd.Timestamp("2026-6-30"),
        "value": 4_000_000.0,
        "qualifier": "over",
    }
    return pd.DataFrame([{**usual, **row} for row in rows], columns=list(usual))


MONTHLY = {
    "indicator_id": "fps_registrations",
    "unit": "accounts",
    "period_start": pd.Timestamp("2026-8-31"),
    "period_end": pd.Timestamp("2026-8-31"),
    "value": 16_500_000.0,
    "qualifier": "exact",
}


def made(lang: str = "en", *rows: Mapping[str, Any]) -> bytes:
    """Return a template of the Digital Policy Office with one irregular series and one monthly one, or *rows*."""
    known = known_figures(*(rows or ({}, MONTHLY)))
    indicators = list(dict.fromkeys(known["indicator_id"]))
    return template("dpo", indicators, lang, known, today=TODAY)


def filled(content: bytes, entries: Mapping[str, Any], *, sheet: int = 1) -> bytes:
    """Return the workbook with cells of a sheet (the figures') set by address."""
    book = load_workbook(io.BytesIO(content))
    for address, value in entries.items():
        book.worksheets[sheet][address] = value
    return saved(book)


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def lines_of(content: bytes) -> dict[int, Fixed | None]:
    """Return what the template fixed of each row, None for a free one."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[1]
    return {
        number: None if sheet.cell(number, 1).value == FREE else fixed_of(sheet.cell(number, 1).value)
        for number in range(FIRST_ROW, sheet.max_row + 1)
    }


def label_of(content: bytes, kind: str, code: str) -> str:
    """Return the label that a list of the template gives an id."""
    rows = load_workbook(io.BytesIO(content))[CODES].iter_rows(values_only=True)
    return next(label for its, one, label in rows if (its, one) == (kind, code))


def repacked(
    content: bytes,
    change: Callable[[str, bytes], bytes] = lambda _name, part: part,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the workbook with its parts changed, and *more* parts added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return stream.getvalue()
