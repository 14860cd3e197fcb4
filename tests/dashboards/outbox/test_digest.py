"""The digest: what changed since one looked, in one's language, with its figures as they stand in the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.outbox.digest import Reader, digest, occasion
from metrics.warehouse.outbox import Subscription

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, nine in the morning in Hong Kong
HOME = "https://gba.example.org"
WISH = Subscription(person_id="mem", address="mem@example.org", lang="en", digest="daily")


def reader(desk, seen=None, last=None, **wish) -> Reader:
    return Reader(wish=replace(WISH, **wish), desk=desk, seen=seen, last=last)


def test_there_is_one_occasion_a_day_or_a_week_and_none_at_night():
    assert occasion(WISH, NOW) == "digest:mem:2026-11-23"
    assert occasion(WISH, NOW - timedelta(hours=2)) == ""
    weekly = replace(WISH, digest="weekly")
    assert {occasion(weekly, NOW + timedelta(days=n)) for n in range(7)} == {"digest:mem:2026-W48"}
    assert occasion(replace(WISH, digest="off"), NOW) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_changed_is_told_by_work_item_in_the_readers_language(opening_desk, lang):
    at = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
    message = digest(reader(opening_desk, seen=at - timedelta(days=25), lang=lang), at, HOME)
    words = opening_desk.words[lang]
    assert message.lang == lang
    assert message.message_id == "digest:mem:2025-06-01"
    assert words.t("work_item.2") in message.body
    assert f"{HOME}/work-items/2" in message.body
    assert "/subscriptions" in message.body
    assert "{" not in message.body
    assert words.day(datetime(2025, 5, 7, tzinfo=UTC).date()) in message.subject


def test_only_the_items_one_asked_for_are_told(opening_desk):
    at = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
    message = digest(reader(opening_desk, seen=at - timedelta(days=30), items=(2,)), at, HOME)
    assert "/work-items/2" in message.body
    assert "/work-items/5" not in message.body


def test_where_nothing_changed_nothing_is_sent(opening_desk):
    assert digest(reader(opening_desk, seen=NOW - timedelta(minutes=5)), NOW, HOME) is None


def test_what_was_told_already_is_not_told_again(opening_desk):
    at = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
    assert digest(reader(opening_desk, seen=at - timedelta(days=30), last=at), at, HOME) is None


def test_a_qualifier_stays_with_its_figure(opening_desk):
    at = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
    message = digest(reader(opening_desk, seen=at - timedelta(days=31)), at, HOME)
    since = at - timedelta(days=31)
    frame = opening_desk.metrics.warehouse.vintages(
        [one.id for one in opening_desk.catalogue.leading if one.audience == "public"], as_of=at
    )
    over = frame[frame["qualifier"].eq("over") & frame["known_at"].gt(since) & frame["breakdown"].eq("")]
    assert ("over " in message.body) == (len(over) > 0)
