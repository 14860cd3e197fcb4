"""Word going out, in the warehouse: once each, what became of it, who wants what; on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from metrics.warehouse.outbox import Message, Outbox, Subscription
from metrics.warehouse.people import Deed, People, Person

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MESSAGE = Message(
    message_id="alert:source_late:hk_wifi:2026-11-20",
    kind="alert",
    recipient="operators",
    channel="mail",
    address="ops@example.org",
    lang="zh-Hant",
    subject="數據源逾期",
    body="一行\n二行",
    made_at=AT,
)


@pytest.fixture
def outbox(warehouse):
    return Outbox(warehouse.engine)


@pytest.mark.engine
def test_the_same_reason_makes_one_message(outbox):
    assert outbox.put([MESSAGE, MESSAGE]) == 1
    other = replace(MESSAGE, message_id="alert:other", made_at=AT + HOUR)
    assert outbox.put([replace(MESSAGE, body="otherwise"), other]) == 1
    assert outbox.put([]) == 0
    assert [one.message for one in outbox.listed()] == [other, MESSAGE]
    assert [one.message for one in outbox.due(AT)] == [MESSAGE, other]


@pytest.mark.engine
def test_what_failed_waits_for_its_time_and_what_was_sent_is_done(outbox):
    outbox.put([MESSAGE])
    outbox.happened(MESSAGE.message_id, "retry", AT, "the server is away", AT + HOUR)
    assert outbox.due(AT + HOUR / 2) == []
    (due,) = outbox.due(AT + HOUR)
    assert (due.state, due.attempts, due.why) == ("retry", 1, "the server is away")
    outbox.happened(MESSAGE.message_id, "sent", AT + HOUR)
    assert outbox.due(AT + 9 * HOUR) == []
    (posted,) = outbox.listed()
    assert (posted.state, posted.attempts, posted.at, posted.next_at) == ("sent", 2, AT + HOUR, None)


@pytest.mark.engine
def test_what_was_given_up_is_not_tried_again(outbox):
    outbox.put([MESSAGE])
    outbox.happened(MESSAGE.message_id, "given_up", AT, "no such mailbox")
    assert outbox.due(AT + 99 * HOUR) == []
    with pytest.raises(ValueError, match="expected a state of sent, retry, given_up"):
        outbox.happened(MESSAGE.message_id, "lost", AT)


@pytest.mark.engine
def test_the_last_wish_counts_and_only_of_those_who_may_sign_in(warehouse, outbox):
    people = People(warehouse.engine)
    for name in ("chan", "lee"):
        person = Person(person_id=name, name=name.title(), role="member")
        people.add(person, Deed(actor="a", action="person_added"), AT)
    first = Subscription(person_id="chan", address="a@example.org", lang="en", digest="daily")
    last = replace(first, items=(3, 1), digest="weekly", alerts=True, lang="zh-Hans")
    outbox.subscribe(first, AT)
    outbox.subscribe(last, AT)
    outbox.subscribe(replace(first, person_id="lee"), AT)
    people.change("lee", Deed(actor="a", action="person_disabled"), AT, enabled=False)
    assert outbox.subscription("chan") == replace(last, items=(1, 3))
    assert outbox.subscription("nobody") is None
    ((person, wish, seen),) = outbox.subscribers()
    assert (person.person_id, person.role, wish.digest, seen) == ("chan", "member", "weekly", None)
    with pytest.raises(ValueError, match="off, daily, weekly"):
        outbox.subscribe(replace(first, digest="hourly"), AT)


@pytest.mark.engine
def test_when_the_newest_of_a_kind_was_written(outbox):
    assert outbox.newest("alert", "operators") is None
    outbox.put([MESSAGE, replace(MESSAGE, message_id="b", made_at=AT + HOUR)])
    assert outbox.newest("alert", "operators") == AT + HOUR
    assert outbox.newest("digest", "operators") is None
