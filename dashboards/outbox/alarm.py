"""Alerts in words: what somebody should look at, to those who asked for it and to the webhook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from dashboards.desk import Desk, Filters, address
from dashboards.i18n import Words
from dashboards.roles import ROLES
from metrics.warehouse.outbox import Message, Subscription
from metrics.warehouse.people import Person

OPERATORS = "operators"
PAGES: Mapping[str, str] = {
    "source_late": "/sources",
    "run_failed": "/sources",
    "scheduler_gone": "/sources",
    "quarantine_waiting": "/steward/quarantine",
}


class Alert(Protocol):
    """One reason to look; *mark* tells one occasion from the next, *told* are its facts."""

    kind: str
    subject: str
    mark: str
    told: Mapping[str, Any]


def wants(person: Person, wish: Subscription) -> bool:
    """Say whether *person* is told of alerts: they asked for it and keep the house."""
    return wish.alerts and person.role in ROLES and "release" in ROLES[person.role].actions


def mails(
    alerts: Sequence[Alert],
    people: Sequence[tuple[Person, Subscription]],
    desk: Desk,
    now: datetime,
    home: str,
) -> list[Message]:
    """Return one mail for each alert and each person who wants them, in their language."""
    return [
        Message(
            message_id=f"alert:{alert.kind}:{alert.subject}:{alert.mark}:{person.person_id}",
            kind="alert",
            recipient=person.person_id,
            channel="mail",
            address=wish.address,
            lang=wish.lang,
            made_at=now,
            **_words(alert, desk.words[wish.lang], home),
        )
        for alert in alerts
        for person, wish in people
        if wants(person, wish)
    ]


def hooks(alerts: Sequence[Alert], desk: Desk, now: datetime, home: str) -> list[Message]:
    """Return one call of the webhook for each alert."""
    return [
        Message(
            message_id=f"alert:{alert.kind}:{alert.subject}:{alert.mark}",
            kind="alert",
            recipient=OPERATORS,
            channel="webhook",
            address="",
            lang="en",
            made_at=now,
            **_words(alert, desk.words["en"], home),
        )
        for alert in alerts
    ]


def _words(alert: Alert, words: Words, home: str) -> dict[str, str]:
    name = words.t(f"source.{alert.subject}") if words.has(f"source.{alert.subject}") else alert.subject
    told = {key: _said(value, words) for key, value in alert.told.items()}
    lines = [words.t(f"outbox.alert_{alert.kind}", **({"good": "", "data_to": ""} | told), name=name)]
    page = PAGES.get(alert.kind, "/sources")
    return {
        "subject": words.t(f"outbox.subject_{alert.kind}", name=name),
        "body": "\n\n".join([*lines, home + address(page, Filters(lang=words.lang))]) + "\n",
    }


def _said(value: Any, words: Words) -> str:
    if isinstance(value, datetime):
        return words.instant(value)
    return words.t("outbox.never") if value is None else str(value)
