"""What the ledger keeps about runs, payloads, suspects and leases, as plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class PayloadEntry:
    """A payload as it was kept: ``stored_as`` is its name in the archive, ``size`` its bytes."""

    sha256: str
    url: str
    media_type: str = ""
    size: int = 0
    stored_as: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPayload:
    """A payload of a source as it first came: what a replay reads again."""

    sha256: str
    url: str
    media_type: str
    last_modified: str
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LastFetch:
    """The newest answer of an address that was read to its end."""

    url: str
    sha256: str
    etag: str
    last_modified: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One look at a source. ``status`` is ``planned``, ``started`` or how the run ended.

    ``detail`` is what else is told of it, such as the difference between the figures before and after.
    """

    run_id: str
    source_id: str
    trigger: str
    logical_time: str
    attempt: int
    status: str
    stage: str
    token: int | None
    planned_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunAnswer:
    """A payload as it came in a run; *read_to_end* is False where nothing of it was loaded."""

    run_id: str
    url: str
    sha256: str
    fetched_at: datetime
    read_to_end: bool
    media_type: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspect:
    """A record held back: the rule it broke, what was said about it, and the row as read."""

    source_id: str
    rule: str
    said: str
    row: Mapping[str, object]
    payload_sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """Who may write as *name*, until when; ``token`` grows by one with every new holder."""

    name: str
    holder: str
    token: int
    acquired_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Fence:
    """The lease that a loading must still hold when it writes."""

    name: str
    token: int


class WarehouseError(Exception):
    """Something the warehouse refuses; the message says what was expected, found, and what to do."""


class FenceLost(WarehouseError):  # noqa: N818 - it is a fact about the lease
    """The lease has another holder, or has run out: nothing was written."""


class AlreadyRun(WarehouseError):  # noqa: N818 - a fact, not a fault
    """This logical time of the source is done, or another run has it in hand."""
