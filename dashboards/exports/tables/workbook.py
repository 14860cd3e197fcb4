"""XLSX: a workbook that says what it is, what was asked, the figures in words and in codes, what they mean, whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboards.exports.about import about, audience_said
from dashboards.exports.columns import Column
from dashboards.exports.tables.ooxml import WRAPPED, Cells, Sheet, workbook
from dashboards.exports.tables.ooxml_frame import Properties, sheet_name
from dashboards.exports.telling import Telling
from dashboards.i18n import Words
from metrics.warehouse.values import QUALIFIERS

FONTS: Mapping[str, str] = {"en": "Calibri", "zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei"}
_FIRST_FORMAT = 4


def write(telling: Telling) -> bytes:
    """Return *telling* as a workbook of six sheets."""
    words = telling.words
    formats = number_formats(words)
    sheets = (
        _pairs(words.t("download.about"), about(telling), words),
        _pairs(words.t("download.filters"), telling.filters, words),
        _figures(words.t("download.labelled"), telling, ("text", "number", "date")),
        _figures(words.t("download.coded"), telling, ("code", "number", "date")),
        _definitions(telling),
        _sources(telling),
    )
    return workbook(sheets, properties_of(telling, tuple(formats)))


def properties_of(telling: Telling, formats: tuple[str, ...]) -> Properties:
    """Return what the file says of itself; its date is the day that it speaks as of."""
    words = telling.words
    return Properties(
        title=telling.title,
        subject=audience_said(telling.audience, words),
        author=words.t("ui.product_name"),
        keywords=", ".join(telling.indicators[:20]),
        description=telling.citation,
        language=words.html_lang,
        created=f"{telling.as_of_day}T00:00:00Z",
        font=FONTS[telling.lang],
        formats=formats,
    )


def number_formats(words: Words) -> list[str]:
    """Return the number formats: of each qualifier one for whole numbers and one for others, its words around it.

    A figure that is "over 65,000" reads so in the sheet, and is the number 65,000 in the cell.
    """
    return [number_format(words, name, whole=whole) for name in QUALIFIERS for whole in (True, False)]


def number_format(words: Words, qualifier: str, *, whole: bool) -> str:
    """Return the number format of a figure with *qualifier*, whole or with decimals."""
    digits = "#,##0" if whole else "#,##0.0###"
    pattern = words.t(f"qualifier.{qualifier}_pattern", n="\0")
    before, after = (part.replace('"', "") for part in pattern.split("\0"))
    return (f'"{before}"' if before else "") + digits + (f'"{after}"' if after else "")


def _styles(values: Sequence[float], qualifiers: Sequence[str]) -> list[int]:
    """Return the style of each number: that of its qualifier, with decimals where it has some."""
    places = {qualifier: _FIRST_FORMAT + 2 * at for at, qualifier in enumerate(QUALIFIERS)}
    plain = places["exact"]
    return [
        places.get(qualifier, plain) + (not pd.isna(value) and not float(value).is_integer())
        for value, qualifier in zip(values, qualifiers, strict=True)
    ]


_QUALIFIED = {"value": "qualifier", "divided_by_value": "divided_by_qualifier"}


def _figures(name: str, telling: Telling, kinds: tuple[str, ...]) -> Sheet:
    coded = "code" in kinds
    columns = [column for column in telling.columns if column.kind in kinds] or list(telling.columns)
    if not coded:  # a column for nobody's reading: nothing stands in it
        columns = [column for column in columns if _says(column, telling.rows)] or columns
    cells = tuple(_column(column, telling.rows, coded=coded) for column in columns)
    return Sheet(name=sheet_name(name), columns=cells, filtered=True)


def _says(column: Column, rows: pd.DataFrame) -> bool:
    """Say whether anything stands in a column; in a table without rows all columns stay."""
    return rows.empty or bool((rows[column.id].notna() & rows[column.id].ne("")).any())


def _column(column: Column, rows: pd.DataFrame, *, coded: bool) -> Cells:
    label = column.id if coded else column.label
    cells = rows[column.id].tolist()
    if column.kind == "number":
        said = _QUALIFIED.get(column.id, "")
        qualifiers = rows[said].tolist() if said in rows.columns else ["exact"] * len(cells)
        return Cells(label=label, cells=[_number(cell) for cell in cells], styles=_styles(cells, qualifiers))
    if column.kind == "date":
        return Cells(label=label, cells=[cell if isinstance(cell, date) else None for cell in cells])
    return Cells(label=label, cells=[cell if isinstance(cell, str) else "" for cell in cells])


def _number(cell: Any) -> float | None:
    return None if cell is None or pd.isna(cell) else float(cell)


def _pairs(name: str, pairs: Sequence[tuple[str, str]], words: Words) -> Sheet:
    return Sheet(
        name=sheet_name(name),
        columns=(
            Cells(label=words.t("download.item"), cells=[label for label, _ in pairs], styles=WRAPPED),
            Cells(label=words.t("download.said"), cells=[said for _, said in pairs], styles=WRAPPED),
        ),
    )


def _definitions(telling: Telling) -> Sheet:
    words, known = telling.words, telling.definitions
    heads = {
        "column.indicator_id": [one.indicator_id for one in known],
        "column.indicator": [one.name for one in known],
        "column.unit": [one.unit for one in known],
        "download.definition": [one.definition for one in known],
        "download.comparability": [one.comparability for one in known],
        "download.owner": [one.owner for one in known],
    }
    return _lists(words.t("download.definitions"), heads, words)


def _sources(telling: Telling) -> Sheet:
    words = telling.words
    heads = {
        "column.source": [one.publisher for one in telling.cited],
        "column.source_title": [one.title for one in telling.cited],
        "column.published_on": [one.published for one in telling.cited],
        "column.tier_words": [one.tier for one in telling.cited],
        "column.source_url": [one.url for one in telling.cited],
    }
    return _lists(words.t("download.sources"), heads, words)


def _lists(name: str, heads: Mapping[str, Sequence[str]], words: Words) -> Sheet:
    columns = tuple(Cells(label=words.t(key), cells=cells, styles=WRAPPED) for key, cells in heads.items())
    return Sheet(name=sheet_name(name), columns=columns, filtered=True)
