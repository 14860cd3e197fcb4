"""Those who guess are slowed down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.sign_in.throttle import ACCOUNT, ADDRESS, Throttle, subject_of, wait_after
from metrics.warehouse.attempts import AttemptBook

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOME = "192.0.2.7"


@pytest.fixture
def throttle(sqlite_warehouse) -> Throttle:
    return Throttle(book=AttemptBook(sqlite_warehouse.engine))


def tries(throttle: Throttle, account: str, until: datetime, address: str = HOME) -> int:
    """Try as often as is let through from NOW until *until*, and return how often that was."""
    at, done = NOW, 0
    while at < until:
        entry = throttle.enter(account, address, at)
        done += not entry.wait
        at += entry.wait or timedelta(milliseconds=100)
    return done


def test_the_wait_grows_and_ends_in_a_lock():
    waits = [wait_after(n, ACCOUNT).total_seconds() for n in range(12)]
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 900, 900]


def test_a_guesser_gets_few_tries_a_day(throttle):
    assert tries(throttle, "alice", NOW + timedelta(days=1)) <= 110


def test_a_locked_account_opens_again(throttle):
    at = NOW
    for _ in range(ACCOUNT.lock_after):
        entry = throttle.enter("alice", HOME, at)
        at += entry.wait or timedelta(minutes=2)
    assert throttle.enter("alice", HOME, at).wait > timedelta(0)
    assert throttle.enter("alice", HOME, at + ACCOUNT.lock).wait == timedelta(0)


def test_the_try_that_shuts_the_door_says_so(throttle):
    at, lasts = NOW, []
    for _ in range(ACCOUNT.lock_after):
        lasts.append(throttle.enter("alice", HOME, at).last)
        at += timedelta(minutes=2)
    assert lasts == [False] * (ACCOUNT.lock_after - 1) + [True]


def test_many_at_once_gain_nothing(throttle):
    with ThreadPoolExecutor(8) as pool:
        entries = list(pool.map(lambda _: throttle.enter("alice", HOME, NOW), range(40)))
    assert sum(not entry.wait for entry in entries) == ACCOUNT.free + 1


def test_one_address_cannot_try_many_accounts(throttle):
    at, done = NOW, 0
    for n in range(400):
        entry = throttle.enter(f"person{n}", HOME, at)
        done += not entry.wait
        at += timedelta(seconds=1)
    assert done < ADDRESS.free + 12


def test_another_account_from_elsewhere_is_not_slowed(throttle):
    tries(throttle, "alice", NOW + timedelta(minutes=30))
    assert throttle.enter("bob", "198.51.100.1", NOW + timedelta(minutes=30)).wait == timedelta(0)


def test_getting_it_right_frees_the_account(throttle):
    for n in range(3):
        throttle.enter("alice", HOME, NOW + timedelta(seconds=n))
    at = NOW + timedelta(seconds=4)
    assert throttle.enter("alice", HOME, at).wait == timedelta(0)
    throttle.passed("alice", HOME, at)
    assert throttle.enter("alice", HOME, at).wait == timedelta(0)


def test_signing_in_between_guesses_does_not_free_the_address(throttle):
    """Somebody with an account of their own must not reset the count that their guesses at others run up."""
    at, done = NOW, 0
    for n in range(300):
        entry = throttle.enter(f"victim{n}", HOME, at)
        done += not entry.wait
        at += timedelta(seconds=1)
        if not throttle.enter("mine", HOME, at).wait:
            throttle.passed("mine", HOME, at)
    assert done < ADDRESS.free + 20


def test_a_room_that_signs_in_from_one_address_is_not_slowed(throttle):
    for n in range(200):
        entry = throttle.enter(f"member{n}", HOME, NOW + timedelta(milliseconds=n))
        assert entry.wait == timedelta(0)
        throttle.passed(f"member{n}", HOME, NOW + timedelta(milliseconds=n))


def test_old_failures_are_forgotten(throttle):
    for n in range(3):
        throttle.enter("alice", HOME, NOW + timedelta(seconds=n))
    later = NOW + ACCOUNT.forget + timedelta(minutes=1)
    for n in range(3):
        assert throttle.enter("alice", HOME, later + timedelta(milliseconds=n)).wait == timedelta(0)


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_household_of_addresses_counts_as_one(address, subject):
    assert subject_of(address) == subject


def test_what_may_be_used_once_is_used_once(throttle):
    until = NOW + timedelta(minutes=10)
    assert throttle.use_once("state", until, NOW)
    assert not throttle.use_once("state", until, NOW)
    assert throttle.use_once("another", until, NOW)


def test_a_try_that_comes_too_early_counts_for_nothing(throttle):
    for _ in range(ACCOUNT.free + 1):
        throttle.enter("alice", HOME, NOW)
    waits = [throttle.enter("alice", HOME, NOW).wait for _ in range(20)]
    assert set(waits) == {wait_after(ACCOUNT.free + 1, ACCOUNT)}
    assert throttle.enter("alice", HOME, NOW + waits[0]).wait == timedelta(0)
