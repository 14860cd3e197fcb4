"""A desk that also knows what people are said to keep: nothing is written into the warehouse that all tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dashboards.desk import Desk
from metrics.warehouse.meetings import ActionWord, DecisionWord, Kept, MeetingWord
from metrics.warehouse.overrides import OverrideWord
from metrics.warehouse.values import end_of_day, start_of_day

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
JUNE = date(2026, 6, 10)
MEETING = MeetingWord(
    meeting_id="egscc_3",
    kind="plenary",
    held_on=JUNE,
    as_of=end_of_day(JUNE),
    place_id="guangzhou",
    names={"en": "Third meeting", "zh-Hant": "第三次會議", "zh-Hans": "第三次会议"},
    known_at=start_of_day(JUNE),
    recorded_at=LONG_AGO,
    said_by="Chan Tai Man",
)
DECISION = DecisionWord(
    decision_id="d1",
    meeting_id="egscc_3",
    work_item=3,
    texts={"en": "Publish <b>the list</b>", "zh-Hant": "公布清單"},
    known_at=start_of_day(JUNE),
    recorded_at=LONG_AGO,
    said_by="Chan Tai Man",
)
ACTION = ActionWord(
    action_id="a1",
    meeting_id="egscc_3",
    work_item=3,
    texts={"en": "Draft the list", "zh-Hans": "起草清单"},
    owner="Digital Policy Office",
    due_on=date(2026, 9, 30),
    known_at=start_of_day(JUNE),
    recorded_at=LONG_AGO,
    said_by="Chan Tai Man",
)
OVERRIDE = OverrideWord(
    override_id="o1",
    subject_kind="work_item",
    subject_id="3",
    word="at_risk",
    reasons={"en": "Works <i>have</i> stopped.", "zh-Hant": "工程暫停。"},
    expires_on=date(2026, 12, 31),
    said_by="Lee Siu Ling",
    known_at=start_of_day(date(2026, 11, 1)),
    recorded_at=LONG_AGO,
)


def with_kept(desk: Desk, *words: object, audience: str = "public", **changes: object) -> Desk:
    """Return *desk* as of an audience that may see *words* of theirs."""
    from dashboards.roles import AUDIENCES

    kinds = (MeetingWord, DecisionWord, ActionWord, OverrideWord)
    meetings, decisions, actions, overrides = (
        tuple(one for one in words if isinstance(one, kind)) for kind in kinds
    )
    said = (Kept(meetings=meetings, decisions=decisions, actions=actions), overrides)
    seen = frozenset(AUDIENCES[: AUDIENCES.index(audience) + 1])
    metrics = replace(desk.metrics, audiences=seen, _said={desk.metrics.warehouse.stamp(): said})
    return replace(desk, metrics=metrics, audience=audience, **changes)
