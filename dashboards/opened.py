"""The desk of a running product: one warehouse, the facts, the words, how the sources are."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboards.desk import Desk, Freshness
from dashboards.names import desk_words
from dashboards.roles import AUDIENCES, VISITOR, Viewer
from geo.boundaries import Boundaries
from geo.places import atlas
from metrics.agenda import agenda
from metrics.indicators import catalogue
from metrics.queries import PUBLIC, Metrics
from metrics.replay import Stops

STAMP_SECONDS = 0.25


def briefly(ask: Callable[[], int]) -> Callable[[], int]:
    """Return *ask*, asked anew only every quarter of a second: every page asks it, and a page is of one stamp.

    Threads need no lock: at worst two of them ask at once.
    """
    kept = [0, 0.0]

    def answer() -> int:
        if time.monotonic() >= kept[1]:
            kept[:] = ask(), time.monotonic() + STAMP_SECONDS
        return int(kept[0])

    return answer


def open_desk(
    warehouse: Any,
    shapes: Boundaries,
    *,
    titles: Mapping[str, Mapping[str, str]],
    health: Callable[[], Sequence[Any]],
    declared: Callable[[], Sequence[Any]] = tuple,
    contact: str = "",
    feeds: Any = None,
) -> Desk:
    """Return the desk of the public audience; *titles* are the sources' names by id, *health* tells how they are."""
    figures, book, places = catalogue(), agenda(), atlas()
    named = {f"source.{source_id}": title for source_id, title in titles.items()}

    def on_time() -> Freshness:
        found = health()
        return Freshness(on_time=sum(one.state == "on_time" for one in found), total=len(found))

    return Desk(
        metrics=Metrics(warehouse=warehouse, catalogue=figures, agenda=book, atlas=places, audiences=PUBLIC),
        atlas=places,
        catalogue=figures,
        agenda=book,
        boundaries=shapes,
        words=desk_words(places, figures, book, named),
        stamp=briefly(warehouse.stamp),
        reading_stamp=briefly(warehouse.reading_stamp),
        freshness=on_time,
        health=health,
        declared=declared,
        contact=contact,
        feeds=feeds,
        known_days=Stops(warehouse=warehouse, catalogue=figures),
    )


class Desks:
    """Hold one desk an audience; called during a request, give the desk of whoever the *door* says is asking."""

    def __init__(self, public: Desk, *, accounts: bool = False) -> None:
        self.public = replace(public, accounts=accounts)
        self.door: Callable[[], Viewer] = lambda: VISITOR
        self._by_audience = {
            audience: replace(
                self.public,
                audience=audience,
                metrics=replace(public.metrics, audiences=frozenset(AUDIENCES[: place + 1])),
            )
            for place, audience in enumerate(AUDIENCES)
        }

    def __call__(self) -> Desk:
        """Return the desk that sees what this viewer may see."""
        return self._by_audience[self.door().audience]

    def seeing(self, audience: str) -> Desk:
        """Return the desk that sees what is for *audience*."""
        return self._by_audience[audience]

    def of(self, role: str) -> Desk:
        """Return the desk of somebody who is not here, by their role: for what is sent to them."""
        return self._by_audience[Viewer(person_id="somebody", role=role).audience]
