"""Measures on their way from baseline to target: where they should be today, and where they are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures.canvas import Canvas
from dashboards.figures.drawn import Way, Ways
from dashboards.figures.legend import Key, draw_keys
from dashboards.figures.lettering import BOLD, plain, shortened, two_lines, width
from dashboards.figures.rows import absence_words, text_of
from dashboards.style import STATUSES, Style

ROW, LINE = 84.0, 17.0
"""Height in px of one measure, and of a second line of its name."""

LOW, HIGH = -0.1, 1.2
"""Left and right end of the track, where the baseline is 0 and the target 1."""

_SYMBOLS = {
    "achieved": "circle", "on_track": "circle", "at_risk": "triangle-up", "off_track": "x", "missed": "x-open",
    "unverified": "circle-open-dot", "not_proven": "diamond-open", "not_assessed": "line-ew-open",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Track:
    """One measure; *share* 0 is the baseline and 1 the target, None where there is no way between them."""

    label: str
    status: str
    unit: str
    baseline: float | None
    target: float | None
    expected: float | None
    actual: float | None
    qualifier: str
    target_qualifier: str
    due: date | None
    reference: bool

    def share(self, value: float | None) -> float | None:
        """Return where on the track *value* lies."""
        if value is None or self.baseline is None or self.target is None or self.baseline == self.target:
            return None
        return (value - self.baseline) / (self.target - self.baseline)


def _number(cell: Any) -> float | None:
    return None if cell is None or pd.isna(cell) or not math.isfinite(float(cell)) else float(cell)


def _text(record: Mapping[str, Any], name: str, default: str = "") -> str:
    cell = record.get(name)
    return default if cell is None or pd.isna(cell) else str(cell)


def _tracks(frame: pd.DataFrame) -> list[Track]:
    tracks = []
    for record in frame.to_dict("records"):
        due = record.get("due_on")
        tracks.append(
            Track(
                label=_text(record, "label"),
                status=_text(record, "status", "not_assessed"),
                unit=_text(record, "unit"),
                baseline=_number(record.get("baseline")),
                target=_number(record.get("target")),
                expected=_number(record.get("expected")),
                actual=_number(record.get("value")),
                qualifier=_text(record, "qualifier", "exact"),
                target_qualifier=_text(record, "target_qualifier", "exact"),
                due=None if due is None or pd.isna(due) else pd.Timestamp(due).date(),
                reference=_text(record, "kind") == "reference",
            )
        )
    return tracks


def _said(style: Style, value: float | None, qualifier: str, unit: str) -> str:
    return style.compact(value, qualifier, unit if style.words.has(f"unit.{unit}") else "")


def _status_word(track: Track, style: Style) -> str:
    if track.reference:
        return style.t("figure.reference")
    return style.t(f"status.{track.status if track.status in STATUSES else 'not_assessed'}")


def _colour(track: Track, style: Style) -> str:
    return style.palette.soft if track.reference else style.status_colour(track.status)


def _write(figure: go.Figure, style: Style, text: str, at: float, **where: Any) -> None:
    font = {"size": style.size - 1, "color": style.palette.soft} | where.pop("font", {})
    figure.add_annotation(
        text=text, showarrow=False, y=at, yref="y", borderpad=0, yanchor="middle", font=font,
        **({"xref": "paper"} | where),
    )  # fmt: skip


def _clamped(share: float) -> float:
    return min(max(share, LOW), HIGH)


def _way(figure: go.Figure, style: Style, at: int, track: Track) -> None:
    """Draw the track of one measure: the way, the part done, a tick where it should be, a mark where it is."""
    palette, colour = style.palette, _colour(track, style)
    figure.add_shape(x0=0, x1=1, y0=at, y1=at, line={"color": palette.line, "width": 6}, layer="below")
    if (actual := track.share(track.actual)) is not None:
        done = _clamped(actual)
        figure.add_shape(
            x0=0, x1=done, y0=at, y1=at, line={"color": colour, "width": 6}, layer="below", opacity=0.45
        )
    for end in (0, 1):
        _tick(figure, end, at, 7, palette.soft)
    expected = track.share(track.expected)
    if expected is not None and not track.reference:
        _tick(figure, _clamped(expected), at, 11, palette.ink, 2)


def _tick(figure: go.Figure, x: float, at: int, reach: float, colour: str, thick: float = 1) -> None:
    figure.add_shape(
        x0=x, x1=x, yanchor=at, ysizemode="pixel", y0=-reach, y1=reach, line={"color": colour, "width": thick}
    )


def _target_words(track: Track, style: Style) -> str:
    if track.target is None:
        return ""
    target = _said(style, track.target, track.target_qualifier, "")
    return (
        style.t("figure.target_by", target=target, date=style.words.day(track.due)) if track.due else target
    )


def _status_line(track: Track, style: Style) -> str:
    """Return the status and the actual figure, without its unit where there is no room for it."""
    word = _status_word(track, style)
    said = (_said(style, track.actual, track.qualifier, unit) for unit in (track.unit, ""))
    fits = [one for one in said if width(style.t("format.pair", a=word, b=one), style.size) <= style.room]
    actual = fits[0] if fits else _said(style, track.actual, track.qualifier, "")
    status = f"<span style='color:{_colour(track, style)}'>{plain(word)}</span>"
    return style.t("format.pair", a=status, b=plain(actual))


def _named(track: Track, style: Style) -> list[str]:
    """Return the name of a measure in one line, or two where it is long; what goes beyond that is cut."""
    size = style.size * BOLD
    if width(track.label, size) <= style.room:
        return [track.label]
    name, dot, place = track.label.rpartition(" · ")
    if name and width(name + dot.rstrip(), size) <= style.room:
        return [name + dot.rstrip(), shortened(place, size, style.room)]
    return two_lines(track.label, size, style.room)


def _words(figure: go.Figure, style: Style, at: int, track: Track) -> None:
    """Write name, status and actual figure above the track, baseline and target below it."""
    palette, size = style.palette, style.size
    for above, line in enumerate(reversed(_named(track, style))):
        _write(figure, style, f"<b>{plain(line)}</b>", at, x=0, xanchor="left", yshift=37 + LINE * above,
               font={"size": size, "color": palette.ink})  # fmt: skip
    _write(figure, style, _status_line(track, style), at, x=0, xanchor="left", yshift=19)
    if track.target is None:
        _write(figure, style, plain(style.t("status.reason_no_target")), at, x=0, xanchor="left")
        return
    if track.baseline is not None:
        _write(
            figure,
            style,
            plain(_said(style, track.baseline, "exact", "")),
            at,
            x=0,
            xanchor="left",
            yshift=-18,
        )
    _write(
        figure, style, plain(_target_words(track, style)), at, x=1, xref="paper", xanchor="right", yshift=-18
    )


def _marks(tracks: list[Track], style: Style) -> go.Scatter:
    """Return the marks where measures are; one whose place cannot be told stands nowhere."""
    placed = [(at, track, share) for at, track in enumerate(tracks)
              if (share := track.share(track.actual)) is not None]  # fmt: skip
    return go.Scatter(
        x=[_clamped(share) for _, _, share in placed],
        y=[at for at, _, _ in placed],
        mode="markers",
        cliponaxis=False,
        marker={
            "color": [_colour(track, style) for _, track, _ in placed],
            "symbol": [_SYMBOLS.get(track.status, "line-ew-open") for _, track, _ in placed],
            "size": 12,
            "line": {"width": 2, "color": [_colour(track, style) for _, track, _ in placed]},
        },
        text=[_hover(track, style) for _, track, _ in placed],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(track: Track, style: Style) -> str:
    return "<br>".join(plain(part) for part in (track.label, *_told(track, style)))


def _told(track: Track, style: Style) -> list[str]:
    """Return what is known of a measure, each with its word."""
    parts = [
        ("figure.actual", track.actual, track.qualifier),
        ("figure.expected", track.expected, "exact"),
        ("figure.baseline", track.baseline, "exact"),
        ("figure.reference" if track.reference else "figure.target", track.target, track.target_qualifier),
    ]
    said = [
        style.t("figure.named", name=style.t(key), figure=_said(style, value, qualifier, track.unit))
        for key, value, qualifier in parts
        if value is not None
    ]
    if track.due:
        said.append(style.t("figure.named", name=style.t("figure.due"), figure=style.words.day(track.due)))
    return said


def _drawn(track: Track, style: Style) -> Way:
    return Way(
        name=track.label,
        status="" if track.reference else track.status,
        status_words=_status_word(track, style),
        done=track.share(track.actual),
        expected=None if track.reference else track.share(track.expected),
        figure=_said(style, track.actual, track.qualifier, track.unit),
        baseline="" if track.baseline is None else _said(style, track.baseline, "exact", ""),
        target=_target_words(track, style),
    )


def track(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw one track for each measure: baseline at the left tick, target at the right one, today's due as a bar.

    *frame* has ``label``, ``unit``, ``status`` (a status of style.STATUSES), ``qualifier``, ``kind`` ("target" or
    "reference"; references are drawn, not judged) as str, ``baseline``, ``target``, ``expected``, ``value`` (float,
    NaN where there is none), ``due_on`` (datetime64). A measure without a target is told in words.
    """
    tracks = _tracks(frame)
    if not tracks:
        return style.empty()
    figure = Canvas(layout=style.layout())
    for at, each in enumerate(tracks):
        if each.target is not None:
            _way(figure, style, at, each)
        _words(figure, style, at, each)
    figure.add_trace(_marks(tracks, style))
    keys = (
        [Key(look="┃", text=style.t("figure.expected"))]
        if any(t.expected is not None for t in tracks)
        else []
    )
    foot = draw_keys(figure, style, keys, 0)
    row = ROW + LINE * (max(len(_named(each, style)) for each in tracks) - 1)
    figure.update_layout(
        style.layout(
            xaxis={"visible": False, "fixedrange": True, "range": [LOW, HIGH + 0.02]},
            yaxis={"visible": False, "fixedrange": True, "range": [len(tracks) - 0.62, -0.62]},
            margin={"l": 2, "r": 8, "t": 0, "b": foot + 4},
            height=row * len(tracks) + foot + 4,
        )
    )
    figure.drawn = Ways(ways=tuple(_drawn(each, style) for each in tracks))
    return figure


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return each measure with its status and figures, in words."""
    tracks = _tracks(frame)
    if not tracks:
        return text_of([absence_words("no_figure", style)], style)
    told = [
        style.t("figure.aside", text=style.t("figure.named", name=t.label, figure=_status_word(t, style)),
                aside=style.words.listing(_told(t, style)))
        for t in tracks
    ]  # fmt: skip
    return text_of(told, style)
