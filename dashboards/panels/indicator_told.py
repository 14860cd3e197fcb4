"""What the panels of one indicator's page share, asked of the warehouse once and only if needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.notices import changes_known
from metrics.asof import AsOf
from metrics.indicators import Indicator
from metrics.notices import Change

MOST_FIGURES = 4000
"""Of indicators with more figures than this a page shows one place at a time."""

LIVE = "live"


@dataclass(kw_only=True)
class Told:
    """Holds what was found out of one indicator for one answer, all of it as known at the page's as-of."""

    desk: Desk
    filters: Filters
    indicator: Indicator

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def as_of(self) -> AsOf:
        """The as-of of the page."""
        return self.filters.as_of

    @property
    def live(self) -> bool:
        """Whether it comes as readings, not as figures."""
        return self.indicator.frequency == LIVE

    @cached_property
    def count(self) -> int:
        """How many figures were known then, at all places."""
        return self.desk.metrics.figure_counts(self.as_of).get(self.id, 0)

    @cached_property
    def series(self) -> pd.DataFrame:
        """The series there are, those of readings too."""
        return self.desk.metrics.warehouse.series([self.id])

    @cached_property
    def places_known(self) -> Sequence[str]:
        """The places of which there are series, in the order of the atlas."""
        there = set(self.series["place_id"])
        known = [place.id for place in self.desk.atlas if place.id in there]
        return known + sorted(there - set(known))

    @property
    def narrow(self) -> bool:
        """Whether there is so much of it that one place is shown at a time."""
        return self.live or self.count > MOST_FIGURES

    @cached_property
    def places(self) -> tuple[str, ...] | None:
        """The places the page speaks of: those asked for, one where there is too much of all, None for every."""
        asked = self.filters.places or None
        if not self.narrow:
            return asked
        known = [place for place in self.places_known if not asked or place in asked]
        most = self.series["place_id"].value_counts()
        first = max(known, key=lambda place: most[place], default=None)
        return (first,) if first else asked or ()

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The newest figure of each series, at all places."""
        return self.desk.metrics.latest(self.id, self.as_of)

    @cached_property
    def history(self) -> pd.DataFrame:
        """Every period of the series at the places the page speaks of."""
        return self.desk.metrics.history(self.id, self.as_of, places=self.places)

    @cached_property
    def vintages(self) -> pd.DataFrame:
        """Every word said of every period at those places, the newest periods first."""
        frame = self.desk.metrics.vintages(self.id, places=self.places, as_of=self.as_of)
        order = ["period_end", "period_start", "place_id", "breakdown", "known_at", "recorded_at"]
        return frame.sort_values(order, ascending=[False, False, True, True, False, False], kind="stable")

    @cached_property
    def changes(self) -> Sequence[Change]:
        """Every revision and correction known then, at every place."""
        known = changes_known(self.desk, [self.id], self.as_of.stamp)
        return [one for one in known if one.known_at <= self.as_of.instant]

    @cached_property
    def citations(self) -> Mapping[str, Mapping[str, Any]]:
        """Where published figures stand, by their reference."""
        return self.desk.metrics.citations()

    @cached_property
    def feeds(self) -> Mapping[str, Any]:
        """The sources there are, by id."""
        return {one.source.id: one.source for one in self.desk.health()}


def told_for(desk: Desk, filters: Filters) -> Told:
    """Return what the panels of one answer share."""
    return Told(desk=desk, filters=filters, indicator=desk.catalogue.get(filters.item))


def at(told: Told, as_of: AsOf) -> Told:
    """Return the same of another moment, at every place."""
    return Told(
        desk=told.desk,
        filters=replace(told.filters, as_of=replace(as_of, stamp=told.as_of.stamp), places=()),
        indicator=told.indicator,
    )
