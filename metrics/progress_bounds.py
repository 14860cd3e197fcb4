"""What a qualified figure can prove: the worst and the best value it allows, seen in a measure's direction."""

from __future__ import annotations

import math
from dataclasses import dataclass

from metrics.progress_values import APPROX_MARGIN

_NO_LESS = {"over": True, "at_least": False}  # True: the number itself is excluded
_NO_MORE = {"under": True, "at_most": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """The values a figure allows, turned so that higher is better; an open end excludes its number."""

    worst: float
    best: float
    worst_open: bool = False
    best_open: bool = False

    @property
    def settled(self) -> bool:
        """Return whether both ends are numbers: an exact figure, or an approximate one."""
        return math.isfinite(self.worst) and math.isfinite(self.best)


def turned(value: float, direction: str) -> float:
    """Return *value* so that higher is better; turning twice gives it back."""
    return -value if direction == "lower_is_better" else value


def bounds(value: float, qualifier: str, direction: str) -> Bounds:
    """Return what *value* allows. "About" counts as up to 1 % worse, never as better."""
    number = turned(value, direction)
    if qualifier == "approx":
        return Bounds(worst=number - APPROX_MARGIN * abs(number), best=number)
    floor, ceiling = (_NO_LESS, _NO_MORE) if direction != "lower_is_better" else (_NO_MORE, _NO_LESS)
    if qualifier in floor:
        return Bounds(worst=number, best=math.inf, worst_open=floor[qualifier])
    if qualifier in ceiling:
        return Bounds(worst=-math.inf, best=number, best_open=ceiling[qualifier])
    return Bounds(worst=number, best=number)


def surely_reaches(figure: Bounds, goal: float, *, strictly: bool) -> bool:
    """Return whether every value that the figure allows reaches *goal* (turned), or passes it if *strictly*."""
    if strictly and not figure.worst_open:
        return figure.worst > goal
    return figure.worst >= goal


def may_reach(figure: Bounds, goal: float, *, strictly: bool) -> bool:
    """Return whether some value that the figure allows reaches *goal* (turned), or passes it if *strictly*."""
    if strictly or figure.best_open:
        return figure.best > goal
    return figure.best >= goal
