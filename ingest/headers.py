"""What the headers of an answer say about time."""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime


def instant(text: str | None) -> datetime | None:
    """Return the instant that an HTTP date states, None where it states none."""
    try:
        when = email.utils.parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def http_day(when: datetime) -> str:
    """Return *when* as an HTTP date."""
    return email.utils.format_datetime(when.astimezone(UTC), usegmt=True)


def retry_seconds(text: str | None, now: datetime) -> float | None:
    """Return how many seconds a Retry-After header asks for, None where it asks for nothing readable."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    when = instant(text)
    return None if when is None else max(0.0, (when - now).total_seconds())
