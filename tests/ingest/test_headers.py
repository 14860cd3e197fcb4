"""What headers say about time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.headers import http_day, instant, retry_seconds

NOW = datetime(2025, 10, 1, tzinfo=UTC)


def test_an_http_date_is_an_instant_and_back():
    assert instant("Wed, 01 Oct 2025 00:00:00 GMT") == NOW
    assert http_day(NOW) == "Wed, 01 Oct 2025 00:00:00 GMT"


@pytest.mark.parametrize("text", [None, "", "yesterday", "2025-10-01", "Wed, 99 Oct 2025 00:00:00 GMT"])
def test_what_is_no_date_says_nothing(text: str | None):
    assert instant(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("Wed, 01 Oct 2025 00:01:00 GMT", 60),
        ("Tue, 30 Sep 2025 00:00:00 GMT", 0),
        ("soon", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None):
    assert retry_seconds(text, NOW) == seconds
    assert retry_seconds(None, NOW) is None
