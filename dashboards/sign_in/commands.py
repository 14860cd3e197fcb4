"""What ``app.py user`` does: each function does one thing and returns what to print, or raises Refused in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from dashboards.i18n import words
from dashboards.sign_in.register import Author, Refused, Register, typed_id

BY = Author(person_id="command line")
P = ParamSpec("P")
Command = Callable[Concatenate[Register, P], str]


class CommandRefused(ValueError):  # noqa: N818 - it is an answer
    """A command that was not done; the message says why, in English."""


def _in_words(command: Command[P]) -> Command[P]:
    @wraps(command)
    def said(register: Register, *given: P.args, **options: P.kwargs) -> str:
        try:
            return command(register, *given, **options)
        except Refused as refused:
            raise CommandRefused(words("en").t(refused.key)) from refused

    return said


def _kept(register: Register, person_id: str) -> str:
    return person_id.strip() if register.exact else typed_id(person_id)


@_in_words
def add_person(
    register: Register, person_id: str, *, name: str = "", role: str = "viewer", password: str
) -> str:
    """Add somebody; an empty *password* is for those whom a proxy or provider vouches for."""
    person = register.add(person_id, name, role, password, BY)
    how = "" if person.password else "; no password is set, so a proxy or provider has to vouch for them"
    return f"Added {person.person_id} ({person.name}) as {person.role}{how}."


@_in_words
def set_password(register: Register, person_id: str, *, password: str) -> str:
    """Give somebody a new password."""
    kept = _kept(register, person_id)
    register.set_password(kept, password, BY)
    return f"The password of {kept} is changed; their sessions have ended."


@_in_words
def disable_person(register: Register, person_id: str) -> str:
    """Shut somebody out."""
    kept = _kept(register, person_id)
    register.disable(kept, BY)
    return f"{kept} is disabled and signed out everywhere."


@_in_words
def enable_person(register: Register, person_id: str) -> str:
    """Let somebody in again."""
    kept = _kept(register, person_id)
    register.enable(kept, BY)
    return f"{kept} may sign in again."


@_in_words
def give_role(register: Register, person_id: str, *, role: str) -> str:
    """Change somebody's role."""
    kept = _kept(register, person_id)
    register.give_role(kept, role, BY)
    return f"{kept} is now {role}."


def list_people(register: Register) -> str:
    """Return everybody in columns: name to sign in with, role, state, last seen, name."""
    rows = [("USER", "ROLE", "STATE", "LAST SEEN (UTC)", "NAME")]
    for person, seen in register.people.listed():
        state = "enabled" if person.enabled else "disabled"
        last = f"{seen:%Y-%m-%d %H:%M}" if seen else "never"
        rows.append((person.person_id, person.role, state, last, person.name))
    if len(rows) == 1:
        return "Nobody is listed yet."
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in rows
    )
