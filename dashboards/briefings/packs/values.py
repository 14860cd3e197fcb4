"""What a pack is: the slides of a briefing, frozen, in one language or two, and the figures they were made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboards.briefings.making import Progress, audience_of_slides, no_progress, slides
from dashboards.briefings.values import Briefing, Slide
from dashboards.desk import Desk
from dashboards.exports.citation import citation
from dashboards.exports.telling import Telling
from dashboards.i18n import Words
from dashboards.roles import AUDIENCES
from dashboards.style import Shapes, Style

__all__ = ["NotForReaderError", "Pack", "Progress", "frozen", "no_progress", "pack"]


class NotForReaderError(LookupError):
    """Says that some of a briefing is not for who asks."""


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A briefing made: its *slides* in the first language, the same in the *second* ("" for none).

    *briefing* is frozen at its as-of and a stamp; *made_at* is when that was. *origin* is what links begin with.
    *style_of* gives the style of a language and a theme, the map shapes as values.
    """

    briefing: Briefing
    desk: Desk
    slides: tuple[Slide, ...]
    seconds: tuple[Slide, ...]
    style_of: Callable[[str, str], Style]
    made_at: datetime
    origin: str

    @property
    def words(self) -> Words:
        """Return the words of the first language."""
        return self.desk.words[self.briefing.languages[0]]

    @property
    def second(self) -> Words | None:
        """Return the words of the second language; None where there is one language."""
        named = self.briefing.languages
        return self.desk.words[named[1]] if len(named) > 1 else None

    @property
    def audience(self) -> str:
        """Return the audience of the strictest slide, or of the briefing where that is stricter."""
        return max(audience_of_slides(self.slides), self.briefing.audience, key=AUDIENCES.index)

    @property
    def title(self) -> str:
        """Return the name of the briefing."""
        return self.slides[0].title

    @property
    def day(self) -> str:
        """Return the as-of's day as it is written for programs."""
        return self.briefing.as_of.day.isoformat()

    def pairs(self) -> Iterator[tuple[Slide, Slide | None]]:
        """Yield each slide with the same in the second language."""
        others: tuple[Slide | None, ...] = self.seconds or (None,) * len(self.slides)
        return zip(self.slides, others, strict=True)


def frozen(briefing: Briefing, desk: Desk) -> Briefing:
    """Return *briefing* as known now and recorded up to now, where it is not frozen already."""
    as_of = briefing.as_of
    return replace(briefing, as_of=replace(as_of, current=False, stamp=as_of.stamp or desk.stamp()))


def pack(
    briefing: Briefing,
    desk: Desk,
    shapes: Shapes,
    style_of: Callable[[str, str], Style],
    *,
    origin: str = "",
    progress: Progress = no_progress,
) -> Pack:
    """Return *briefing* made in its languages; raise NotForReaderError where some of it is not for *desk*'s reader.

    *progress* is told (done, all) after each panel in each language.
    """
    held = frozen(briefing, desk)
    first, *more = held.languages
    count = len(held.panels)

    def told(before: int) -> Progress:
        return lambda done, _of: progress(before + done, count * len(held.languages))

    made = _linked(slides(held, desk, first, shapes=shapes, progress=told(0)), origin)
    if AUDIENCES.index(audience_of_slides(made)) > AUDIENCES.index(desk.audience):
        raise NotForReaderError("some of this briefing is for others: sign in, or leave those panels out")
    return Pack(
        briefing=held,
        desk=desk,
        slides=made,
        seconds=_linked(slides(held, desk, more[0], shapes=shapes, progress=told(count)), origin)
        if more
        else (),
        style_of=style_of,
        made_at=desk.clock(),
        origin=origin,
    )


def _linked(made: tuple[Slide, ...], origin: str) -> tuple[Slide, ...]:
    """Return slides whose links lead back to *origin* from wherever the file is opened."""
    return tuple(
        replace(slide, telling=_at(slide.telling, origin)) if slide.telling is not None else slide
        for slide in made
    )


def _at(telling: Telling, origin: str) -> Telling:
    link = origin + telling.permalink
    said: dict[str, Any] = {
        "title": telling.title, "as_of": telling.as_of, "sources": telling.sources, "unit": telling.unit,
    }  # fmt: skip
    return replace(telling, permalink=link, citation=citation(telling.words, address=link, **said))
