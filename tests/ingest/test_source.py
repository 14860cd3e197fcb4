"""The values that figures travel in."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError
from datetime import datetime, timedelta

import pytest

from ingest.source import Payload, Row
from tests.ingest.making import NOON, payload, record


def test_a_payload_knows_its_hash():
    assert payload(b"abc").sha256 == hashlib.sha256(b"abc").hexdigest()


def test_a_payloads_own_time_is_what_it_says_but_never_after_its_fetch():
    day = timedelta(days=1)
    assert payload(b"x").said_at == NOON
    assert payload(b"x", last_modified=NOON - day).said_at == NOON - day
    assert payload(b"x", last_modified=NOON + day).said_at == NOON


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="with its zone"):
        Payload(content=b"", url="", fetched_at=datetime(2025, 5, 15))  # noqa: DTZ001


def test_values_do_not_change():
    with pytest.raises(FrozenInstanceError):
        record().value = 1


def test_a_row_is_told_by_name_and_line():
    row = Row([("a", "1")], 7)
    assert (row["a"], row.number) == ("1", 7)
