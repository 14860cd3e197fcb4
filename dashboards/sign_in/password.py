"""Passwords: argon2id, as many at a time as the memory bears, and the same time for a name nobody has."""

from __future__ import annotations

import base64
import secrets
import threading
import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

LEAST = 12
MOST = 256
LEAST_DIFFERENT = 5
AT_A_TIME = 2
# What guessers try first, with the tails of digits and signs cut off.
GUESSED = frozenset(
    {
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwertyuiop", "qwerty", "asdfghjkl", "letmein", "welcome",
        "administrator", "admin", "changeme", "iloveyou", "gbamonitor", "smartcity", "hongkong", "guangdong",
        "shenzhen", "macau", "macao",
    }
)  # fmt: skip


def folded(password: str) -> bytes:
    """Return the bytes of a password; full-width and composed characters count as what they look like."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def weakness(password: str, person_id: str) -> str:
    """Return the term key of what is wrong with a new password, or ""."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(plain) < LEAST:
        return "sign_in.fault_short"
    if len(plain) > MOST:
        return "sign_in.fault_long"
    if len(set(plain)) < LEAST_DIFFERENT or _stem(plain) in GUESSED or _names(person_id, plain):
        return "sign_in.fault_guessable"
    return ""


def _names(person_id: str, plain: str) -> bool:
    return len(person_id) >= 4 and person_id.casefold() in plain


def _stem(plain: str) -> str:
    return "".join(c for c in plain.rstrip("0123456789!@#$%^&*.-_?+= ") if not c.isspace())


def nobodys_hash(hasher: PasswordHasher) -> str:
    """Return a hash that no password is known to have; to try one on it is as much work as on any other."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


@dataclass(kw_only=True)
class Passwords:
    """Holds the hasher, a hash that no password has, and how many may be worked out at a time."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _nobodys: str = ""
    _room: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_A_TIME))

    def __post_init__(self) -> None:
        self._nobodys = nobodys_hash(self.hasher)

    def hashed(self, password: str) -> str:
        """Return the hash under which *password* is kept."""
        with self._room:
            return self.hasher.hash(folded(password))

    def fits(self, kept: str, password: str) -> bool:
        """Say whether *password* is the one kept; with nothing kept the work is done all the same."""
        if len(password) > MOST:
            password = ""
        with self._room:
            try:
                self.hasher.verify(kept or self._nobodys, folded(password))
            except (Argon2Error, InvalidHashError):
                return False
        return bool(kept)

    def outdated(self, kept: str) -> bool:
        """Say whether the hash was made with weaker settings than today's."""
        return self.hasher.check_needs_rehash(kept)
