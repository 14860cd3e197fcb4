"""What the addresses of the feeds work with: who is asking, what they may see, who knows the feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.desk import Desk
from dashboards.feeds.desk import FeedDesk
from dashboards.roles import VISITOR
from dashboards.sign_in.frame import TEMPLATES as SHARED

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Room:
    """Holds the *door*, which says who is asking, *desks*, which give what they may see, and the *feeds*."""

    door: Any
    desks: Callable[[], Desk]
    feeds: FeedDesk

    def shown(self, source_id: str) -> bool:
        """Say whether whoever is asking may see every figure that a source reports."""
        source = self.feeds.known.get(source_id)
        metrics = self.desks().metrics
        return source is not None and all(metrics.may_see(indicator) for indicator in source.feeds)

    def public(self, source_id: str) -> bool:
        """Say whether everybody may see every figure that a source reports."""
        metrics = self.desks().metrics
        book = metrics.catalogue.by_id
        return all(
            book[indicator].audience in VISITOR.audiences for indicator in self.feeds.known[source_id].feeds
        )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, ours and the frame of the sign-in pages; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
