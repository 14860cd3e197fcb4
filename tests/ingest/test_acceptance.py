"""Acceptance: an event of the agenda comes from a proposal by a person's word, once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.acceptance import accept, milestone_event
from ingest.errors import CheckError
from ingest.proposals import open_proposals
from metrics.agenda import agenda
from metrics.warehouse.values import start_of_day
from tests.ingest.proposing import keep, proposal, watch

LATER = datetime(2100, 1, 1, tzinfo=UTC)
FEED = watch()
KNOWN = {FEED.id: FEED}
EVENT = milestone_event(
    proposal(), milestone_id="cbps_kiosk_mo", event="happened", by="steward", happened_on=date(2025, 12, 29)
)


@pytest.fixture
def item(tools) -> str:
    keep(tools, proposal())
    (found,) = open_proposals(tools.warehouse)
    return found


def test_an_event_is_known_from_the_publication_with_its_address_as_evidence():
    assert (EVENT.known_at, EVENT.evidence, EVENT.said_by) == (
        start_of_day(date(2025, 12, 29)),
        proposal().link,
        "steward",
    )
    assert EVENT.work_item == agenda().milestones["cbps_kiosk_mo"].work_item


def test_an_event_needs_a_milestone_of_the_agenda_and_a_known_word():
    with pytest.raises(CheckError, match="expected a milestone of the agenda, found 'moon_landing'"):
        milestone_event(proposal(), milestone_id="moon_landing", event="happened", by="steward")
    with pytest.raises(ValueError, match="milestone event"):
        milestone_event(proposal(), milestone_id="cbps_kiosk_mo", event="forgotten", by="steward")


def test_an_accepted_proposal_is_an_event_and_open_no_more(tools, item):
    report = accept(item, EVENT, tools, known=KNOWN, by="steward", why="the kiosk is open")
    assert (report.status, report.new) == ("loaded", 1)
    stored = tools.warehouse.milestone_events(LATER)
    assert stored["milestone_id"].tolist() == ["cbps_kiosk_mo"]
    assert stored["evidence"].tolist() == [proposal().link]
    assert open_proposals(tools.warehouse) == {}
    decided = tools.warehouse.quarantined(open_only=False).iloc[0]
    assert (decided["what"], decided["decided_by"], decided["why"]) == (
        "release",
        "steward",
        "the kiosk is open",
    )


def test_it_cannot_be_accepted_twice(tools, item):
    accept(item, EVENT, tools, known=KNOWN, by="steward", why="the kiosk is open")
    with pytest.raises(CheckError, match="expected one that is open"):
        accept(item, EVENT, tools, known=KNOWN, by="steward", why="again")
    assert len(tools.warehouse.milestone_events(LATER)) == 1


@pytest.mark.parametrize(("by", "why"), [("", "it is open"), ("steward", "")])
def test_nothing_is_stored_without_a_name_and_a_reason(tools, item, by: str, why: str):
    with pytest.raises(CheckError, match="expected who accepts it and why"):
        accept(item, EVENT, tools, known=KNOWN, by=by, why=why)
    assert tools.warehouse.milestone_events(LATER).empty
    assert item in open_proposals(tools.warehouse)


def test_a_proposal_of_a_source_that_is_gone_is_not_accepted(tools, item):
    with pytest.raises(CheckError, match="its source 'made_up_watch' is no longer known"):
        accept(item, EVENT, tools, known={}, by="steward", why="it is open")


def test_where_the_decision_was_not_written_the_second_time_stores_nothing_new(tools, item, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(type(tools.warehouse), "decide_quarantine", _stopped)
        assert accept(item, EVENT, tools, known=KNOWN, by="steward", why="it is open").status == "failed"
    assert item in open_proposals(tools.warehouse)
    again = accept(item, EVENT, tools, known=KNOWN, by="steward", why="it is open")
    assert (again.new, again.unchanged) == (0, 1)
    assert len(tools.warehouse.milestone_events(LATER)) == 1
    assert open_proposals(tools.warehouse) == {}


def _stopped(*_words: object, **_more: object) -> None:
    raise OSError("the disk is full")
