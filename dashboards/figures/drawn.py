"""What a chart shows, as values: for those who draw the same chart in another form, such as a slide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.figures.map_ground import Fill
from dashboards.figures.rows import Row
from dashboards.figures.series import Line


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Lines over time with the *events* marked on them."""

    lines: tuple[Line, ...]
    events: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Bars, the longest first, then the places without one; *asides* are the years beside figures, by position."""

    known: tuple[Row, ...]
    absent: tuple[Row, ...]
    asides: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Two bars a crossing: names, the rows of both ways (None: there is none), differences in words, *ways* named."""

    names: tuple[str, ...]
    up: tuple[Row | None, ...]
    down: tuple[Row | None, ...]
    nets: tuple[str, ...]
    ways: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A measure on its way: *done* is the share of the way, None where there is none; *told* its figures in words."""

    name: str
    status: str
    status_words: str
    done: float | None
    expected: float | None
    figure: str
    baseline: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Measures on their way from baseline to target."""

    ways: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True)
class Areas:
    """Cities on a map: their *rows*, what each is filled with, the class breaks (``figures.classes``)."""

    rows: Mapping[str, Row]
    fills: Mapping[str, Fill]
    cuts: tuple[float, ...]


def amounts(drawn: object) -> frozenset[float] | None:
    """Return the figures that a chart shows; None where it does not draw amounts, or is of no kind known here."""
    rows: list[Row] = []
    if isinstance(drawn, Lines):
        rows = [dot.row for line in drawn.lines for dot in line.dots]
    elif isinstance(drawn, Bars):
        rows = [*drawn.known]
    elif isinstance(drawn, Pairs):
        rows = [row for row in (*drawn.up, *drawn.down) if row]
    elif isinstance(drawn, Areas):
        rows = [*drawn.rows.values()]
    else:
        return None
    return frozenset(row.value for row in rows if row.known)
