"""Class breaks: at most five classes, cut in the gaps between values at the roundest number that fits."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

_MANTISSAS = ((1.0, 10.0), (5.0,), (2.0,), (3.0, 4.0, 6.0, 8.0), (2.5, 1.5, 7.0, 9.0))


def _middle(low: float, high: float) -> float:
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


def _rounded(low: float, high: float, digits: int) -> float | None:
    middle = _middle(low, high)
    largest = max(abs(low), abs(high))
    step = 10.0 ** (math.floor(math.log10(largest)) - digits)
    number = round(round(middle / step) * step, 12)
    return number if low < number <= high else None


def round_between(low: float, high: float) -> float:
    """Return the roundest number above *low* and not above *high*, near the middle of the two."""
    middle = _middle(low, high)
    if low >= 0:
        for mantissas in _MANTISSAS:
            fits = [
                m * 10.0**power
                for power in range(math.floor(math.log10(high)) - 1, math.ceil(math.log10(high)) + 1)
                for m in mantissas
                if low < m * 10.0**power <= high
            ]
            if fits:
                return round(min(fits, key=lambda n: abs(math.log(n / middle))), 12)
    for digits in range(12):
        if (number := _rounded(low, high, digits)) is not None:
            return number
    return high


def breaks(values: Iterable[float], most: int = 5) -> tuple[float, ...]:
    """Return the inner breaks, ascending, that cut *values* into at most *most* classes.

    A value belongs to the class whose lower break it has reached. Cuts lie at the quantiles, or at a rounder
    number among the nearest twenty-fifth of the values; they never part equal values, and fewer different values
    than *most* make fewer classes.
    """
    ordered = sorted(v for v in values if math.isfinite(v))
    distinct = sorted(set(ordered))
    count = min(most, len(distinct))
    loose = len(distinct) // 25
    cuts: list[int] = []
    for k in range(1, count):
        quantile = ordered[min(len(ordered) - 1, round(k * len(ordered) / count))]
        at = max(distinct.index(quantile), cuts[-1] + 1 + 2 * loose if cuts else 1 + loose)
        cuts.append(min(at, len(distinct) - (count - k)))
    found = (
        round_between(distinct[max(at - 1 - loose, 0)], distinct[min(at + loose, len(distinct) - 1)])
        for at in cuts
    )
    return tuple(sorted(set(found)))


def class_of(value: float, cuts: Sequence[float]) -> int:
    """Return the number, from 0, of the class of *value*."""
    return bisect_right(cuts, value)
