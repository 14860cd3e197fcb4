"""What the panels of one answer share about the five work items, asked of the warehouse once and only if needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dashboards.desk import Desk, Filters
from metrics.asof import AsOf
from metrics.headline import Headline, headlines
from metrics.meetings import Gathering, last_before
from metrics.movements import (
    Movement,
    StatusMove,
    figure_movements,
    statuses_between,
    steps_between,
)
from metrics.review import Review, Step, reviews


@dataclass(kw_only=True)
class Told:
    """Holds what was found out for one answer; each part is asked for by the first panel that needs it."""

    desk: Desk
    as_of: AsOf

    @cached_property
    def reviews(self) -> Mapping[int, Review]:
        """The five work items as known then."""
        return reviews(self.desk.metrics, self.as_of)

    @cached_property
    def meeting(self) -> Gathering | None:
        """The last meeting held before, None before the first."""
        return last_before(self.desk.metrics, self.as_of)

    @property
    def since(self) -> AsOf | None:
        """The as-of of the last meeting held before, None before the first."""
        return replace(self.meeting.moment(), stamp=self.as_of.stamp) if self.meeting else None

    @cached_property
    def before(self) -> Mapping[int, Review]:
        """The five work items as known at the last meeting; none of them before the first."""
        return reviews(self.desk.metrics, self.since) if self.since else {}

    @cached_property
    def headlines(self) -> Mapping[int, Headline | None]:
        """The figure that leads each work item."""
        return headlines(self.desk.metrics, self.as_of)

    @cached_property
    def statuses(self) -> tuple[StatusMove, ...]:
        """The work items whose word is another one than at the last meeting."""
        return statuses_between(self.before, self.reviews) if self.since else ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The milestones that moved since the last meeting, newest word first."""
        if not self.since:
            return ()
        before, after = (
            [step for review in told.values() for step in review.steps]
            for told in (self.before, self.reviews)
        )
        return steps_between(before, after)

    @cached_property
    def figures(self) -> tuple[Movement, ...]:
        """The leading figures that moved since the last meeting, newest publication first."""
        return figure_movements(self.desk.metrics, self.since, self.as_of) if self.since else ()


def told_for(desk: Desk, filters: Filters) -> Told:
    """Return what the panels of one answer share."""
    return Told(desk=desk, as_of=filters.as_of)
