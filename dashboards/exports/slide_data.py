"""The data behind a chart on a slide: numbers that stay numbers, each shown with its qualifier where it is edited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.util import lazyproperty

from dashboards.exports.tables.workbook import number_format
from dashboards.figures.rows import Row
from dashboards.style import Style

NUMBERS = "#,##0.####"


def shown_as(row: Row, style: Style) -> str:
    """Return how the cell of *row* shows its number: in the words of its qualifier."""
    return number_format(style.words, row.qualifier, whole=row.value.is_integer())


class _Table(CategoryWorkbookWriter):
    """Write a table behind a chart, each figure in the format of its own."""

    def _write_series(self, workbook: Any, worksheet: Any) -> None:
        first = self._chart_data.categories.depth
        formats = _Formats(workbook)
        for column, series in enumerate(self._chart_data, first):
            worksheet.write(0, column, series.name)
            _write_down(worksheet, 1, column, series, formats)


class _Dots(XyWorkbookWriter):
    """Write the dots behind a chart, each figure in the format of its own, the days as days."""

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        days = workbook.add_format({"num_format": "yyyy\\-mm\\-dd"})
        formats = _Formats(workbook)
        worksheet.set_column(0, 0, 11)
        for series in self._chart_data:
            top = self.series_table_row_offset(series)
            worksheet.write(top, 1, series.name)
            worksheet.write_column(top + 1, 0, series.x_values, days)
            _write_down(worksheet, top + 1, 1, series, formats)


class _Formats:
    """Hold the formats of one workbook, each added once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._held: dict[str, Any] = {}

    def __call__(self, code: str) -> Any:
        if code not in self._held:
            self._held[code] = self._workbook.add_format({"num_format": code})
        return self._held[code]


def _write_down(worksheet: Any, top: int, column: int, series: Any, formats: _Formats) -> None:
    values = getattr(series, "y_values", None)
    told = series.values if values is None else values
    for at, (point, value) in enumerate(zip(series, told, strict=True)):
        if value is not None:
            worksheet.write_number(top + at, column, value, formats(point.number_format))


class Table(CategoryChartData):
    """The table behind a chart of categories."""

    @lazyproperty
    def _workbook_writer(self) -> _Table:
        return _Table(self)


class Dots(XyChartData):
    """The dots behind a chart whose lines have days of their own."""

    @lazyproperty
    def _workbook_writer(self) -> _Dots:
        return _Dots(self)


def column(data: Table, name: str, cells: Iterable[Row | None], style: Style) -> None:
    """Add the figures *cells* (None: there is none) to *data* as a series."""
    series = data.add_series(name)
    for row in cells:
        known = row is not None and row.known
        series.add_data_point(row.value if known else None, shown_as(row, style) if known else None)
