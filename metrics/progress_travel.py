"""The direction of travel of a measure that has no target: it is no status."""

from __future__ import annotations

from types import MappingProxyType

from metrics.progress_bounds import turned
from metrics.progress_values import STEADY_BAND, Point, Travel

_FLOORS = {"over", "at_least"}
_CEILINGS = {"under", "at_most"}


def direction_of_travel(
    since: Point | None, now: Point | None, direction: str = "higher_is_better"
) -> Travel:
    """Return where a series went between the newest figure known *since* and the newest known *now*.

    Two figures of one sort compare as they stand ("over 3 million" to "over 4 million" improves); a figure with
    an open end compares with another only where the open end cannot turn the answer. A change of half a per cent
    is steady. Where there was no figure before, or the measure has no better or worse, it is not comparable.
    """
    inputs = MappingProxyType({"since": since, "now": now, "direction": direction})
    if now is None or (since is not None and now.period_end <= since.period_end):
        return Travel(word="no_newer_figure", inputs=inputs)
    if since is None or direction not in {"higher_is_better", "lower_is_better"}:
        return Travel(word="not_comparable", inputs=inputs)
    moved = _moved(since, now)
    if moved is None:
        return Travel(word="not_comparable", inputs=inputs)
    if moved == 0:
        return Travel(word="steady", inputs=inputs)
    better = turned(float(moved), direction) > 0
    return Travel(word="improving" if better else "worsening", inputs=inputs)


def _moved(since: Point, now: Point) -> int | None:
    """Return 1 for up, -1 for down, 0 for steady, None where the qualifiers leave it open."""
    change = now.value - since.value
    if _sort(since.qualifier) == _sort(now.qualifier):
        within = abs(change) <= STEADY_BAND * max(abs(since.value), abs(now.value))
        return 0 if within else (1 if change > 0 else -1)
    # the earlier figure may be higher than told, or the newer one lower: "up" is then not shown
    may_hide_fall = since.qualifier in _FLOORS or now.qualifier in _CEILINGS
    may_hide_rise = since.qualifier in _CEILINGS or now.qualifier in _FLOORS
    if change > 0 and not may_hide_fall:
        return 1
    if change < 0 and not may_hide_rise:
        return -1
    return None


def _sort(qualifier: str) -> str:
    if qualifier in _FLOORS:
        return "floor"
    return "ceiling" if qualifier in _CEILINGS else "number"
