"""Lines over time as a native chart: a dated table behind it, gaps left open, qualified figures in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboards.exports.slide_charts import label, legend, placed
from dashboards.exports.slide_data import NUMBERS, Dots, Table, column, shown_as
from dashboards.exports.slide_labels import Plot, day_of, labels
from dashboards.exports.slide_words import Box, rgb
from dashboards.figures.drawn import Lines
from dashboards.figures.series import Line, joined
from dashboards.figures.time_axis import amount_ticks
from dashboards.style import Style

_SPARE = 0.1
"""The share of the time axis after the newest figure, where it is written out."""

_YEAR, _MONTH = 40.0, 72.0
"""Points of the time axis that a year, and a month with its year, want."""

_EPOCH = date(1899, 12, 30)
_MARKERS = {"over": XL_MARKER_STYLE.TRIANGLE, "at_least": XL_MARKER_STYLE.TRIANGLE, "approx": XL_MARKER_STYLE.CIRCLE,
            "under": XL_MARKER_STYLE.DIAMOND, "at_most": XL_MARKER_STYLE.DIAMOND}  # fmt: skip
_FEW = 40


def _days(found: Sequence[Line]) -> list[date]:
    return sorted({day_of(dot) for line in found for dot in line.dots})


def _gaps(line: Line) -> list[tuple[date, date]]:
    """Return the pairs of neighbouring days between which no line may be drawn."""
    return [(day_of(one), day_of(other)) for one, other in pairwise(line.dots) if not joined(one, other)]


def dated(found: Sequence[Line]) -> list[date] | None:
    """Return the days of one table for all lines, or None where one line's days would cut another.

    Between two figures that must not be joined there is a day without a figure.
    """
    days = _days(found)
    extra = []
    for line in found:
        own = [day_of(dot) for dot in line.dots]
        if len(set(own)) < len(own):
            return None
        steps = {day: n for n, day in enumerate(days)}
        gaps = _gaps(line)
        for one, other in pairwise(own):
            between = steps[other] - steps[one] - 1
            if (one, other) in gaps:
                if not between:
                    extra.append(one + (other - one) // 2)
            elif between:
                return None
    return sorted({*days, *extra})


def lines(shapes: Any, box: Box, drawn: Lines, style: Style) -> Any:
    """Add the lines as a chart over dates, named in the legend, their newest and their qualified figures in words."""
    found = drawn.lines
    days = dated(found)
    chart = _table_chart(shapes, box, found, days, style) if days else _scatter(shapes, box, found, style)
    plot = _plot(found, box, dated=bool(days))
    _axes(chart, style, found, plot)
    at = {day: n for n, day in enumerate(days)} if days else None
    told = labels(found, plot, style)
    for n, (line, series) in enumerate(zip(found, chart.plots[0].series, strict=True)):
        _drawn(series, line, style, _colour(found, line, style), at)
        for point, (words, side) in told[n].items():
            put = series.points[_places(line, at)[point]]
            label(put, words, style, side, _colour(found, line, style), ground=True)
    _named(chart, found, style)
    return chart


def _named(chart: Any, found: Sequence[Line], style: Style) -> None:
    """Put each name in the legend once; a chart of one name needs none."""
    names = [line.name for line in found]
    if len(set(names)) < 2:
        chart.has_legend = False
        return
    legend(chart, style)
    held = chart.legend._element
    for n, name in reversed(list(enumerate(names))):
        if name in names[:n]:
            entry = held.makeelement(qn("c:legendEntry"), {})
            entry.append(entry.makeelement(qn("c:idx"), {"val": str(n)}))
            entry.append(entry.makeelement(qn("c:delete"), {"val": "1"}))
            held.find(qn("c:legendPos")).addnext(entry)


def _colour(found: Sequence[Line], line: Line, style: Style) -> str:
    names = list(dict.fromkeys(each.name for each in found))
    at = names.index(line.name)
    return style.palette.series[at] if at < len(style.palette.series) else style.palette.soft


def _table_chart(shapes: Any, box: Box, found: Sequence[Line], days: Sequence[date], style: Style) -> Any:
    data = Table(number_format=NUMBERS)
    data.categories = days
    data.categories.number_format = "yyyy\\-mm\\-dd"
    for line in found:
        held = {day_of(dot): dot.row for dot in line.dots}
        column(data, line.name, [held.get(day) for day in days], style)
    return placed(shapes, XL_CHART_TYPE.LINE_MARKERS, data, box, style)


def _scatter(shapes: Any, box: Box, found: Sequence[Line], style: Style) -> Any:
    data = Dots(number_format=NUMBERS)
    for line in found:
        series = data.add_series(line.name)
        for n, dot in enumerate(line.dots):
            if n and not joined(line.dots[n - 1], dot):
                before = day_of(line.dots[n - 1])
                series.add_data_point(_serial(before + (day_of(dot) - before) // 2), None)
            series.add_data_point(_serial(day_of(dot)), dot.row.value, shown_as(dot.row, style))
    chart = placed(shapes, XL_CHART_TYPE.XY_SCATTER_LINES, data, box, style)
    for point in chart._chartSpace.iter(qn("c:pt")):
        if point.find(qn("c:v")).text == "None":
            point.getparent().remove(point)
    return chart


def _serial(day: date) -> int:
    return (day - _EPOCH).days


def _plot(found: Sequence[Line], box: Box, *, dated: bool) -> Plot:
    """Return what the axes hold: whole steps of amounts; days from one that a tick may name, with room after the last.

    Ticks stand at equal steps from the first day, so that one named by its year alone must be of January.
    """
    first, last = _days(found)[0], _days(found)[-1]
    ticks = amount_ticks([dot.row.value for line in found for dot in line.dots])
    start = date(first.year, 1 if _long(first, last) else first.month, 1)
    end = last + (last - start) * (_SPARE / (1 - _SPARE))
    if not dated:
        start, end = _first_tick(first), date(last.year + 1, 1, 1)
    return Plot(first=start, last=end, low=ticks[0], top=ticks[-1], wide=box.wide - 80, high=box.high - 60)


def _axes(chart: Any, style: Style, found: Sequence[Line], plot: Plot) -> None:
    days, amounts = chart.category_axis, chart.value_axis
    ticks = amount_ticks([dot.row.value for line in found for dot in line.dots])
    amounts.minimum_scale, amounts.maximum_scale = plot.low, plot.top
    amounts.major_unit = ticks[1] - ticks[0]
    amounts.has_major_gridlines = True
    amounts.major_gridlines.format.line.color.rgb = rgb(style.palette.line)
    amounts.major_gridlines.format.line.width = Pt(0.75)
    amounts.format.line.fill.background()
    amounts.tick_labels.number_format, amounts.tick_labels.number_format_is_linked = (
        NUMBERS.rstrip(".#"),
        False,
    )
    if ticks[1] - ticks[0] < 1:
        amounts.tick_labels.number_format = "0.0#"
    first, last = _days(found)[0], _days(found)[-1]
    days.tick_labels.number_format, days.tick_labels.number_format_is_linked = (
        _form(first, last, style),
        False,
    )
    days.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    days.format.line.color.rgb = rgb(style.palette.line)
    days.has_major_gridlines = False
    for axis in (days, amounts):
        axis.major_tick_mark = axis.minor_tick_mark = -4142  # none
        axis.tick_labels.font.size = Pt(11)
        axis.tick_labels.font.color.rgb = rgb(style.palette.soft)
    days.minimum_scale, days.maximum_scale = _serial(plot.first), _serial(plot.last)
    _units(days, first, last, most=min(9, max(2, int(plot.wide / (_YEAR if _long(first, last) else _MONTH)))))


def _long(first: date, last: date) -> bool:
    """Say whether years alone name the ticks between two days."""
    return (last - first).days / 365.25 > 3


def _form(first: date, last: date, style: Style) -> str:
    if _long(first, last):
        return "yyyy"
    return "mmm\\ yyyy" if style.lang == "en" else "yyyy\\-mm"


def _units(axis: Any, first: date, last: date, most: int) -> None:
    """Set how far apart the ticks of the time axis are, about *most* of them."""
    years = max((last - first).days / 365.25, 0.1)
    element = axis._element
    if element.tag == qn("c:dateAx"):
        steps = (12, 24, 48, 60, 120) if _long(first, last) else (1, 2, 3, 6, 12)  # a year is written once
        step = next((n for n in steps if years * 12 / n <= most), 240)
        for name, value in (("majorUnit", step), ("majorTimeUnit", "months")):
            for known in element.findall(qn(f"c:{name}")):
                element.remove(known)
            element.append(element.makeelement(qn(f"c:{name}"), {"val": str(value)}))
        base = element.find(qn("c:baseTimeUnit"))
        if base is None:
            base = element.makeelement(qn("c:baseTimeUnit"), {})
            element.find(qn("c:majorUnit")).addprevious(base)
        base.set("val", "days")
    else:
        axis.major_unit = 365.25 * next(n for n in (1, 2, 5, 10, 20, 50) if years / n <= 8)


def _first_tick(first: date) -> date:
    """Return a second of January from which steps of 365.25 days stay in January, so that no year is written twice."""
    return date(first.year if (first.month, first.day) > (1, 1) else first.year - 1, 1, 2)


def _drawn(series: Any, line: Line, style: Style, colour: str, days: dict[date, int] | None) -> None:
    """Set the look of one line and write the figures beside it that need words."""
    series.smooth = False
    series.format.line.width = Pt(2)
    series.format.line.color.rgb = rgb(colour)
    exact = all(dot.plain for dot in line.dots)
    if not exact:
        series.format.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
    few = len(line.dots) <= _FEW
    _mark(series.marker, colour, style, filled=True, size=6 if few else 2)
    places = _places(line, days)
    qualified = [n for n, dot in enumerate(line.dots) if not dot.plain]
    for n in qualified[-_FEW:]:
        dot = line.dots[n]
        marker = series.points[places[n]].marker
        marker.style = _MARKERS.get(dot.row.qualifier, XL_MARKER_STYLE.DIAMOND)
        _mark(marker, colour, style, filled=dot.row.qualifier not in {"approx", "exact"}, size=8)


def _places(line: Line, days: dict[date, int] | None) -> list[int]:
    """Return the number of each figure's point in its series."""
    if days is not None:
        return [days[day_of(dot)] for dot in line.dots]
    places, at = [], 0
    for n, dot in enumerate(line.dots):
        at += bool(n and not joined(line.dots[n - 1], dot))
        places.append(at)
        at += 1
    return places


def _mark(marker: Any, colour: str, style: Style, *, filled: bool, size: int) -> None:
    if marker._element.find(qn("c:marker")) is None or marker.style is None:
        marker.style = XL_MARKER_STYLE.CIRCLE
    marker.size = size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(colour if filled else style.palette.ground)
    marker.format.line.color.rgb = rgb(colour)
