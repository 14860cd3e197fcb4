"""Native charts on slides: bars whose data can be edited, labelled in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboards.exports.slide_data import NUMBERS, Table, column
from dashboards.exports.slide_words import Box, rgb, spoken
from dashboards.figures.drawn import Bars, Pairs, Way, Ways
from dashboards.figures.rows import Row, absence_words, figure_words
from dashboards.style import Style

LABEL = 11.0
SHARES = "0%"
_HATCHED = {"provisional": MSO_PATTERN.WIDE_UPWARD_DIAGONAL, "estimated": MSO_PATTERN.PERCENT_25}
_LOW, _HIGH = -0.1, 1.2


def placed(shapes: Any, kind: XL_CHART_TYPE, data: Any, box: Box, style: Style) -> Any:
    """Return a new chart at *box*, its text set in the reader's language."""
    chart = shapes.add_chart(kind, *box.emu, data).chart
    chart.has_title = False
    chart.font.size = Pt(LABEL)
    chart.font.color.rgb = rgb(style.palette.ink)
    spoken(chart._chartSpace.find(qn("c:txPr")).find(".//" + qn("a:defRPr")), style.lang)
    return chart


def label(
    point: Any,
    text: str,
    style: Style,
    position: XL_LABEL_POSITION,
    colour: str = "",
    *,
    ground: bool = False,
) -> None:
    """Write *text* at a point of a chart instead of its bare number; with *ground* nothing is seen through it."""
    held = point.data_label
    held.position = position
    run = held.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(LABEL)
    run.font.color.rgb = rgb(colour or style.palette.ink)
    spoken(run._r.get_or_add_rPr(), style.lang)
    if ground:
        look = f'<a:solidFill><a:srgbClr val="{rgb(style.palette.ground)}"/></a:solidFill>'
        shape = parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{look}</c:spPr>")
        held._get_or_add_dLbl().find(qn("c:tx")).addnext(shape)


def legend(chart: Any, style: Style) -> None:
    """Put the legend below the plot."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(LABEL)
    chart.legend.font.color.rgb = rgb(style.palette.soft)
    spoken(chart.legend._element.find(".//" + qn("a:defRPr")), style.lang)


def _quiet_axes(chart: Any, style: Style, *, least: float, most: float) -> None:
    """Set the axes of bars: the largest category first, no scale, since every bar is labelled."""
    names, amounts = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = rgb(style.palette.line)
    names.major_tick_mark = names.minor_tick_mark = -4142  # none
    amounts.visible = False
    amounts.has_major_gridlines = False
    amounts.minimum_scale, amounts.maximum_scale = least, most


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a scale with room beyond its bars for their labels."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.3
    return low - room if low < 0 else 0.0, high + room if high > 0 else 0.0


def _coloured(series: Any, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)
    series.invert_if_negative = False


def _said(row: Row, aside: str, style: Style) -> str:
    words = figure_words(row, style, compact=len(f"{row.value:.0f}") > 7)
    return style.t("figure.aside", text=words, aside=aside) if aside else words


def bars(shapes: Any, box: Box, drawn: Bars, style: Style, name: str) -> Any:
    """Add one bar a place, the longest first; places without a figure are told in words on the axis."""
    data = Table(number_format=NUMBERS)
    data.categories = [
        *(row.label for row in drawn.known),
        *(style.t("figure.named", name=row.label, figure=absence_words(row.absence, style)) for row in drawn.absent),
    ]  # fmt: skip
    column(data, name, [*drawn.known, *drawn.absent], style)
    chart = placed(shapes, XL_CHART_TYPE.BAR_CLUSTERED, data, box, style)
    chart.has_legend = False
    least, most = _reach([row.value for row in drawn.known] or [0.0])
    _quiet_axes(chart, style, least=least, most=most or 1.0)
    chart.plots[0].gap_width = 60
    series = chart.plots[0].series[0]
    _coloured(series, style.palette.ramp[3])
    for at, (row, aside) in enumerate(zip(drawn.known, drawn.asides, strict=True)):
        point = series.points[at]
        if row.status in _HATCHED:
            fill = point.format.fill
            fill.patterned()
            fill.pattern = _HATCHED[row.status]
            fill.fore_color.rgb, fill.back_color.rgb = rgb(style.palette.ramp[3]), rgb(style.palette.ground)
        label(point, _said(row, aside, style), style, XL_LABEL_POSITION.OUTSIDE_END)
    return chart


def pairs(shapes: Any, box: Box, drawn: Pairs, style: Style) -> Any:
    """Add two bars a crossing, one each way; which way more went stands beside its name."""
    data = Table(number_format=NUMBERS)
    data.categories = [
        style.t("figure.aside", text=name, aside=net) if net else name
        for name, net in zip(drawn.names, drawn.nets, strict=True)
    ]
    sides = (drawn.up, drawn.down)
    for name, found in zip(drawn.ways, sides, strict=True):
        column(data, name, found, style)
    chart = placed(shapes, XL_CHART_TYPE.BAR_CLUSTERED, data, box, style)
    least, most = _reach([row.value for found in sides for row in found if row and row.known] or [0.0])
    _quiet_axes(chart, style, least=least, most=most or 1.0)
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, -5
    for series, found, colour in zip(chart.plots[0].series, sides, style.palette.series, strict=False):
        _coloured(series, colour)
        for at, row in enumerate(found):
            if row and row.known:
                label(series.points[at], figure_words(row, style), style, XL_LABEL_POSITION.OUTSIDE_END)
    legend(chart, style)
    return chart


def _way_words(way: Way, style: Style) -> list[str]:
    """Return what stands beside the bar of a measure: its name and status, then baseline and target."""
    named = style.t("format.pair", a=way.name, b=way.status_words)
    return (
        [named, style.t("slides.way", baseline=way.baseline or "\u2013", target=way.target)]
        if way.target
        else [named]
    )


def ways(shapes: Any, box: Box, drawn: Ways, style: Style) -> Any:
    """Add one bar a measure, the share of its way from baseline to target, and where it should be today."""
    data = Table(number_format=SHARES)
    data.categories = ["\n".join(_way_words(way, style)) for way in drawn.ways]
    data.add_series(style.t("slides.share_done"), [way.done for way in drawn.ways])
    due = any(way.expected is not None for way in drawn.ways)
    if due:
        data.add_series(style.t("figure.expected"), [way.expected for way in drawn.ways])
    chart = placed(shapes, XL_CHART_TYPE.BAR_CLUSTERED, data, box, style)
    shares = [share for way in drawn.ways for share in (way.done, way.expected) if share is not None]
    _quiet_axes(chart, style, least=min(_LOW, *shares, 0.0), most=max(_HIGH, *shares, 0.0) * 1.3)
    chart.plots[0].gap_width, chart.plots[0].overlap = 50, 0
    done = chart.plots[0].series[0]
    _coloured(done, style.palette.accent)
    for at, way in enumerate(drawn.ways):
        if way.done is None:
            continue
        fill = done.points[at].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(style.status_colour(way.status) if way.status else style.palette.soft)
        label(done.points[at], way.figure, style, XL_LABEL_POSITION.OUTSIDE_END)
    if due:
        _coloured(chart.plots[0].series[1], style.palette.line)
        legend(chart, style)
    else:
        chart.has_legend = False
    return chart
