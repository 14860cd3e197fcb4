"""What changed between two as-ofs: newer, revised and first figures, milestones, statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics.asof import AsOf
from metrics.meetings import last_before
from metrics.progress import Point, Travel, direction_of_travel
from metrics.queries import Metrics
from metrics.review import Review, Step, all_steps, reviews

KINDS = ("newer", "revised", "first")


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A figure that is not what it was: *kind* is newer (a later period), revised (the same) or first.

    *before* and *after* are rows of the warehouse by column; *before* is None for a first figure.
    """

    kind: str
    indicator_id: str
    place_id: str
    work_item: int
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class StatusMove:
    """A work item whose word is another one than before."""

    work_item: int
    before: str
    after: str


def last_meeting(metrics: Metrics, as_of: AsOf) -> AsOf | None:
    """Return the as-of of the last meeting held before *as_of* that the viewer knows of, None before the first."""
    meeting = last_before(metrics, as_of)
    return meeting.moment() if meeting else None


def figure_movements(
    metrics: Metrics, since: AsOf, until: AsOf, indicators: Sequence[str] | None = None
) -> tuple[Movement, ...]:
    """Return what changed in *indicators* (default: those that lead pages), newest publication first."""
    asked = [one.id for one in metrics.catalogue.leading] if indicators is None else list(indicators)
    asked = [one for one in asked if metrics.may_see(one)]
    before, after = (_whole(metrics.latest(asked, as_of, breakdown="")) for as_of in (since, until))
    old = {row["series_id"]: row for row in before.to_dict("records")}
    known = {(row["indicator_id"], row["place_id"]) for row in old.values()}
    found = []
    for row in after.to_dict("records"):
        moved = _moved(old.get(row["series_id"]), row)
        name = (row["indicator_id"], row["place_id"])
        # A counting basis that is new beside figures already told is no first figure of its place.
        if moved is None or (moved == "first" and name in known):
            continue
        found.append(
            Movement(
                kind=moved,
                indicator_id=row["indicator_id"],
                place_id=row["place_id"],
                work_item=metrics.catalogue.get(row["indicator_id"]).work_item,
                before=old.get(row["series_id"]),
                after=row,
            )
        )
    found.sort(key=lambda one: (one.after["known_at"], one.indicator_id, one.place_id), reverse=True)
    return tuple(found)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out spans that no calendar names: their figures do not follow one another."""
    return frame[~frame["span"].isin(["other"])]


def _moved(before: dict[str, Any] | None, after: dict[str, Any]) -> str | None:
    if before is None:
        return "first"
    if after["period_end"] > before["period_end"]:
        return "newer"
    same = (after["value"], after["qualifier"]) == (before["value"], before["qualifier"])
    return None if same else "revised"


def step_movements(metrics: Metrics, since: AsOf, until: AsOf) -> tuple[Step, ...]:
    """Return the milestones whose state or due date is another than at *since*, newest word first."""
    return steps_between(all_steps(metrics, since), all_steps(metrics, until))


def steps_between(before: Iterable[Step], after: Iterable[Step]) -> tuple[Step, ...]:
    """Return those of *after* whose state or due date is another than among *before*, newest word first."""
    told = {step.milestone.id: (step.state, step.due_on) for step in before}
    moved = [step for step in after if told.get(step.milestone.id) != (step.state, step.due_on)]
    return tuple(sorted(moved, key=lambda step: (step.known.on, step.milestone.id), reverse=True))


def status_movements(metrics: Metrics, since: AsOf, until: AsOf) -> tuple[StatusMove, ...]:
    """Return the work items whose word changed."""
    return statuses_between(reviews(metrics, since), reviews(metrics, until))


def statuses_between(before: Mapping[int, Review], after: Mapping[int, Review]) -> tuple[StatusMove, ...]:
    """Return the work items whose word in *after* is another than in *before*."""
    return tuple(
        StatusMove(work_item=number, before=before[number].verdict.word, after=review.verdict.word)
        for number, review in after.items()
        if before[number].verdict.word != review.verdict.word
    )


def travel(metrics: Metrics, indicator: str, place: str, since: AsOf, until: AsOf) -> Travel:
    """Return where a measure without a target goes since *since*; it is no status."""
    direction = metrics.catalogue.get(indicator).direction
    now = metrics.one_each(indicator, until, places=[place])
    if now.empty:
        return direction_of_travel(None, None, direction)
    series = now["series_id"].iloc[0]
    then = metrics.latest(indicator, since, places=[place], breakdown="")
    then = then[then["series_id"].eq(series)]
    return direction_of_travel(_point(then), _point(now), direction)


def _point(frame: pd.DataFrame) -> Point | None:
    if frame.empty:
        return None
    row = frame.iloc[0]
    end: date = row["period_end"].date()
    return Point(period_end=end, value=float(row["value"]), qualifier=row["qualifier"])
