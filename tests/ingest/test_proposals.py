"""Proposals: kept once, decided by a person, and no events until then."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.errors import ShapeError
from ingest.proposals import RULE, open_proposals, proposal_of, proposed
from ingest.release import reject
from tests.ingest.making import payload, source
from tests.ingest.proposing import keep, proposal, watch

LATER = datetime(2100, 1, 1, tzinfo=UTC)


def test_what_a_feed_proposes_waits_for_a_person_under_a_rule_of_its_own(tools):
    assert keep(tools, proposal()) == 1
    assert list(open_proposals(tools.warehouse).values()) == [proposal()]
    assert tools.warehouse.quarantined()["rule"].tolist() == [RULE]
    assert tools.warehouse.milestone_events(LATER).empty


def test_the_same_proposal_is_kept_once_however_often_it_is_seen(tools):
    other = proposal(title="Another kiosk", published_on=date(2026, 1, 5))
    assert keep(tools, proposal(), proposal(), other) == 2
    assert keep(tools, other, proposal()) == 0
    assert [one.title for one in open_proposals(tools.warehouse).values()] == [other.title, proposal().title]


def test_one_that_is_turned_down_is_open_no_more_and_does_not_come_back(tools):
    keep(tools, proposal())
    (item,) = open_proposals(tools.warehouse)
    reject(item, tools, by="steward", why="is no milestone")
    assert open_proposals(tools.warehouse) == {}
    assert keep(tools, proposal()) == 0
    assert open_proposals(tools.warehouse) == {}


def test_records_held_back_are_no_proposals(tools):
    keep(tools, proposal())
    run_id = tools.warehouse.open_run("x", trigger="hand", logical_time="y")
    (held,) = proposed(watch(proposal()), payload("x"))
    tools.warehouse.quarantine([type(held)(source_id="x", rule="sum", said="s", row={"record": {}})], run_id)
    assert len(tools.warehouse.quarantined()) == 2
    assert len(open_proposals(tools.warehouse)) == 1


def test_a_source_of_figures_proposes_nothing():
    assert proposed(source(), payload("x")) == []


def test_a_held_row_tells_the_proposal_and_another_row_tells_none():
    (held,) = proposed(watch(proposal()), payload("x"))
    assert proposal_of(held.row) == proposal()
    assert held.said == f"2025-12-29: {proposal().title}"
    with pytest.raises(KeyError):
        proposal_of({"record": {}})


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "x" * 301}, {"words": ()}, {"work_items": ()}])
def test_a_proposal_has_a_title_of_bounded_length_and_a_reason(wrong: dict[str, object]):
    with pytest.raises(ShapeError, match="expected"):
        proposal(**wrong)
