"""A pack made whole: its slides, then its file, with how far it is and what could not be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboards.briefings.packs.forms import PackForm
from dashboards.briefings.packs.values import Pack, Progress, no_progress, pack
from dashboards.briefings.values import Briefing
from dashboards.desk import Desk
from dashboards.exports.chromium import Canvas
from dashboards.exports.drawing import Drawing
from dashboards.exports.engine import Draw, ImageError

BESIDE_PANELS = 2
"""The title and the sources."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A *pack* with the *body* of its file; *undrawn* charts have only their figures, *failed* slides only a word."""

    pack: Pack
    body: bytes
    undrawn: int
    failed: int

    @property
    def whole(self) -> bool:
        """Say whether nothing is missing, so that making it again would bring no more."""
        return not self.undrawn and not self.failed


@dataclass(kw_only=True)
class Pen:
    """Holds what draws charts, and counts those that it could not draw."""

    draws: Draw
    undrawn: int = field(default=0)

    def __call__(self, figure: Mapping[str, Any], canvas: Canvas) -> bytes:
        """Return the picture; raise ImageError saying why not."""
        try:
            return self.draws(figure, canvas)
        except ImageError:
            self.undrawn += 1
            raise


def made(
    briefing: Briefing,
    form: PackForm,
    draws: Drawing,
    desk: Desk,
    *,
    origin: str = "",
    progress: Progress = no_progress,
) -> Made:
    """Return *briefing* made into a file.

    *progress* is told (done, all) after each panel's figures are read, in each language, and after each slide is
    drawn; what it raises ends the work. Raises NotForReaderError and FontsMissingError.
    """
    reading = len(briefing.panels) * len(briefing.languages)
    drawing = len(briefing.panels) + BESIDE_PANELS
    told = _Told(reading=reading, drawing=drawing, progress=progress)
    held = pack(briefing, desk, draws.shapes, draws.style, origin=origin, progress=told.read)
    pen = Pen(draws=draws.engine.draw) if draws.engine.able else None
    body = form.write(held, pen, told.drawn)
    failed = sum(slide.kind == "failed" for slide in held.slides)
    return Made(pack=held, body=body, undrawn=pen.undrawn if pen else 0, failed=failed)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """Two halves of one work told as one: how many steps of all."""

    reading: int
    drawing: int
    progress: Progress

    def read(self, done: int, _of: int) -> None:
        self.progress(done, self.reading + self.drawing)

    def drawn(self, done: int, of: int) -> None:
        """Tell of slides drawn; a long table makes more of them, a panel that yields fewer."""
        share = self.drawing * done // max(of, 1)
        self.progress(self.reading + share, self.reading + self.drawing)
