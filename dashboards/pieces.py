"""Panels as the browser takes them, kept one by one: a filter that changes makes only the panels that look at it."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from secrets import token_hex
from weakref import WeakSet

from plotly.io.json import to_json_plotly

from dashboards.desk import Desk
from dashboards.fragments import lean
from dashboards.frames import Framed, framed
from dashboards.menu import OPEN
from dashboards.noted import looked_at, noting, values
from dashboards.panel import Panel, View

MOST_BYTES = 16 * 2**20
MOST_KNOWN = 4096

_PLACE = re.compile(r'"\\u0002piece ([0-9a-f]{16}) (\d+)\\u0003"')
_GROUND = frozenset({"lang", "theme", "as_of"})  # part of what every piece is kept under


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A panel in its frame as JSON, the state of its page left to the browser; the rest as in ``Framed``."""

    body: str
    well: bool = True
    charts: bool = False
    grids: bool = False


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What all panels of an answer rest on: *where* it is asked and for whom, and the *version* of the facts."""

    where: Hashable
    version: Hashable


@dataclass(kw_only=True)
class Pieces:
    """Holds pieces up to *most_bytes* of JSON, and of *most_known* panels what they look at; the longest unused
    leave first.

    A piece serves whoever asks for the same panel on the same *ground* (page, audience, language, theme, as-of) and
    *version* of the facts, with filters that are alike in all that the panel looked at. A newer version takes the
    place of the one before. A panel made anew for every question never
    comes twice unless it says what it is ``made_of``; so else a piece is kept only if its panel came before.
    """

    most_bytes: int = MOST_BYTES
    most_known: int = MOST_KNOWN
    _kept: OrderedDict[Hashable, tuple[Hashable, Piece]] = field(default_factory=OrderedDict)
    _looks: OrderedDict[Hashable, tuple[frozenset[str], ...]] = field(default_factory=OrderedDict)
    _met: WeakSet[Panel] = field(default_factory=WeakSet)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, panel: Panel, ground: Ground, view: View, make: Callable[[View], Piece]) -> Piece:
        """Return the piece of *panel* in *view*, from memory or by *make*."""
        who = panel if panel.made_of is None else (panel.id, panel.made_of)
        with self._lock:
            for names in self._looks.get(who, ()):
                key = (who, ground.where, values(view.filters, names))
                version, piece = self._kept.get(key, (None, None))
                if piece is not None and version == ground.version:
                    self._kept.move_to_end(key)
                    self._looks.move_to_end(who)
                    return piece
        filters = noting(view.filters)
        piece = make(replace(view, filters=filters))
        if piece.well and len(piece.body) <= self.most_bytes:
            names = looked_at(filters) - _GROUND
            with self._lock:
                if panel.made_of is not None or panel in self._met:
                    self._keep(
                        who, names, (who, ground.where, values(filters, names)), (ground.version, piece)
                    )
                else:
                    self._met.add(panel)
        return piece

    def _keep(
        self, who: Hashable, names: frozenset[str], key: Hashable, made: tuple[Hashable, Piece]
    ) -> None:
        """Keep a version's piece and let the longest unused go; the lock is held."""
        before = self._kept.pop(key, None)
        self._bytes += len(made[1].body) - (len(before[1].body) if before else 0)
        self._kept[key] = made
        if names not in (known := self._looks.get(who, ())):
            self._looks[who] = (*known, names)
        self._looks.move_to_end(who)
        while len(self._looks) > self.most_known:  # panels made of any dates there are would fill the memory
            self._looks.popitem(last=False)
        while self._bytes > self.most_bytes:
            _, (_, gone) = self._kept.popitem(last=False)
            self._bytes -= len(gone.body)

    @property
    def bytes_held(self) -> int:
        """Return the characters of JSON held."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(kw_only=True)
class Tray:
    """Puts the panels of one answer together: each leaves a mark in the page, and is laid in its place at the end.

    A mark is drawn by lot for each answer: no title, and nothing in an address, can be taken for one.
    """

    pieces: Pieces
    ground: Ground
    _lot: str = field(default_factory=lambda: token_hex(8))
    _laid: list[str] = field(default_factory=list)

    def frame(self, panel: Panel, desk: Desk, view: View) -> Framed:
        """Return *panel* as the mark of its place, with what ``framed`` says of it."""
        if panel.as_of is None:
            menu = view.menu
            view = replace(view, menu=lambda *said: menu(*said, state=OPEN))
            piece = self.pieces.get(panel, self.ground, view, lambda seen: _piece(panel, desk, seen))
        else:  # told as of a moment of its own, and so are its addresses
            piece = _piece(panel, desk, view)
        self._laid.append(piece.body)
        mark = f"\x02piece {self._lot} {len(self._laid) - 1}\x03"
        return Framed(component=mark, well=piece.well, charts=piece.charts, grids=piece.grids)

    def filled(self, body: str) -> str:
        """Return the JSON of a page with its pieces in their places."""
        return _PLACE.sub(lambda mark: self._laid[int(mark[2])] if mark[1] == self._lot else mark[0], body)


def _piece(panel: Panel, desk: Desk, view: View) -> Piece:
    made = framed(panel, desk, view)
    body = to_json_plotly(lean(made.component))
    return Piece(body=body, well=made.well, charts=made.charts, grids=made.grids)
