"""Passwords: how they are kept and which are refused."""

from __future__ import annotations

import argon2
import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from dashboards.sign_in.password import Passwords, nobodys_hash, weakness

GOOD = "the ferry to Macao leaves at nine"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(hasher=PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))


def test_a_password_is_kept_as_argon2id_and_fits_only_itself(passwords):
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert passwords.fits(kept, GOOD)
    assert not passwords.fits(kept, GOOD + " ")
    assert not passwords.fits(kept, "")
    assert passwords.hashed(GOOD) != kept


def test_the_products_own_settings_are_no_weaker_than_recommended():
    hasher = Passwords().hasher
    assert hasher.memory_cost >= 19 * 1024
    assert hasher.time_cost >= 2


def test_full_width_and_composed_forms_are_the_same_password(passwords):
    assert passwords.fits(passwords.hashed("Ｐａｓｓ caf\u00e9 澳門 2026"), "Pass cafe\u0301 澳門 2026")


@pytest.mark.parametrize("kept", ["", "garbled", "$argon2id$v=19$garbled", "$2b$12$bcrypt"])
def test_with_nothing_usable_kept_no_password_fits(passwords, kept):
    assert not passwords.fits(kept, "")
    assert not passwords.fits(kept, "nobody")


def test_a_name_that_nobody_has_costs_the_same_work_as_one_that_somebody_has(passwords, monkeypatch):
    worked: list[argon2.Parameters] = []
    verify = PasswordHasher.verify

    def seen(hasher, kept, password):
        worked.append(argon2.extract_parameters(kept))
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", seen)
    for kept in (passwords.hashed(GOOD), ""):
        passwords.fits(kept, "wrong password")
    assert len(worked) == 2
    assert worked[0] == worked[1]


def test_an_endless_password_costs_no_more_than_a_short_one(passwords):
    assert not passwords.fits(passwords.hashed(GOOD), "x" * 1_000_000)


def test_a_hash_of_weaker_settings_is_outdated(passwords):
    weak = passwords.hashed(GOOD)
    assert Passwords().outdated(weak)
    assert not passwords.outdated(weak)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        (GOOD, ""),
        ("大橋今日車流暢通無阻真好呀", ""),
        ("short", "sign_in.fault_short"),
        ("x" * 300, "sign_in.fault_long"),
        ("aaaaaaaaaaaaaaaa", "sign_in.fault_guessable"),
        ("password12345!!!", "sign_in.fault_guessable"),
        ("Pass word 2026 12345", "sign_in.fault_guessable"),
        ("GBA Monitor 2026", "sign_in.fault_guessable"),
        ("my name is Alice, yes", "sign_in.fault_guessable"),
    ],
)
def test_what_is_guessed_first_is_refused(password, fault):
    assert weakness(password, "alice") == fault


def test_a_very_short_user_name_may_be_part_of_a_password():
    assert weakness(GOOD, "he") == ""


def test_the_hash_that_nobody_has_is_a_real_one():
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    kept = nobodys_hash(hasher)
    assert not hasher.check_needs_rehash(kept)
    assert kept != nobodys_hash(hasher)
    with pytest.raises(VerifyMismatchError):
        hasher.verify(kept, b"anything")
