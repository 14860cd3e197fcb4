"""A stage on which several schedulers act in virtual time, one at a time, and may be killed wherever they stand.

Each actor is a thread, but only the one that holds the baton moves: who moves when, and who dies where, is decided
by one seeded chance, so that a story told by a seed is told again by it.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from metrics.warehouse.warehouse import Warehouse


class Killed(BaseException):
    """The process is gone, here and now: nothing may catch it, as nothing catches kill -9."""


class DatabaseAway(OSError):  # noqa: N818 - what a driver would say
    """Nobody answers at the database's address."""


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How often, of all the points an actor passes, something befalls it."""

    kill: float = 0.004
    stall: float = 0.004
    turn: float = 0.05
    away: float = 0.0008
    clock: float = 0.06


@dataclass
class Stage:
    """Holds virtual time, the chance, the baton, the warehouse and what has happened."""

    start: datetime
    seed: int
    warehouse: Warehouse
    weather: Weather = field(default_factory=Weather)
    happened: Counter[str] = field(default_factory=Counter)
    committed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.start
        self.chance = random.Random(self.seed)
        self.actors: list[Actor] = []
        self.current: Actor | None = None
        self.over = False
        self.calm = False
        self.away_until = self.start
        self._back = threading.Semaphore(0)

    def play(self, until: datetime) -> None:
        """Let the actors move, whoever wakes first, until virtual time is *until*."""
        while True:
            actor = min(self.actors, key=lambda one: (one.wakes, one.name))
            if actor.wakes > until:
                self.now = until
                return
            self.now = max(self.now, actor.wakes)
            self._give(actor)

    def end(self) -> None:
        """Send everybody home."""
        self.over = True
        for actor in self.actors:
            if actor.fault is None:
                self._give(actor)
            actor.thread.join(10)

    def quieten(self) -> None:
        """From now on nothing befalls anybody, and all clocks are right."""
        self.calm = True
        self.away_until = self.now
        for actor in self.actors:
            actor.ahead = timedelta(0)

    def _give(self, actor: Actor) -> None:
        self.current = actor
        actor.baton.release()
        self._back.acquire()
        self.current = None
        if actor.fault is not None:
            raise actor.fault

    def yield_baton(self) -> None:
        """Hand the baton back to the stage."""
        self._back.release()


class Actor:
    """Hold one scheduler's place: machine, clock, the incarnation that lives now, and the thread it moves in."""

    def __init__(self, stage: Stage, name: str, host: str, act: Callable[[Actor], None]) -> None:
        self.stage, self.name, self.host = stage, name, host
        self.wakes = stage.start
        self.ahead = timedelta(0)
        self.life = 0
        self.alive = False
        self.fault: BaseException | None = None
        self.baton = threading.Semaphore(0)
        self._act = act
        self.thread = threading.Thread(target=self._live, daemon=True, name=name)
        self.thread.start()
        stage.actors.append(self)

    def clock(self) -> datetime:
        """Return what this machine's clock says."""
        return self.stage.now + self.ahead

    def holder(self, what: str = "") -> str:
        """Return the name under which the incarnation that lives now holds leases."""
        return f"{self.host} process {self.name} begun {self.life} ({what})"

    def rest(self, seconds: float) -> None:
        """Wait in virtual time, while others move."""
        self.wakes = self.stage.now + timedelta(seconds=seconds)
        self.stage.yield_baton()
        self.baton.acquire()
        if self.stage.over:
            raise Killed

    def point(self, *, may_wait: bool = True) -> None:
        """Pass a point at which the process may be killed, stall, or have its clock set."""
        stage = self.stage
        if stage.over:
            raise Killed
        if stage.calm:
            return
        dice, weather = stage.chance.random(), stage.weather
        for what in ("kill", "away", "stall", "turn"):
            dice -= getattr(weather, what)
            if dice < 0:
                self._befall(what, may_wait=may_wait)
                return

    def _befall(self, what: str, *, may_wait: bool) -> None:
        stage = self.stage
        if what == "kill":
            stage.happened["kills"] += 1
            raise Killed
        if what == "away":
            stage.happened["database away"] += 1
            stage.away_until = stage.now + timedelta(seconds=stage.chance.choice((5, 60, 400)))
        elif may_wait:
            stage.happened["stalls"] += what == "stall"
            self.rest(stage.chance.choice((20, 50, 120, 900)) if what == "stall" else 0.0)

    def _live(self) -> None:
        self.baton.acquire()
        while not self.stage.over:
            self.life += 1
            self.alive = True
            try:
                self._act(self)
            except Killed:
                self.alive = False
            except BaseException as error:
                self.fault = error
                break
            if not self.stage.over:
                try:
                    self.rest(self.stage.chance.choice((2, 30, 90, 600)))
                except Killed:
                    break
        self.stage.yield_baton()


class Door:
    """The warehouse as one incarnation reaches it: each call a point to die at; after death nobody gets through."""

    def __init__(self, actor: Actor) -> None:
        self._actor, self._life = actor, actor.life
        self._stage = actor.stage
        self._warehouse = actor.stage.warehouse
        self._inside = False

    def _pass(self) -> None:
        if not self._actor.alive or self._actor.life != self._life:
            raise Killed
        try:
            self._actor.point(may_wait=not self._inside)
        except Killed:
            self._actor.alive = False
            raise
        if self._stage.now < self._stage.away_until:
            raise DatabaseAway("connection refused")

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._warehouse, name)
        if not callable(real):
            return real

        def called(*words: Any, **more: Any) -> Any:
            self._pass()
            answer = real(*words, **more)
            self._pass()
            return answer

        return called

    @contextmanager
    def loading(self, run_id: str, **more: Any) -> Iterator[Any]:
        """Open a transaction; within it one may die or lose the database, but nobody else moves."""
        self._pass()
        self._inside = True
        try:
            with self._warehouse.loading(run_id, **more) as tx:
                yield _Inside(tx, self._pass)
        finally:
            self._inside = False
        self._stage.committed.append(run_id)
        self._pass()


class _Inside:
    def __init__(self, tx: Any, passed: Callable[[], None]) -> None:
        self._tx, self._pass = tx, passed

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._tx, name)

        def called(*words: Any, **more: Any) -> Any:
            self._pass()
            answer = real(*words, **more)
            self._pass()
            return answer

        return called
