"""Whether the facts of the house agree with each other: agenda and sources against catalogue and atlas."""

from __future__ import annotations

from geo.places import atlas
from ingest import registry
from metrics import agenda
from metrics.indicators import catalogue


def disagreements() -> list[str]:
    """Return every disagreement in words, ``file: entry: what``; an empty list when there is none."""
    figures = catalogue()
    known = {
        "indicators": set(figures.by_id),
        "places": {place.id for place in atlas()},
        "organisations": set(figures.organisations.by_id),
    }
    return [
        *agenda.disagreements(agenda.agenda(), **known),
        *registry.disagreements(registry.sources(), **known),
    ]
