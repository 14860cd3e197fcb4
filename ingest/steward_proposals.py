"""Proposed milestones as stewards decide them: listed, accepted as an event of the agenda, or turned down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from ingest.acceptance import accept, milestone_event
from ingest.proposals import RULE, Proposal, proposal_of
from ingest.report import RunReport
from ingest.source import Source
from ingest.tools import Tools
from metrics.agenda import agenda
from metrics.warehouse.values import HONG_KONG, MILESTONE_EVENTS, PRECISIONS, MilestoneEvent

MOST = 200
LONGEST_LINK = 500
HAPPENED = frozenset({"happened", "met"})
DUE = frozenset({"announced", "due_moved"})
NEED_DATE = frozenset({"happened", "met", "due_moved"})


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A proposal as it is listed: what was published, where it was found, and for which words."""

    item: str
    source: str
    held_at: datetime
    title: str
    link: str
    published_on: date
    language: str
    words: tuple[str, ...]
    work_items: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a steward makes of a proposal, as typed: which milestone, which event, when (*on*), how sure, by what."""

    milestone: str
    event: str
    on: str = ""
    precision: str = "day"
    evidence: str = ""
    why: str = ""


class RefusedWord(ValueError):  # noqa: N818 - it is an answer to a form
    """What is wrong with a steward's word; *key* is what to say."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def listed(tools: Tools, known: Mapping[str, Source], lang: str) -> list[Proposed]:
    """Return what waits for a decision, newest publication first."""
    frame = tools.warehouse.quarantined(open_only=True)
    rows = frame[frame["rule"] == RULE].to_dict("records")
    found = [_proposed(row, known, lang) for row in rows]
    return sorted(found, key=lambda one: (one.published_on, one.item), reverse=True)[:MOST]


def _proposed(row: Mapping[str, Any], known: Mapping[str, Source], lang: str) -> Proposed:
    proposal, source = proposal_of(row["record"]), known.get(row["source_id"])
    return Proposed(
        item=row["item"],
        source=source.title[lang] if source else row["source_id"],
        held_at=row["recorded_at"].to_pydatetime(),
        **{name: getattr(proposal, name) for name in Proposal.__dataclass_fields__},
    )


def accepted(item: str, word: Word, tools: Tools, *, known: Mapping[str, Source], by: str) -> RunReport:
    """Store the event that *word* makes of a proposal; raise RefusedWord, or CheckError as ``accept`` does."""
    frame = tools.warehouse.quarantined(open_only=True)
    rows = frame[(frame["rule"] == RULE) & (frame["item"] == item)].to_dict("records")
    if not rows:
        raise RefusedWord("answer.decided")
    event = event_of(
        word, proposal_of(rows[0]["record"]), by=by, today=tools.clock().astimezone(HONG_KONG).date()
    )
    return accept(item, event, tools, known=known, by=by, why=" ".join(word.why.split()))


def event_of(word: Word, proposal: Proposal, *, by: str, today: date) -> MilestoneEvent:
    """Return the event that *word* makes of *proposal*; raise RefusedWord that says what is wrong."""
    if word.milestone not in agenda().milestones:
        raise RefusedWord("answer.no_milestone")
    if word.event not in MILESTONE_EVENTS or word.precision not in PRECISIONS:
        raise RefusedWord("answer.no_event")
    if not word.why.strip():
        raise RefusedWord("answer.needs_reason")
    on = _date(word)
    if word.event in HAPPENED and on is not None and on > today:
        raise RefusedWord("answer.not_yet")
    return milestone_event(
        proposal,
        milestone_id=word.milestone,
        event=word.event,
        by=by,
        happened_on=on if word.event in HAPPENED else None,
        due_on=on if word.event in DUE else None,
        precision=word.precision,
        evidence=_address(word.evidence),
    )


def _date(word: Word) -> date | None:
    if not word.on.strip():
        if word.event in NEED_DATE:
            raise RefusedWord("answer.needs_date")
        return None
    try:
        return date.fromisoformat(word.on.strip())
    except ValueError:
        raise RefusedWord("answer.no_date") from None


def _address(text: str) -> str:
    """Return an address that may stand as evidence; empty for none."""
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise RefusedWord("answer.no_address") from None
    sound = parts.scheme in {"https", "http"} and parts.hostname and parts.username is None
    if not sound or len(text) > LONGEST_LINK or not text.isprintable() or set(text) & set("\"'<>\\ "):
        raise RefusedWord("answer.no_address")
    return text
