"""Which of the figures stored for one period is shown, as known at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from metrics.warehouse.values import QUALIFIERS, STATUSES

# Places in a row as ``frames.ROW`` lists them.
SERIES, END, START, KNOWN, RECORDED, VALUE, QUALIFIER, STATUS, TIER = range(9)
SOURCE, REF = 10, 11
WITHDRAWN = STATUSES.index("withdrawn")
EXACT, OVER, AT_LEAST, APPROX, UNDER, AT_MOST = range(len(QUALIFIERS))

_content = itemgetter(VALUE, QUALIFIER, STATUS)
_recorded = itemgetter(RECORDED)


def told(rows: Iterable[Sequence]) -> list[Sequence]:
    """Return the rows of one period and tier that tell its story, oldest first.

    Left out are rows set aside by a later recording of the same claim, and repetitions.
    """
    counted = {(row[KNOWN], row[SOURCE], row[REF]): row for row in sorted(rows, key=_recorded)}
    story: list[Sequence] = []
    for place in sorted(counted):
        row = counted[place]
        if not story or _content(row) != _content(story[-1]):
            story.append(row)
    if story and story[0][STATUS] == WITHDRAWN:
        return story[1:]  # nothing was there to withdraw
    return story


def shown(rows: Sequence[Sequence]) -> Sequence | None:
    """Return the row of one period to show, or None when its newest word is that it is withdrawn.

    The best tier speaks. In it the newest word counts, but an exact figure stands against a qualified one that
    agrees with it: 54 stays 54 when somebody says "over 50".
    """
    if len(rows) == 1:
        return None if rows[0][STATUS] == WITHDRAWN else rows[0]
    best = min(row[TIER] for row in rows)
    current: Sequence | None = None
    for row in told(row for row in rows if row[TIER] == best):
        if row[STATUS] == WITHDRAWN:
            current = None
        elif current is None or not _stands(current, row):
            current = row
    return current


def _stands(current: Sequence, row: Sequence) -> bool:
    if _content(current) == _content(row):
        return True
    return current[QUALIFIER] == EXACT and agrees(current[VALUE], row[VALUE], row[QUALIFIER])


def agrees(exact: float, value: float, qualifier: int) -> bool:
    """Say whether an *exact* figure is one that "over *value*", "about *value*" ... may mean.

    "About" means the same when rounded as *value* is: about 1,480 may be 1,475 to 1,485.
    """
    match qualifier:
        case _ if qualifier == OVER:
            return exact > value
        case _ if qualifier == AT_LEAST:
            return exact >= value
        case _ if qualifier == UNDER:
            return exact < value
        case _ if qualifier == AT_MOST:
            return exact <= value
        case _ if qualifier == APPROX:
            return abs(exact - value) <= _grain(value) / 2
    return False


def _grain(value: float) -> float:
    """Return the unit of the last digit of *value* that is not zero."""
    digits = f"{value:.12g}".lower()
    mantissa, _, exponent = digits.partition("e")
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    power = int(exponent or 0)
    if fraction:
        return 10.0 ** (power - len(fraction))
    return 10.0 ** (power + len(whole) - len(whole.rstrip("0"))) if whole.strip("0") else 1.0
