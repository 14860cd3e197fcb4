"""What may soundly be said of a figure worked out from qualified ones.

A qualified figure is an interval: "over 65,000" is everything above it. A difference or a ratio of two has a
qualifier of its own only where every pair of values the two intervals allow agrees with it. "Over 4 million" per
exactly 2 million people is over 2 a head; per "over 2 million" it could be anything above zero, so there is no
figure to state: not even "about", which would claim a nearness that nobody has published.
"""

from __future__ import annotations

from metrics.warehouse.values import QUALIFIERS

_FLOORS = ("at_least", "over")
_CEILINGS = ("at_most", "under")
_MIRRORED = {
    "exact": "exact",
    "approx": "approx",
    "over": "under",
    "at_least": "at_most",
    "under": "over",
    "at_most": "at_least",
}


def _together(first: str, second: str) -> str | None:
    """Return what two influences that add up say together; None when nothing sound can be said."""
    if "exact" in (first, second):
        return second if first == "exact" else first
    if first == second == "approx":
        return "approx"
    for side in (_FLOORS, _CEILINGS):
        if first in side and second in side:
            loose, strict = side
            return strict if strict in (first, second) else loose
    return None


def together(first: str, second: str) -> str | None:
    """Return the qualifier of the sum of two figures above 0; None where nothing sound can be said of it."""
    return _together(first, second)


_AGAINST = {(a, b): _together(a, _MIRRORED[b]) for a in QUALIFIERS for b in QUALIFIERS}


def against(first: str, second: str) -> str | None:
    """Return the qualifier of *first* minus *second*, or of *first* over *second* where both are above 0.

    None when the two intervals prove nothing: both floors, both ceilings, or "about" beside a bound.
    """
    return _AGAINST[first, second]


def over_positive(value: float, first: str, second: str) -> str | None:
    """Return the qualifier of a ratio whose upper figure is *value* (qualified *first*) and whose lower is above 0.

    Nothing over anything is nothing: an exact 0, or a floor of 0, keeps its own qualifier. A figure below 0 has
    a sound ratio only where the lower figure is exact, or both are "about".
    """
    if value == 0 and first in ("exact", *_FLOORS):
        return first
    if value < 0:
        return first if second == "exact" else "approx" if {first, second} <= {"exact", "approx"} else None
    return against(first, second)
