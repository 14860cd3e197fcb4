"""Proposed milestones: listed apart from figures, accepted as an event by a person's word, or turned down."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest

from geo.places import LANGUAGES
from ingest.returns_words import said
from ingest.steward_proposals import RefusedWord, Word, event_of, listed
from ingest.stewards import Stewards
from metrics.warehouse.values import start_of_day
from tests.ingest.proposing import keep, proposal, watch

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
GOOD = Word(milestone="cbps_kiosk_mo", event="happened", on="2025-12-29", why=" the kiosk  is open ")


@pytest.fixture
def stewards(tools, clock, monkeypatch) -> Stewards:
    clock.now = NOW
    feed = watch()
    monkeypatch.setattr("ingest.stewards.every_source", lambda _tools: {feed.id: feed})
    return Stewards(tools=tools)


def word(**more: str) -> Word:
    return Word(**(asdict(GOOD) | more))


def test_what_is_proposed_is_listed_newest_first_and_not_among_the_figures(stewards):
    older = proposal(title="5G along the border", published_on=date(2024, 1, 2), work_items=(3,))
    keep(stewards.tools, older, proposal())
    found = stewards.proposals("en")
    assert [one.title for one in found] == [proposal().title, older.title]
    assert (found[0].link, found[0].work_items, found[0].language) == (proposal().link, (1,), "en")
    assert found[0].source == watch().title["en"]
    assert stewards.quarantine("en") == []
    assert [one.source for one in listed(stewards.tools, {}, "zh-Hant")] == ["made_up_watch"] * 2


def test_a_word_makes_an_event_known_from_the_publication():
    event = event_of(GOOD, proposal(), by="alice", today=TODAY)
    assert (event.milestone_id, event.event, event.happened_on) == (
        "cbps_kiosk_mo",
        "happened",
        date(2025, 12, 29),
    )
    assert (event.known_at, event.evidence) == (start_of_day(date(2025, 12, 29)), proposal().link)
    moved = event_of(
        word(event="due_moved", on="2027-03-31", precision="month", evidence="https://www.gov.hk/x"),
        proposal(), by="alice", today=TODAY,
    )  # fmt: skip
    assert (moved.due_on, moved.due_precision, moved.happened_on) == (date(2027, 3, 31), "month", None)
    assert moved.evidence == "https://www.gov.hk/x"
    dropped = event_of(word(event="dropped"), proposal(), by="alice", today=TODAY)
    assert (dropped.due_on, dropped.happened_on) == (None, None)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"milestone": "moon_landing"}, "no_milestone"),
        ({"milestone": ""}, "no_milestone"),
        ({"event": "forgotten"}, "no_event"),
        ({"precision": "century"}, "no_event"),
        ({"why": "  "}, "needs_reason"),
        ({"on": ""}, "needs_date"),
        ({"on": "29/12/2025"}, "no_date"),
        ({"on": "2027-01-01"}, "not_yet"),
        ({"event": "due_moved", "on": ""}, "needs_date"),
        ({"evidence": "javascript:alert(1)"}, "no_address"),
        ({"evidence": "https://a@evil.example/"}, "no_address"),
        ({"evidence": 'https://x.example/"><script>'}, "no_address"),
        ({"evidence": "https://[x"}, "no_address"),
        ({"evidence": "https://x.example/" + "a" * 500}, "no_address"),
    ],
)
def test_what_is_wrong_with_a_word_is_said_and_changes_nothing(stewards, more, key):
    keep(stewards.tools, proposal())
    (one,) = stewards.proposals("en")
    with pytest.raises(RefusedWord) as refused:
        event_of(word(**more), proposal(), by="alice", today=TODAY)
    assert refused.value.key == f"answer.{key}"
    for lang in LANGUAGES:
        outcome = stewards.accept(one.item, asdict(word(**more)), lang, "alice", "192.0.2.7")
        assert (outcome.done, outcome.said) == (False, said(f"answer.{key}", lang))
    assert stewards.tools.warehouse.milestone_events(LATER).empty
    assert len(stewards.proposals("en")) == 1


def test_accepting_stores_the_event_with_name_reason_and_audit(stewards):
    keep(stewards.tools, proposal())
    (one,) = stewards.proposals("en")
    stamp = stewards.tools.warehouse.stamp()
    done = stewards.accept(one.item, asdict(GOOD), "zh-Hant", "alice", "192.0.2.7")
    assert done.done
    assert stewards.tools.warehouse.stamp() > stamp  # pages are made anew
    events = stewards.tools.warehouse.milestone_events(LATER)
    assert (events["milestone_id"].tolist(), events["said_by"].tolist()) == (["cbps_kiosk_mo"], ["alice"])
    assert stewards.proposals("en") == []
    entry = stewards.tools.warehouse.audit(1).to_dict("records")[0]
    detail = json.loads(entry["detail"])
    assert (entry["actor"], entry["action"], entry["subject"]) == ("alice", "accept", one.item)
    assert (detail["milestone"], detail["event"], detail["why"]) == (
        "cbps_kiosk_mo",
        "happened",
        "the kiosk is open",
    )
    assert detail["address"] == "192.0.2.7"
    again = stewards.accept(one.item, asdict(GOOD), "en", "bob", "")
    assert (again.done, again.said) == (False, "This was decided already.")


def test_turning_down_needs_a_reason_and_stores_no_event(stewards):
    keep(stewards.tools, proposal())
    (one,) = stewards.proposals("en")
    assert not stewards.turn_down(one.item, " ", "en", "alice", "").done
    done = stewards.turn_down(one.item, "another kiosk", "zh-Hans", "alice", "")
    assert (done.done, done.said) == (True, said("answer.turned_down", "zh-Hans"))
    assert stewards.proposals("en") == []
    assert stewards.tools.warehouse.milestone_events(LATER).empty
    assert stewards.tools.warehouse.audit(1)["action"].tolist() == ["release"]
    assert not stewards.turn_down("nothing", "x", "en", "alice", "").done
