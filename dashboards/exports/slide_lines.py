"""Lines over time as a native chart: a dated table behind it, gaps left open, qualified figures in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboards.exports.slide_charts import LABEL, label, legend, placed
from dashboards.exports.slide_data import NUMBERS, Dots, Table, column, shown_as
from dashboards.exports.slide_words import Box, rgb
from dashboards.figures.drawn import Lines
from dashboards.figures.lettering import width
from dashboards.figures.map_labels import overlap
from dashboards.figures.rows import figure_words
from dashboards.figures.series import Dot, Line, joined
from dashboards.figures.time_axis import amount_ticks
from dashboards.style import Style

MOST_LABELLED = 8
"""How many qualified figures of one line are written out beside it."""

_SPARE = 0.1
"""The share of the time axis after the newest figure, where it is written out."""

_EPOCH = date(1899, 12, 30)
_MARKERS = {"over": XL_MARKER_STYLE.TRIANGLE, "at_least": XL_MARKER_STYLE.TRIANGLE, "approx": XL_MARKER_STYLE.CIRCLE,
            "under": XL_MARKER_STYLE.DIAMOND, "at_most": XL_MARKER_STYLE.DIAMOND}  # fmt: skip
_FEW = 40


def _day(dot: Dot) -> date:
    """Return the date of a figure in the table behind the chart: that of a stock, the first day of a period."""
    row = dot.row
    end = row.end or date.min
    return end if row.span in {"point", ""} else row.start or end


def _days(found: Sequence[Line]) -> list[date]:
    return sorted({_day(dot) for line in found for dot in line.dots})


def _gaps(line: Line) -> list[tuple[date, date]]:
    """Return the pairs of neighbouring days between which no line may be drawn."""
    return [(_day(one), _day(other)) for one, other in pairwise(line.dots) if not joined(one, other)]


def dated(found: Sequence[Line]) -> list[date] | None:
    """Return the days of one table for all lines, or None where one line's days would cut another.

    Between two figures that must not be joined there is a day without a figure.
    """
    days = _days(found)
    extra = []
    for line in found:
        own = [_day(dot) for dot in line.dots]
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
    _axes(chart, style, found)
    at = {day: n for n, day in enumerate(days)} if days else None
    told = _written(found, box, style)
    for n, (line, series) in enumerate(zip(found, chart.plots[0].series, strict=True)):
        _drawn(series, line, style, _colour(found, line, style), at)
        for point, words in told[n].items():
            place = series.points[_places(line, at)[point]]
            side = XL_LABEL_POSITION.RIGHT if _newest(line.dots[point], found) else XL_LABEL_POSITION.ABOVE
            label(place, words, style, side, _colour(found, line, style))
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


def _written(found: Sequence[Line], box: Box, style: Style) -> list[dict[int, str]]:
    """Return for each line which of its figures are written out: the newest, then qualified ones, as room allows."""
    days, ticks = _days(found), amount_ticks([dot.row.value for line in found for dot in line.dots])
    wide, high = (box.wide - 80) * (1 - _SPARE), box.high - 60
    span, reach = max((days[-1] - days[0]).days, 1), (ticks[-1] - ticks[0]) or 1.0
    wanted = [(n, len(line.dots) - 1) for n, line in enumerate(found)]
    wanted += [
        (n, k)
        for n, line in enumerate(found)
        for k in reversed(range(len(line.dots) - 1))
        if not line.dots[k].plain
    ][: MOST_LABELLED * len(found)]
    taken: list[tuple[float, float, float, float]] = []
    told: list[dict[int, str]] = [{} for _ in found]
    for n, k in wanted:
        dot = found[n].dots[k]
        words = figure_words(dot.row, style, compact=True)
        half = width(words, LABEL) / 2 + 3
        x = (_day(dot) - days[0]).days / span * wide
        y = (ticks[-1] - dot.row.value) / reach * high
        area = (x - half, y - LABEL * 1.6, x + half, y - 2)
        if _newest(dot, found):
            area = (x + 4, y - LABEL * 0.65, x + 2 * half + 4, y + LABEL * 0.65)
        if not any(overlap(area, other) for other in taken):
            taken.append(area)
            told[n][k] = words
    return told


def _newest(dot: Dot, found: Sequence[Line]) -> bool:
    """Say whether there is nothing right of a figure."""
    return _day(dot) == max(_day(line.last) for line in found)


def _colour(found: Sequence[Line], line: Line, style: Style) -> str:
    names = list(dict.fromkeys(each.name for each in found))
    at = names.index(line.name)
    return style.palette.series[at] if at < len(style.palette.series) else style.palette.soft


def _table_chart(shapes: Any, box: Box, found: Sequence[Line], days: Sequence[date], style: Style) -> Any:
    data = Table(number_format=NUMBERS)
    data.categories = days
    data.categories.number_format = "yyyy\\-mm\\-dd"
    for line in found:
        held = {_day(dot): dot.row for dot in line.dots}
        column(data, line.name, [held.get(day) for day in days], style)
    return placed(shapes, XL_CHART_TYPE.LINE_MARKERS, data, box, style)


def _scatter(shapes: Any, box: Box, found: Sequence[Line], style: Style) -> Any:
    data = Dots(number_format=NUMBERS)
    for line in found:
        series = data.add_series(line.name)
        for n, dot in enumerate(line.dots):
            if n and not joined(line.dots[n - 1], dot):
                before = _day(line.dots[n - 1])
                series.add_data_point(_serial(before + (_day(dot) - before) // 2), None)
            series.add_data_point(_serial(_day(dot)), dot.row.value, shown_as(dot.row, style))
    chart = placed(shapes, XL_CHART_TYPE.XY_SCATTER_LINES, data, box, style)
    for point in chart._chartSpace.iter(qn("c:pt")):
        if point.find(qn("c:v")).text == "None":
            point.getparent().remove(point)
    return chart


def _serial(day: date) -> int:
    return (day - _EPOCH).days


def _axes(chart: Any, style: Style, found: Sequence[Line]) -> None:
    days, amounts = chart.category_axis, chart.value_axis
    ticks = amount_ticks([dot.row.value for line in found for dot in line.dots])
    amounts.minimum_scale, amounts.maximum_scale = ticks[0], ticks[-1]
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
    _units(days, first, last)


def _form(first: date, last: date, style: Style) -> str:
    if (last - first).days / 365.25 > 3:
        return "yyyy"
    return "mmm\\ yyyy" if style.lang == "en" else "yyyy\\-mm"


def _units(axis: Any, first: date, last: date) -> None:
    """Set how far apart the ticks of the time axis are."""
    years = max((last - first).days / 365.25, 0.1)
    element = axis._element
    if element.tag == qn("c:dateAx"):
        steps = (12, 24, 48, 60, 120) if years > 3 else (1, 2, 3, 6, 12)  # a year is written once
        step = next((n for n in steps if years * 12 / n <= 9), 240)
        axis.maximum_scale = _serial(last + (last - first) * (_SPARE / (1 - _SPARE)))
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
        axis.minimum_scale = _serial(_first_tick(first))
        axis.maximum_scale = _serial(date(last.year + 1, 1, 1))
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
        return [days[_day(dot)] for dot in line.dots]
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
