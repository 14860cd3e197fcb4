"""Rows of a frame as lines: what may be joined is joined, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from dashboards.figures.rows import Row, rows
from dashboards.figures.time_axis import middle
from dashboards.style import Style

_REGULAR = frozenset({"day", "week", "month", "quarter", "half", "year"})
_STOCK = "point"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """One figure on a line; *broken* says that its series was counted differently before it."""

    row: Row
    broken: bool = False

    @property
    def day(self) -> date:
        """Return where on the time axis the figure stands."""
        end = self.row.end or date.min
        return middle(self.row.start or end, end)

    @property
    def plain(self) -> bool:
        """Say whether the figure is exact and final."""
        return self.row.qualifier == "exact" and self.row.status in {"final", "revised"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """Figures of one name, one counting basis and one span, in order of time."""

    name: str
    basis: str
    span: str
    dots: tuple[Dot, ...]

    @property
    def place(self) -> str:
        """Return the place that all of its figures are of, "" where they are of several or of none."""
        places = {dot.row.place_id for dot in self.dots}
        return places.pop() if len(places) == 1 else ""

    @property
    def last(self) -> Dot:
        """Return the newest figure."""
        return self.dots[-1]


def joined(one: Dot, other: Dot) -> bool:
    """Say whether a line may lead from *one* to *other*: same span, the very next period, no break between.

    Dated stocks are joined whatever lies between them; sums since a date or up to one never are.
    """
    if other.broken or one.row.span != other.row.span:
        return False
    if one.row.span == _STOCK:
        return True
    if one.row.span not in _REGULAR or one.row.end is None or other.row.start is None:
        return False
    return other.row.start <= one.row.end + timedelta(days=1)


def lines(frame: pd.DataFrame, style: Style) -> list[Line]:
    """Return the lines of *frame*, those that reach farthest first; rows without a figure or a date are left out."""
    broken = frame["series_break"].eq(True) if "series_break" in frame.columns else [False] * len(frame)
    groups: dict[tuple[str, str, str, str], list[Dot]] = {}
    for row, is_broken in zip(rows(frame, style), broken, strict=True):
        if row.known and row.end is not None:
            key = (row.label, row.basis, row.span or _STOCK, row.unit)
            groups.setdefault(key, []).append(Dot(row=row, broken=bool(is_broken)))
    named = _named_apart(groups)
    found = [
        Line(
            name=named(key, style),
            basis=key[1],
            span=key[2],
            dots=tuple(sorted(dots, key=lambda dot: dot.day)),
        )
        for key, dots in groups.items()
    ]
    return sorted(found, key=lambda line: -line.last.row.value)


def _named_apart(groups: Iterable[tuple[str, str, str, str]]):
    bases: dict[str, set[str]] = {}
    for label, basis, _, _ in groups:
        bases.setdefault(label, set()).add(basis)

    def named(key: tuple[str, str, str, str], style: Style) -> str:
        label, basis, _, _ = key
        if len(bases[label]) < 2 or not style.words.has(f"basis.{basis}"):
            return label
        return style.t("figure.aside", text=label, aside=style.t(f"basis.{basis}"))

    return named


def stretches(line: Line) -> list[tuple[bool, list[Dot]]]:
    """Return the runs of dots that are joined, each with whether all of it is exact and final."""
    runs: list[tuple[bool, list[Dot]]] = []
    for one, other in zip(line.dots, line.dots[1:], strict=False):
        if not joined(one, other):
            continue
        firm = one.plain and other.plain
        if runs and runs[-1][0] == firm and runs[-1][1][-1] is one:
            runs[-1][1].append(other)
        else:
            runs.append((firm, [one, other]))
    return runs
