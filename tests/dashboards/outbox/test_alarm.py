"""Alerts in words: every kind in three languages, and only to those who keep the house."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.outbox.alarm import PAGES, hooks, mails, wants
from dashboards.roles import ROLES
from metrics.warehouse.outbox import Subscription
from metrics.warehouse.people import Person

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOLD = {
    "source_late": {"due": NOW, "data_to": None},
    "run_failed": {"at": NOW, "error": "expected a header, <b>found</b> {none}", "good": None},
    "quarantine_waiting": {"n": 3},
    "scheduler_gone": {"since": NOW, "holder": "one on this machine"},
}


def alert(kind: str) -> SimpleNamespace:
    return SimpleNamespace(kind=kind, subject="hk_wifi", mark="m", told=TOLD[kind])


def wish(lang: str = "en", *, alerts: bool = True) -> Subscription:
    return Subscription(person_id="ste", address="ste@example.org", lang=lang, alerts=alerts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(TOLD))
def test_every_kind_is_said_in_every_language_with_its_facts_and_where_to_look(opening_desk, kind, lang):
    steward = Person(person_id="ste", name="Ste", role="steward")
    (message,) = mails([alert(kind)], [(steward, wish(lang))], opening_desk, NOW, "https://gba.example.org")
    assert f"https://gba.example.org{PAGES[kind]}" in message.body
    assert message.lang == lang
    if kind == "run_failed":
        assert "<b>found</b> {none}" in message.body
        assert opening_desk.words[lang].t("outbox.never") in message.body
    else:
        assert "{" not in message.body + message.subject


def test_only_those_who_keep_the_house_and_asked_for_it_are_told():
    told = {role for role in ROLES if wants(Person(person_id="a", name="a", role=role), wish())}
    assert told == {"steward", "admin"}
    assert not wants(Person(person_id="a", name="a", role="admin"), wish(alerts=False))
    assert not wants(Person(person_id="a", name="a", role="gone"), wish())


def test_each_occasion_has_a_name_of_its_own_for_each_who_is_told(opening_desk):
    everybody = [(Person(person_id=name, name=name, role="admin"), wish()) for name in ("a", "b")]
    found = mails([alert(kind) for kind in TOLD], everybody, opening_desk, NOW, "")
    assert len({one.message_id for one in found}) == 2 * len(TOLD)
    assert len(hooks([alert(kind) for kind in TOLD], opening_desk, NOW, "")) == len(TOLD)
