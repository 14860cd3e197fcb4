"""What a briefing is: panels frozen at one moment, in an order, with notes; and the slides that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dashboards.exports.telling import Telling
from metrics.asof import AsOf

NOBODY = ""
MOST_PANELS = 60
MOST_NOTE = 600
MOST_NAME = 120

# Slides that are no panel of a page; a choice of one has no page path.
CHANGED, LATE = "changed", "late"
WORK_ITEM = "work-item-"

FILES = {"pptx": "pack.pptx", "pdf": "pack.pdf", "html": "pack.html"}
"""What a briefing leaves as, with the term keys of each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One entry of a briefing: the panel *panel_id* of the page at *page_path*, as the *query* of its address asks.

    Without a page path it is one of the briefing's own slides: ``work-item-<n>``, ``changed``, ``late``. *note* is
    what the speaker says, by language. One that *yields* is left out where there is nothing known to show.
    """

    page_path: str
    panel_id: str
    query: str = ""
    note: Mapping[str, str] = field(default_factory=dict)
    yields: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Briefing:
    """Panels in an order, frozen at an as-of (and its stamp) for an *audience*, in one or two *languages*.

    *made_by* is empty for one that the product made ready; *meeting_id* is empty for one that is of no meeting.
    *audience* is never looser than that of the strictest panel. *version* counts what was saved.
    """

    id: str
    names: Mapping[str, str]
    as_of: AsOf
    panels: tuple[Choice, ...]
    languages: tuple[str, ...]
    audience: str = "public"
    made_by: str = NOBODY
    meeting_id: str = ""
    about: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: int = 0

    @property
    def stamp(self) -> int | None:
        """Return up to where what was recorded counts; None for all of it."""
        return self.as_of.stamp

    @property
    def ready_made(self) -> bool:
        """Say whether the product made it, and nobody else."""
        return self.made_by == NOBODY and self.version == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a slide.

    *role* says how it stands: lead, status, reason, override, figure, label, detail, heading, item, tally,
    text. *mark* is
    the status or milestone state whose shape goes before it, *detail* what is said more softly after it.
    """

    text: str
    role: str = "text"
    mark: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide in one language (*lang*).

    *kicker* names the page a panel is from. *kind* is title, work_item, changed, late, chart, table, sources or
    failed. *telling* is the panel that it shows, chart or table; of a work item the history of the figure that
    leads it. *foot* is the line of sources and as-of.
    *note* is for the speaker; *audience* is who may see it. Slides of one briefing in two languages are the same
    slides, line by line. *part* counts the slides of one long table from 0.
    """

    id: str
    kind: str
    lang: str
    title: str
    kicker: str = ""
    lines: tuple[Line, ...] = ()
    telling: Telling | None = None
    foot: str = ""
    note: str = ""
    audience: str = "public"
    part: int = 0
    parts: int = 1
