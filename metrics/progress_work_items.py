"""The one word of a work item, by rule, with what decided it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from metrics.progress_values import (
    BEHIND_SHARE,
    JUDGED,
    MILESTONE_STATES,
    STATUSES,
    VERY_LATE_DAYS,
    MilestoneVerdict,
    Override,
    Verdict,
    WorkItemVerdict,
)

_OPEN = {"due", "planned"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Nodes:
    measures: tuple[Verdict, ...]  # those assessed
    behind: tuple[Verdict, ...]  # off track or missed
    at_risk: tuple[Verdict, ...]
    late: tuple[MilestoneVerdict, ...]
    done: tuple[MilestoneVerdict, ...]  # announced and done
    waiting: tuple[str, ...]  # due, and nobody has published the outcome
    unproven: tuple[str, ...]  # due, and the figure does not tell
    ahead: tuple[str, ...]  # announced, still to come


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ruling:
    word: str
    reason_key: str
    args: Mapping[str, object]
    deciding: tuple[str, ...]


def work_item_status(
    verdicts: Sequence[Verdict],
    milestones: Sequence[MilestoneVerdict],
    as_of: date,
    *,
    override: Override | None = None,
) -> WorkItemVerdict:
    """Return the word of a work item: the first of these that holds.

    off_track: a milestone known to be undone is more than 90 days late, or a quarter of the assessed measures are
    off track or missed. at_risk: anything is late, at risk, off track or missed. achieved: every assessed node
    is, and nothing announced is still to come. on_track: a node is assessed. unverified: everything due awaits
    publication. Else not_assessed. Events that nobody had announced are no nodes: they happened, and prove
    nothing about what is still to be done. An *override* that has expired is left out.
    """
    nodes = _nodes(verdicts, milestones, as_of)
    ruling = _behind(nodes) or _going_well(nodes)
    rests = {v.measure_id for v in verdicts if v.rests_on_estimated}
    rests |= {m.milestone_id for m in milestones if m.rests_on_estimated}
    return WorkItemVerdict(
        word=ruling.word,
        reason_key=ruling.reason_key,
        reason_args=MappingProxyType(dict(ruling.args)),
        counts=_counts(Counter(v.status for v in verdicts), STATUSES),
        milestone_counts=_counts(Counter(m.state for m in milestones), MILESTONE_STATES),
        deciding=ruling.deciding,
        rests_on_estimated_dates=bool(rests & set(ruling.deciding)),
        override=override if override and as_of <= override.until else None,
    )


def _counts(found: Counter[str], words: Sequence[str]) -> Mapping[str, int]:
    return MappingProxyType({word: found[word] for word in words})


def _nodes(verdicts: Sequence[Verdict], milestones: Sequence[MilestoneVerdict], as_of: date) -> _Nodes:
    promised = [m for m in milestones if m.committed]
    past = [v for v in verdicts if v.due_on is not None and v.due_on < as_of]
    ahead = [v for v in verdicts if v.due_on is not None and v.due_on >= as_of and v.status != "achieved"]
    return _Nodes(
        measures=tuple(v for v in verdicts if v.status in JUDGED),
        behind=tuple(v for v in verdicts if v.status in {"off_track", "missed"}),
        at_risk=tuple(v for v in verdicts if v.status == "at_risk"),
        late=tuple(m for m in milestones if m.state == "late"),
        done=tuple(m for m in promised if m.state == "done"),
        waiting=_ids(
            [v for v in verdicts if v.status == "unverified"],
            [m for m in milestones if m.state == "unverified"],
        ),
        unproven=_ids([v for v in past if v.status == "not_proven"], []),
        ahead=_ids(
            [v for v in ahead if v.reason_key not in {"reference", "not_in_scope"}],
            [m for m in promised if m.state in _OPEN],
        ),
    )


def _ids(measures: Sequence[Verdict], milestones: Sequence[MilestoneVerdict]) -> tuple[str, ...]:
    return (*(v.measure_id for v in measures), *(m.milestone_id for m in milestones))


def _behind(nodes: _Nodes) -> _Ruling | None:
    very_late = [m for m in nodes.late if m.days_late > VERY_LATE_DAYS]
    if very_late:
        worst = max(very_late, key=lambda m: m.days_late)
        return _Ruling(
            word="off_track",
            reason_key="milestone_very_late",
            args={
                "milestone": worst.milestone_id,
                "days": worst.days_late,
                "limit": VERY_LATE_DAYS,
                "known_on": worst.inputs.get("outcome_known_on"),
                "n": len(very_late),
            },
            deciding=_ids([], very_late),
        )
    args = {"behind": len(nodes.behind), "at_risk": len(nodes.at_risk), "late": len(nodes.late)}
    args["assessed"] = len(nodes.measures)
    if nodes.behind and len(nodes.behind) >= BEHIND_SHARE * len(nodes.measures):
        return _Ruling(
            word="off_track", reason_key="quarter_behind", args=args, deciding=_ids(nodes.behind, [])
        )
    deciding = _ids((*nodes.behind, *nodes.at_risk), nodes.late)
    if deciding:
        return _Ruling(word="at_risk", reason_key="something_behind", args=args, deciding=deciding)
    return None


def _going_well(nodes: _Nodes) -> _Ruling:
    assessed = _ids(nodes.measures, nodes.done)
    achieved = sum(v.status == "achieved" for v in nodes.measures) + len(nodes.done)
    args = {
        "assessed": len(assessed),
        "achieved": achieved,
        "ahead": len(nodes.ahead),
        "unverified": len(nodes.waiting),
    }
    if assessed and achieved == len(assessed) and not nodes.ahead:
        return _Ruling(word="achieved", reason_key="all_achieved", args=args, deciding=assessed)
    if assessed:
        return _Ruling(word="on_track", reason_key="none_behind", args=args, deciding=assessed)
    if nodes.waiting and not nodes.unproven:
        return _Ruling(
            word="unverified", reason_key="awaiting_publication", args=args, deciding=nodes.waiting
        )
    return _Ruling(word="not_assessed", reason_key="nothing_assessed", args=args, deciding=())
