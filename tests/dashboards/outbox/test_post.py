"""Rounds of post: what is due is written once, sent once, tried again with patience, and only to who may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from dashboards.opened import Desks
from dashboards.outbox.post import PAUSES, PostRoom, chore, post
from dashboards.outbox.sending import NotSentError
from dashboards.outbox.settings import OutboxFields
from metrics.warehouse.outbox import Outbox, Subscription
from metrics.warehouse.people import Deed, People, Person

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, nine in the morning in Hong Kong
MAILS = OutboxFields(smtp="smtps://mail.example.org", mail_from="gba@example.org")
LATE = SimpleNamespace(
    kind="source_late",
    subject="hk_wifi",
    mark="2026-11-20",
    told={"due": NOW - timedelta(days=2), "data_to": NOW - timedelta(days=9)},
)


class Sent:
    """Takes messages, or refuses them."""

    def __init__(self) -> None:
        self.messages = []
        self.fault: NotSentError | None = None

    def __call__(self, message) -> None:
        if self.fault:
            raise self.fault
        self.messages.append(message)


@pytest.fixture
def office(opening_desk, sqlite_warehouse):
    """Give a room of post over the opening figures, with a member and a steward who want to be told."""
    outbox, people = Outbox(sqlite_warehouse.engine), People(sqlite_warehouse.engine)
    for name, role in (("mem", "member"), ("ste", "steward"), ("vie", "viewer")):
        people.add(Person(person_id=name, name=name, role=role), Deed(actor="a", action="person_added"), NOW)
        wish = {"address": f"{name}@example.org", "lang": "en", "alerts": True, "digest": "off"}
        outbox.subscribe(Subscription(person_id=name, **wish), NOW)
    sent = Sent()
    desks = Desks(opening_desk)
    made = {"outbox": outbox, "desk_of": desks.of, "send": sent, "home": "https://gba.example.org"}
    return SimpleNamespace(
        outbox=outbox,
        sent=sent,
        room=lambda alerts=(), settings=MAILS: PostRoom(
            **made, alerts=lambda _now: alerts, settings=settings
        ),
    )


def test_nothing_is_written_until_somebody_says_where_to(office):
    post(office.room([LATE], OutboxFields()), NOW)
    assert office.outbox.listed() == []


def test_an_alert_goes_once_to_those_who_keep_the_house(office):
    for hours in range(3):
        post(office.room([LATE]), NOW + timedelta(hours=hours))
    (message,) = office.sent.messages
    assert message.recipient == "ste"
    assert "hk_wifi" in message.subject
    assert "https://gba.example.org/sources" in message.body
    assert "21 Nov 2026, 09:00" in message.body


def test_the_webhook_hears_of_every_alert_and_of_no_digest(office):
    settings = OutboxFields(webhook="https://hooks.example.org/x")
    post(office.room([LATE], settings), NOW)
    assert [one.channel for one in office.sent.messages] == ["webhook"]


def test_what_fails_is_tried_again_ever_more_patiently_and_given_up_at_last(office):
    office.sent.fault = NotSentError("the mail server is away", again=True)
    now, room = NOW, office.room([LATE])
    for number, pause in enumerate(PAUSES, 1):
        assert post(room, now).again == 1
        (posted,) = office.outbox.listed()
        assert (posted.state, posted.attempts, posted.why) == ("retry", number, "the mail server is away")
        assert post(room, now + pause / 2).again == 0
        now += pause
    assert post(room, now).given_up == 1
    office.sent.fault = None
    assert post(room, now + timedelta(days=9)).sent == 0


def test_what_will_never_be_taken_is_given_up_at_once(office):
    office.sent.fault = NotSentError("no such mailbox", again=False)
    assert post(office.room([LATE]), NOW).given_up == 1


def test_a_round_cut_off_before_sending_is_made_good_by_the_next(office):
    def killed(_message) -> None:
        raise KeyboardInterrupt

    room = office.room([LATE])
    broken = PostRoom(**{**{name: getattr(room, name) for name in room.__dataclass_fields__}, "send": killed})
    with pytest.raises(KeyboardInterrupt):
        post(broken, NOW)
    assert post(room, NOW + timedelta(minutes=5)).sent == 1
    assert len(office.sent.messages) == 1


def test_the_round_is_a_chore_of_the_scheduler(office):
    made = chore(office.room([LATE]))
    made["work"]()
    assert (made["id"], len(office.sent.messages)) == ("post", 1)
