"""Where the five work items stand: measures, milestones and statuses, as known at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from metrics.agenda_values import Dated, Evidence, Known, Milestone, Target
from metrics.asof import HONG_KONG, AsOf
from metrics.overrides import overrides
from metrics.progress import (
    MilestoneVerdict,
    Override,
    Verdict,
    WorkItemVerdict,
    assess,
    milestone_state,
    work_item_status,
)
from metrics.progress_facts import Figure, measure_facts, milestone_facts
from metrics.queries import Metrics


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An indicator with a target: *verdict* with its inputs, *figures* its own series (warehouse columns).

    *override* is a word that a person set beside the verdict.
    """

    target: Target
    work_item: int
    verdict: Verdict
    figures: pd.DataFrame
    override: Override | None = None

    @property
    def judged(self) -> bool:
        """Return whether the target is one to judge: references are drawn, never judged."""
        return self.target.kind != "reference"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone with its state as known then; *earlier_due* are due dates that were moved, oldest first."""

    milestone: Milestone
    verdict: MilestoneVerdict
    due_on: Dated | None
    happened_on: Dated | None
    known: Known
    earlier_due: tuple[date, ...] = ()
    said_by: str = ""
    override: Override | None = None

    @property
    def state(self) -> str:
        """Return its state, one of MILESTONE_STATES."""
        return self.verdict.state


@dataclass(frozen=True, kw_only=True)
class Review:
    """One work item as known then."""

    number: int
    verdict: WorkItemVerdict
    measures: tuple[Measure, ...]
    steps: tuple[Step, ...]

    def count(self, *states: str) -> int:
        """Return how many of its milestones are in one of *states*."""
        return sum(step.state in states for step in self.steps)


def reviews(metrics: Metrics, as_of: AsOf) -> Mapping[int, Review]:
    """Return the five work items by number as known at *as_of*, from one reading of the warehouse.

    They are worked out once while the stamp stands and shared by all who ask.
    """
    return metrics.worked_out("reviews", as_of, lambda: MappingProxyType(_reviews(metrics, as_of)))


def _reviews(metrics: Metrics, as_of: AsOf) -> dict[int, Review]:
    measures, steps = all_measures(metrics, as_of), all_steps(metrics, as_of)
    found, set_by_hand = {}, overrides(metrics, as_of)
    for number in metrics.agenda.work_items:
        mine = tuple(one for one in measures if one.work_item == number)
        dated = tuple(one for one in steps if one.milestone.work_item == number)
        word = work_item_status(
            [m.verdict for m in mine],
            [s.verdict for s in dated],
            as_of.day,
            override=set_by_hand.get(("work_item", str(number))),
        )
        found[number] = Review(number=number, verdict=word, measures=mine, steps=dated)
    return found


def all_measures(metrics: Metrics, as_of: AsOf) -> tuple[Measure, ...]:
    """Return every target announced by then with its verdict, in the order of the agenda."""
    told = metrics.warehouse.targets(as_of.instant, stamp=as_of.stamp)
    known = {
        (t.indicator_id, t.place_id, t.due_on.on if t.due_on else None, t.kind): t
        for t in metrics.agenda.targets
    }
    targets = [_target(row, known) for row in told.to_dict("records")]
    seen = [t for t in targets if metrics.may_see(t.indicator_id)]
    order = {id(target): place for place, target in enumerate(metrics.agenda.targets)}
    seen.sort(key=lambda t: order.get(id(known.get(_key(t))), len(order)))
    indicators = sorted({t.indicator_id for t in seen})
    history = metrics.history(indicators, as_of, breakdown="") if indicators else pd.DataFrame()
    groups = dict(list(history.groupby(["indicator_id", "place_id"]))) if len(history) else {}
    none, absent = metrics.nothing(), metrics.absences_of(indicators, as_of)
    found, set_by_hand = [], overrides(metrics, as_of)
    for target in seen:
        figures = groups.get((target.indicator_id, target.place_id), none)
        kind, _why = absent[target.indicator_id].get(target.place_id, ("", ""))
        measure = _measure(metrics, target, figures, as_of.day, in_scope=kind != "not_in_scope")
        found.append(replace(measure, override=set_by_hand.get(("measure", target.id))))
    return tuple(found)


def _key(target: Target) -> tuple:
    return (target.indicator_id, target.place_id, target.due_on.on if target.due_on else None, target.kind)


def _target(row: Mapping[str, Any], known: Mapping[tuple, Target]) -> Target:
    """Return the target of a warehouse row: what was announced, with what the agenda adds to it."""
    due = None if pd.isna(row["due_on"]) else row["due_on"].date()
    announced = Known(on=row["known_at"].astimezone(HONG_KONG).date(), precision=row["known_precision"])
    found = known.get((row["indicator_id"], row["place_id"], due, row["kind"]))
    said = {
        "value": row["value"],
        "qualifier": row["qualifier"],
        "baseline": None if pd.isna(row["baseline"]) else row["baseline"],
        "baseline_on": None if pd.isna(row["baseline_on"]) else row["baseline_on"].date(),
        "announced": announced,
    }
    if found is not None:
        return replace(found, **said)
    return Target(
        id=f"{row['indicator_id']}:{row['place_id']}:{due or 'open'}",
        indicator_id=row["indicator_id"],
        place_id=row["place_id"],
        kind=row["kind"],
        unit="",
        direction=row["direction"],
        model=row["model"],
        due_on=Dated(on=due, precision="day") if due else None,
        source=Evidence(title=row["source"], publisher="", tier="official"),
        **said,
    )


def _measure(metrics: Metrics, target: Target, rows: pd.DataFrame, day: date, *, in_scope: bool) -> Measure:
    indicator = metrics.catalogue.get(target.indicator_id)
    facts = measure_facts(
        target,
        _figures(rows),
        lag_days=indicator.lag_days,
        fresh_days=indicator.fresh_days,
        in_scope=in_scope,
    )
    verdict = assess(facts, day)
    return Measure(target=target, work_item=indicator.work_item, verdict=verdict, figures=rows)


_OF_A_FIGURE = (
    "period_start",
    "period_end",
    "value",
    "qualifier",
    "span",
    "counting_basis",
    "tier",
    "known_precision",
)


def _figures(rows: pd.DataFrame) -> list[Figure]:
    """Return *rows* as figures; column by column, because rows of a frame are slow to make."""
    columns = (rows[name].tolist() for name in _OF_A_FIGURE)
    return [
        Figure(**dict(zip(_OF_A_FIGURE, (start.date(), end.date(), *rest), strict=True)))
        for start, end, *rest in zip(*columns, strict=True)
    ]


def all_steps(metrics: Metrics, as_of: AsOf) -> tuple[Step, ...]:
    """Return every milestone that was known by then, by date."""
    rows = metrics.warehouse.milestones(as_of.instant, stamp=as_of.stamp).to_dict("records")
    known: Mapping[str, Milestone] = metrics.agenda.milestones
    steps = [_step(row, known[row["milestone_id"]], as_of) for row in rows if row["milestone_id"] in known]
    set_by_hand = overrides(metrics, as_of)
    steps = [replace(one, override=set_by_hand.get(("milestone", one.milestone.id))) for one in steps]
    return tuple(sorted(steps, key=_when))


def _when(step: Step) -> tuple[date, str]:
    dated = step.happened_on or step.due_on
    return (dated.on if dated else date.max), step.milestone.id


def _step(row: Mapping[str, Any], milestone: Milestone, as_of: AsOf) -> Step:
    due, happened = _dated(row, "due"), _dated(row, "happened")
    known = Known(on=row["known_at"].astimezone(HONG_KONG).date(), precision=row["known_precision"])
    facts = milestone_facts(
        milestone,
        state=row["state"],
        due_on=due.on if due else None,
        earlier_due=row["earlier_due"],
        happened_on=happened.on if happened else None,
        known_on=known.on,
    )
    return Step(
        milestone=milestone,
        verdict=milestone_state(facts, as_of.day),
        due_on=due,
        happened_on=happened,
        known=known,
        earlier_due=tuple(row["earlier_due"]),
        said_by=row["said_by"],
    )


def _dated(row: Mapping[str, Any], what: str) -> Dated | None:
    day = row[f"{what}_on"]
    return None if pd.isna(day) else Dated(on=day.date(), precision=row[f"{what}_precision"])


def judged(measures: Sequence[Measure]) -> list[Measure]:
    """Return the measures that are judged, those that decide first."""
    return [one for one in measures if one.judged]
