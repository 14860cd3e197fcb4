"""Views that people keep: a name and the query string that makes it. Not audited; each goes with its person."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.tables_views import SAVED_VIEW

MOST_KEPT = 200
MOST_NAME = 80
MOST_QUERY = 1800


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedView:
    """A view that *person_id* keeps; *shared* lets the group open it, and nobody else change it."""

    view_id: str
    person_id: str
    name: str
    query: str
    shared: bool
    created_at: datetime
    changed_at: datetime


class NoView(WarehouseError):  # noqa: N818 - it is an answer
    """There is no such view, or it is somebody else's."""


class TooManyViews(WarehouseError):  # noqa: N818 - it is an answer
    """This person keeps as many views as one may."""


class ViewBook:
    """Holds the engine through which views are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def mine(self, person_id: str) -> list[SavedView]:
        """Return the views of a person by name."""
        return self._found(SAVED_VIEW.c.person_id == person_id)

    def shared(self, person_id: str) -> list[SavedView]:
        """Return the views that others share, by name."""
        return self._found(sa.and_(SAVED_VIEW.c.shared.is_(True), SAVED_VIEW.c.person_id != person_id))

    def save(self, person_id: str, name: str, query: str, at: datetime, *, shared: bool = False) -> SavedView:
        """Keep a new view and return it; a view of the same name and person takes its place.

        Raises ValueError for a name or a query that is empty or too long, TooManyViews beyond MOST_KEPT.
        """
        name = checked_name(name)
        if len(query) > MOST_QUERY:
            raise ValueError(
                f"view {name!r}: expected a query of at most {MOST_QUERY} characters, found {len(query)}; "
                "ask for less at once"
            )
        with self.engine.writing("people") as connection:
            held = self._rows(connection, SAVED_VIEW.c.person_id == person_id)
            same = [one for one in held if one.name == name]
            if same:
                changed: Mapping[str, Any] = {"query": query, "shared": shared, "changed_at": at}
                mine = SAVED_VIEW.c.view_id == same[0].view_id
                connection.execute(sa.update(SAVED_VIEW).where(mine).values(**changed))
                return SavedView(**asdict(same[0]) | changed)
            if len(held) >= MOST_KEPT:
                raise TooManyViews(
                    f"{person_id} keeps {len(held)} views, expected fewer than {MOST_KEPT}; delete one first"
                )
            view = SavedView(
                view_id=secrets.token_urlsafe(12), person_id=person_id, name=name, query=query, shared=shared,
                created_at=at, changed_at=at,
            )  # fmt: skip
            connection.execute(sa.insert(SAVED_VIEW).values(**asdict(view)))
            return view

    def change(
        self,
        person_id: str,
        view_id: str,
        at: datetime,
        *,
        name: str | None = None,
        shared: bool | None = None,
    ) -> None:
        """Rename or share a person's own view; raise NoView where it is not theirs, ValueError for a bad name."""
        changed: dict[str, Any] = {"changed_at": at}
        if name is not None:
            changed["name"] = checked_name(name)
        if shared is not None:
            changed["shared"] = shared
        with self.engine.writing("people") as connection:
            done = connection.execute(sa.update(SAVED_VIEW).where(_own(person_id, view_id)).values(**changed))
        _need(done.rowcount, view_id)

    def delete(self, person_id: str, view_id: str) -> None:
        """Delete a person's own view; raise NoView where it is not theirs."""
        with self.engine.writing("people") as connection:
            done = connection.execute(sa.delete(SAVED_VIEW).where(_own(person_id, view_id)))
        _need(done.rowcount, view_id)

    def forget(self, person_id: str) -> int:
        """Delete every view of a person and return how many there were."""
        with self.engine.writing("people") as connection:
            gone = sa.delete(SAVED_VIEW).where(SAVED_VIEW.c.person_id == person_id)
            return connection.execute(gone).rowcount

    def _found(self, which: sa.ColumnElement[bool]) -> list[SavedView]:
        with self.engine.sa.connect() as connection:
            return self._rows(connection, which)

    @staticmethod
    def _rows(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[SavedView]:
        asked = sa.select(SAVED_VIEW).where(which).order_by(SAVED_VIEW.c.name, SAVED_VIEW.c.view_id)
        return [SavedView(**row) for row in connection.execute(asked).mappings()]


def checked_name(name: str) -> str:
    """Return *name* on one line; raise ValueError where it is empty, too long, or holds what is no text."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > MOST_NAME or not tidy.isprintable():
        raise ValueError(
            f"name of a view: expected 1 to {MOST_NAME} printable characters, found {len(tidy)}; choose another"
        )
    return tidy


def _own(person_id: str, view_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(SAVED_VIEW.c.view_id == view_id, SAVED_VIEW.c.person_id == person_id)


def _need(found: int, view_id: str) -> None:
    if not found:
        raise NoView(f"view {view_id}: expected one of this person's own, found none; list them first")
