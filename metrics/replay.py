"""The stops at which the picture changed: the days on which a figure, a milestone or a target became known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from metrics.queries import PUBLIC
from metrics.warehouse.known import known_days

# What comes in every day would make every day a stop.
EVERY_DAY = ("live", "daily")


@dataclass(frozen=True, kw_only=True)
class Stops:
    """Holds the stops of one warehouse, found once for each stamp; figures of other audiences make none."""

    warehouse: Any
    catalogue: Any
    _found: dict[int, tuple[date, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self) -> tuple[date, ...]:
        """Return the days, ascending."""
        stamp = self.warehouse.stamp()
        held = self._found.get(stamp)
        if held is None:
            shown = [
                one.id for one in self.catalogue if one.audience in PUBLIC and one.frequency not in EVERY_DAY
            ]
            held = tuple(self.warehouse.read_with(known_days, shown))
            self._found.clear()
            self._found[stamp] = held
        return held
