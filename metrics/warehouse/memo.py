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
    """Holds up to *entries* frames; the one unused for longest goes first."""

    def __init__(self, *, entries: int) -> None:
        self._entries = entries
        self._frames: OrderedDict[Hashable, pd.DataFrame] = OrderedDict()
        self._lock = Lock()

    @staticmethod
    def moment(as_of: datetime, stamp: int) -> Hashable:
        """Return what of *as_of* matters: after the newest recording only its Hong Kong day.

        Nothing becomes known later than it is recorded, but for what was announced for a day to come.
        """
        instant = microseconds(as_of)
        return instant if instant < stamp else as_of.astimezone(HONG_KONG).date()

    def frame(self, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the frame under *key*, made now if there is none; the caller may change what it gets."""
        with self._lock:
            found = self._frames.get(key)
            if found is not None:
                self._frames.move_to_end(key)
        if found is None:
            found = make()
            with self._lock:
                self._frames[key] = found
                while len(self._frames) > self._entries:
                    self._frames.popitem(last=False)
        return found.copy()
