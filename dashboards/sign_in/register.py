"""The register of people: who may be added and changed, by what rules, each change in the audit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dashboards.roles import ROLES
from dashboards.sign_in.password import Passwords, weakness
from metrics.warehouse.people import AlreadyThere, Deed, People, Person, UnknownPerson

MOST_NAME = 80
_ID = re.compile(r"[^\s,;<>\"']{2,255}")
_TYPED_ID = re.compile(r"[a-z0-9][a-z0-9._@+\\-]{1,63}", re.ASCII)


class Refused(ValueError):  # noqa: N818 - it is an answer
    """A change that the rules do not allow; *key* is the term that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """Who makes a change, and from which address."""

    person_id: str
    address: str = ""


def typed_id(text: str) -> str:
    """Return a sign-in name as it is kept, however it was typed: small letters, half width."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def is_typed_id(text: str) -> bool:
    """Say whether *text* can be a name that somebody signs in with."""
    return bool(_TYPED_ID.fullmatch(text))


def plain_name(text: str) -> str:
    """Return a person's name without what could disturb a page or a log."""
    kept = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())[:MOST_NAME]


@dataclass(frozen=True, kw_only=True)
class Register:
    """Holds the people, how passwords are kept, and the clock.

    With *exact* a sign-in name is kept letter by letter, as a provider's ``sub`` wants it.
    """

    people: People
    clock: Callable[[], datetime]
    passwords: Passwords = field(default_factory=Passwords)
    exact: bool = False

    def add(self, person_id: str, name: str, role: str, password: str, by: Author) -> Person:
        """Add somebody; an empty *password* is for those whom a proxy or provider vouches for."""
        kept = person_id.strip() if self.exact else typed_id(person_id)
        if not (_TYPED_ID if password else _ID).fullmatch(kept) or not kept.isprintable():
            raise Refused("sign_in.fault_person")
        _known(role)
        person = Person(
            person_id=kept, name=plain_name(name) or kept, role=role, password=self._hash(password, kept)
        )
        deed = _deed(by, "person_added", kept, role=role)
        try:
            self.people.add(person, deed, self.clock())
        except AlreadyThere as error:
            raise Refused("sign_in.fault_taken") from error
        return person

    def vouched(self, person_id: str, name: str, by: Author) -> Person:
        """Return whom a proxy or provider named; who was never here before is written down as a viewer."""
        there = self.people.person(person_id)
        if there is not None:
            return there
        person = Person(person_id=person_id, name=plain_name(name) or person_id, role="viewer")
        try:
            self.people.add(person, _deed(by, "person_first_seen", person_id, role="viewer"), self.clock())
        except AlreadyThere:
            return self.people.person(person_id) or person
        return person

    def enable(self, person_id: str, by: Author) -> None:
        """Let somebody in again."""
        self._change(person_id, _deed(by, "person_enabled", person_id), enabled=True)

    def disable(self, person_id: str, by: Author) -> None:
        """Shut somebody out, at once and everywhere; somebody who administers must remain."""
        self._change(person_id, _deed(by, "person_disabled", person_id), enabled=False)

    def give_role(self, person_id: str, role: str, by: Author) -> None:
        """Change somebody's role, from their next request on; somebody who administers must remain."""
        _known(role)
        self._change(person_id, _deed(by, "role_changed", person_id, role=role), role=role)

    def set_password(self, person_id: str, password: str, by: Author) -> None:
        """Give somebody a new password, which ends all their sessions."""
        hashed = self._hash(password, person_id)
        if not hashed:
            raise Refused("sign_in.fault_short")
        self._change(person_id, _deed(by, "password_set", person_id), password=hashed)

    def _hash(self, password: str, person_id: str) -> str:
        if not password:
            return ""
        if fault := weakness(password, person_id):
            raise Refused(fault)
        return self.passwords.hashed(password)

    def _change(self, person_id: str, deed: Deed, **to: object) -> None:
        if not _ID.fullmatch(person_id) or not person_id.isprintable():
            raise Refused("sign_in.fault_unknown")
        check = _somebody_administers if {"role", "enabled"} & set(to) else None
        try:
            self.people.change(person_id, deed, self.clock(), check=check, **to)
        except UnknownPerson as error:
            raise Refused("sign_in.fault_unknown") from error


def _somebody_administers(before: Sequence[Person], after: Sequence[Person]) -> None:
    if _administers(before) and not _administers(after):
        raise Refused("sign_in.fault_last_admin")


def _administers(everybody: Sequence[Person]) -> bool:
    return any(person.enabled and person.role == "admin" for person in everybody)


def _known(role: str) -> None:
    if role not in ROLES:
        raise Refused("sign_in.fault_role")


def _deed(by: Author, action: str, subject: str, **detail: str) -> Deed:
    where = {"address": by.address} if by.address else {}
    return Deed(actor=by.person_id, action=action, subject=subject, detail=where | detail)
