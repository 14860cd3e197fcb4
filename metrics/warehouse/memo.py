"""Remember the frames made last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock

import pandas as pd

from metrics.warehouse.columns import microseconds
from metrics.warehouse.values import HONG_KONG


class Memo:
    """Holds frames of up to *rows* rows in all; the one unused for longest goes first.

    A frame of more than a quarter of that is not kept. An empty one counts as one row. When a newer stamp is
    asked for, frames of older stamps go: nobody asks for them again but whoever pins one, and that is rare.
    """

    def __init__(self, *, rows: int) -> None:
        self._most = rows
        self._rows = 0
        self._newest = 0
        self._frames: OrderedDict[tuple[Hashable, int], pd.DataFrame] = OrderedDict()
        self._lock = Lock()

    @staticmethod
    def moment(as_of: datetime, stamp: int) -> Hashable:
        """Return what of *as_of* matters: after the newest recording only its Hong Kong day.

        Nothing becomes known later than it is recorded, but for what was announced for a day to come.
        """
        instant = microseconds(as_of)
        return instant if instant < stamp else as_of.astimezone(HONG_KONG).date()

    def frame(self, question: Hashable, stamp: int, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the answer to *question* under *stamp*, made now if there is none; the caller may change it."""
        key = question, stamp
        with self._lock:
            found = self._frames.get(key)
            if found is not None:
                self._frames.move_to_end(key)
        if found is None:
            found = make()
            if len(found) <= self._most // 4:
                self._keep(key, found)
        return found.copy(deep=False)  # what is changed in it is changed in it alone

    def _keep(self, key: tuple[Hashable, int], frame: pd.DataFrame) -> None:
        with self._lock:
            if key in self._frames:
                return
            if key[1] > self._newest:
                self._newest = key[1]
                for old in [one for one in self._frames if one[1] < self._newest]:
                    self._drop(old)
            self._frames[key] = frame
            self._rows += max(len(frame), 1)
            while self._rows > self._most:
                self._drop(next(iter(self._frames)))

    def _drop(self, key: tuple[Hashable, int]) -> None:
        self._rows -= max(len(self._frames.pop(key)), 1)
