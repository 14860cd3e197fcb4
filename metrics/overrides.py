"""Words that people set beside computed statuses, as known at an instant: in force, and the story of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from metrics.asof import HONG_KONG, AsOf
from metrics.progress_values import OVERRIDE_WORDS, Override
from metrics.queries import Metrics
from metrics.warehouse.columns import instant_of
from metrics.warehouse.overrides import OverrideWord

Subject = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One override and how it ended: *state* is in_force, replaced, withdrawn or expired, *ended_on* the day of it.

    *ended_by* names who withdrew it or set the next one; None and "" while it is in force.
    """

    override_id: str
    subject: Subject
    override: Override
    state: str
    ended_on: date | None = None
    ended_by: str = ""


def overrides(metrics: Metrics, as_of: AsOf) -> Mapping[Subject, Override]:
    """Return the overrides in force then, by (kind, id) of their subject."""
    return {one.subject: one.override for one in stories(metrics, as_of) if one.state == "in_force"}


def stories(metrics: Metrics, as_of: AsOf) -> tuple[Told, ...]:
    """Return every override set by then and what became of it, newest first.

    The newest of a subject counts: setting one ends the one before, and withdrawing it brings none back.
    """
    return told(metrics.kept_overrides(), as_of)


def told(words: Iterable[OverrideWord], as_of: AsOf) -> tuple[Told, ...]:
    """Return what *words*, oldest first, add up to at *as_of*."""
    bound = None if as_of.stamp is None else instant_of(as_of.stamp)
    seen = [
        word
        for word in words
        if word.known_at <= as_of.instant and (bound is None or word.recorded_at <= bound)
    ]
    withdrawn = {word.override_id: word for word in seen if word.event == "withdrawn"}
    found: list[Told] = []
    after: dict[Subject, OverrideWord] = {}
    for word in reversed([word for word in seen if word.event == "set"]):
        subject = (word.subject_kind, word.subject_id)
        if word.word not in OVERRIDE_WORDS[word.subject_kind]:
            continue  # a word that this product does not know any more says nothing
        state, ended_on, by = _end(word, withdrawn.get(word.override_id), after.get(subject), as_of.day)
        found.append(
            Told(
                override_id=word.override_id,
                subject=subject,
                override=_override(word),
                state=state,
                ended_on=ended_on,
                ended_by=by,
            )
        )
        after[subject] = word
    return tuple(found)


def _end(
    word: OverrideWord, withdrawn: OverrideWord | None, after: OverrideWord | None, day: date
) -> tuple[str, date | None, str]:
    """Return how *word* ended: the first of what ended it, on which day, and by whom."""
    ends = [
        (_day(one.known_at), state, one.said_by)
        for one, state in ((withdrawn, "withdrawn"), (after, "replaced"))
        if one is not None
    ]
    ended = min(ends, default=None)
    if ended is not None and ended[0] <= word.expires_on:
        return ended[1], ended[0], ended[2]
    return ("expired", word.expires_on, "") if day > word.expires_on else ("in_force", None, "")


def _override(word: OverrideWord) -> Override:
    return Override(
        kind=word.subject_kind,
        word=word.word,
        by=word.said_by,
        reasons=word.reasons,
        since=_day(word.known_at),
        until=word.expires_on,
    )


def _day(instant: datetime | None) -> date:
    return instant.astimezone(HONG_KONG).date() if instant else date.min
