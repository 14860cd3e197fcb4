"""Gather what a verdict rests on: which figures may judge a target, and how long they may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from metrics.agenda_values import Milestone, Target
from metrics.progress_values import MeasureFacts, MilestoneFacts, Point


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure of a target's indicator and place, the best known of its period."""

    period_start: date
    period_end: date
    value: float
    qualifier: str = "exact"
    span: str = "point"
    counting_basis: str = "as_published"
    tier: str = "official"
    known_precision: str = "day"


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """How long a figure may judge: fresh until, "on last data" until, then no longer."""

    fresh_until: date
    judged_until: date


def data_life(actual_on: date, *, lag_days: int, fresh_days: int) -> Life:
    """Return the life of a figure dated *actual_on*.

    It is fresh for its source's lag and one cycle, and judges one cycle more.
    """
    fresh = actual_on + timedelta(days=lag_days + fresh_days)
    return Life(fresh_until=fresh, judged_until=fresh + timedelta(days=fresh_days))


def measure_facts(
    target: Target,
    figures: Iterable[Figure],
    *,
    lag_days: int | None = None,
    fresh_days: int | None = None,
    in_scope: bool = True,
) -> MeasureFacts:
    """Return the facts of one target from all figures of its indicator and place, in any order.

    Only figures of the target's own counting basis and span judge it. A target for one year is judged by that
    year: earlier years show pace, the year so far counts as "at least", later years are left out. Without
    *lag_days* and *fresh_days* the figures do not age.
    """
    own = _own(target, figures)
    newest = own[-1] if own else None
    life = None
    if newest and lag_days is not None and fresh_days is not None:
        life = data_life(newest.period_end, lag_days=lag_days, fresh_days=fresh_days)
    since = target.baseline_on or target.announced.on
    return MeasureFacts(
        measure_id=target.id,
        kind=target.kind,
        direction=target.direction,
        model=target.model,
        baseline=target.baseline,
        baseline_on=target.baseline_on,
        target=target.value,
        target_qualifier=target.qualifier,
        due_on=target.due_on.on if target.due_on else None,
        actual=newest.value if newest else None,
        actual_qualifier=newest.qualifier if newest else "exact",
        actual_on=newest.period_end if newest else None,
        tier=newest.tier if newest else target.source.tier,
        history=tuple(_point(f) for f in own[:-1] if f.period_end >= since),
        fresh_until=life.fresh_until if life else None,
        judged_until=life.judged_until if life else None,
        reach_from=_year_of(target),
        in_scope=in_scope,
        covered=int(newest.value) if newest and target.model == "coverage" else None,
        of=int(target.value) if target.model == "coverage" else None,
        rests_on_estimated=target.rests_on_estimated_dates
        or (newest is not None and newest.known_precision == "estimated"),
    )


def milestone_facts(
    milestone: Milestone,
    *,
    state: str,
    due_on: date | None,
    earlier_due: Sequence[date] = (),
    happened_on: date | None = None,
    known_on: date | None = None,
) -> MilestoneFacts:
    """Return the facts of a milestone from its state as the warehouse knew it.

    *state* is announced, happened, met, missed or dropped; *known_on* the day of the newest word about it.
    """
    told = state != "announced"
    return MilestoneFacts(
        milestone_id=milestone.id,
        kind=milestone.kind,
        due_on=due_on,
        first_due_on=earlier_due[0] if earlier_due else None,
        outcome=state if told else None,
        outcome_known_on=known_on if told else None,
        happened_on=happened_on,
        rests_on_estimated=milestone.rests_on_estimated_dates,
    )


def _own(target: Target, figures: Iterable[Figure]) -> list[Figure]:
    own = [f for f in figures if f.counting_basis == target.counting_basis and f.span in target.spans]
    if _year_of(target) is not None:
        own = [_so_far(f) for f in own if _tells_of_the_year(f, target)]
    return sorted(own, key=lambda f: (f.period_end, f.span == "year"))


def _year_of(target: Target) -> date | None:
    """Return the first day of the year that a yearly target is for; None for any other target."""
    if "year" not in target.spans or target.due_on is None:
        return None
    return target.due_on.on - timedelta(days=364)


def _tells_of_the_year(figure: Figure, target: Target) -> bool:
    if figure.period_end > target.due_on.on:
        return False
    if figure.span != "year_to_date":
        return True
    # a part of the year is a floor of it, and only where it is told as one
    return figure.period_end >= _year_of(target) and figure.qualifier in {"exact", "over", "at_least"}


def _so_far(figure: Figure) -> Figure:
    if figure.span != "year_to_date" or figure.qualifier != "exact":
        return figure
    return replace(figure, qualifier="at_least")


def _point(figure: Figure) -> Point:
    return Point(period_end=figure.period_end, value=figure.value, qualifier=figure.qualifier)
