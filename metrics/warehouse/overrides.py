"""Words that people set beside computed statuses: with a name, a reason and an end; kept with their audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.people import Deed
from metrics.warehouse.said import keep, need_author, need_texts, texts_of
from metrics.warehouse.tables_meetings import OVERRIDE
from metrics.warehouse.values import HONG_KONG

SUBJECT_KINDS = ("work_item", "measure", "milestone")
EVENTS = ("set", "withdrawn")
MOST_DAYS = 180


@dataclass(frozen=True, kw_only=True, slots=True)
class OverrideWord:
    """One word of a person about one subject: set, or withdrawn.

    *reasons* are by language; *expires_on* is the last day on which it stands. *known_at* is when it was said,
    *recorded_at* when it was written down; None until it is kept.
    """

    override_id: str
    event: str = "set"
    subject_kind: str
    subject_id: str
    word: str
    reasons: Mapping[str, str]
    expires_on: date
    said_by: str
    person_id: str = ""
    known_at: datetime | None = None
    recorded_at: datetime | None = None


class NoOverride(WarehouseError):  # noqa: N818 - it is an answer
    """There is none of this name that could be withdrawn."""


class OverrideBook:
    """Holds the engine through which overrides are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def words(self) -> tuple[OverrideWord, ...]:
        """Return every word, oldest first."""
        with self.engine.sa.connect() as connection:
            return tuple(_words(connection))

    def set(self, word: OverrideWord, deed: Deed, at: datetime) -> OverrideWord:
        """Keep an override from *at* on; raise ValueError where a name, a reason or a fit end is missing."""
        what = f"override of {word.subject_kind} {word.subject_id}"
        if word.subject_kind not in SUBJECT_KINDS:
            raise ValueError(
                f"{what}: expected a kind of {', '.join(SUBJECT_KINDS)}, found {word.subject_kind!r}"
            )
        need_author(word.said_by, what)
        need_texts(word.reasons, what)
        today = at.astimezone(HONG_KONG).date()
        if not today <= word.expires_on <= today + timedelta(days=MOST_DAYS):
            raise ValueError(
                f"{what}: expected an end from {today} to {today + timedelta(days=MOST_DAYS)}, "
                f"found {word.expires_on}; set it anew when it has run out"
            )

        def check(connection: sa.Connection) -> None:
            if any(one.override_id == word.override_id for one in _words(connection)):
                raise ValueError(f"{what}: the name {word.override_id} is taken; give it another")

        return self._keep(replace(word, event="set"), deed, at, check)

    def withdraw(self, override_id: str, said_by: str, person_id: str, deed: Deed, at: datetime) -> None:
        """End an override before its time; raise NoOverride when it is not there or was withdrawn."""
        need_author(said_by, f"override {override_id}")
        found = [one for one in self.words() if one.override_id == override_id]
        if not found:
            raise NoOverride(
                f"override {override_id}: expected one that was set, found none; list them first"
            )

        def check(connection: sa.Connection) -> None:
            if any(w.override_id == override_id and w.event == "withdrawn" for w in _words(connection)):
                raise NoOverride(f"override {override_id}: was withdrawn already")

        self._keep(
            replace(found[0], event="withdrawn", said_by=said_by, person_id=person_id), deed, at, check
        )

    def _keep(self, word: OverrideWord, deed: Deed, at: datetime, check: object) -> OverrideWord:
        word = replace(word, known_at=at)  # nobody sets one for a day that is past
        row = {name: value for name, value in asdict(word).items() if name != "recorded_at"}
        return replace(word, recorded_at=keep(self.engine, OVERRIDE, row, deed, at, check=check))


def _words(connection: sa.Connection) -> list[OverrideWord]:
    asked = sa.select(OVERRIDE).order_by(OVERRIDE.c.recorded_at, OVERRIDE.c.override_id)
    return [
        OverrideWord(**dict(row) | {"reasons": texts_of(row["reasons"])})
        for row in connection.execute(asked).mappings()
    ]
