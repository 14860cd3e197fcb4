"""Remember what was worked out of the warehouse as it stood at a stamp."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from metrics.asof import AsOf

Made = TypeVar("Made")
MOST = 32


class Remembered:
    """Holds up to *most* things made of the warehouse; the one unused for longest goes first.

    When a newer stamp is asked for, what was made under older ones goes: whoever pins one makes it anew.
    What is kept is shared by all who ask: it is not to be changed. Who may see what is part of the question.
    """

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._newest = 0
        self._held: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, as_of: AsOf, stamp: int | None, make: Callable[[], Made]) -> Made:
        """Return the answer to *question* at *as_of* under *stamp*, made now if there is none.

        Without a stamp the warehouse may have moved on between two questions: nothing is kept.
        """
        if stamp is None:
            return make()
        key = question, as_of.day if as_of.current else as_of.instant, as_of.current, stamp
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                kept: Made = self._held[key]
                return kept
        made = make()
        with self._lock:
            if stamp > self._newest:
                self._newest = stamp
                for old in [one for one in self._held if one[-1] < stamp]:
                    del self._held[old]
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made
