"""What a watched feed proposes as a milestone: kept for a steward to accept or turn down, never written by itself.

A proposal waits where doubtful records wait, under a rule of its own, so that it is stored in the run's own
transaction, once however often it is seen, and is decided by a person with a name and a reason: accepting it is
``ingest.acceptance.accept``, turning it down ``ingest.release.reject``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ingest.errors import ShapeError
from ingest.source import Payload, Source
from metrics.warehouse.entries import Suspect
from metrics.warehouse.warehouse import Warehouse

RULE = "milestone_proposed"
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something published that may be a milestone: its title, day and address, and nothing else of it.

    *words* are the phrases for which it was picked, *work_items* those they belong to.
    """

    title: str
    link: str
    published_on: date
    language: str
    words: tuple[str, ...]
    work_items: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.title or len(self.title) > LONGEST:
            raise ShapeError(f"expected a title of 1 to {LONGEST} signs, found {self.title[:60]!r}")
        if not self.words or not self.work_items:
            raise ShapeError(f"expected the words for which it was picked, found none of {self.title[:60]!r}")


@dataclass(frozen=True, kw_only=True)
class Watch(Source):
    """A source that reports no figures: *propose* reads a payload into proposals, *parse* only tries its form."""

    propose: Callable[[Payload], Iterable[Proposal]]


def proposed(source: Source, payload: Payload) -> list[Suspect]:
    """Return what *payload* proposes, as the warehouse holds it for a person; nothing for a source of figures.

    Give it to ``Loading.quarantine`` in the run's transaction, beside the records held back. A proposal is no
    doubt about a figure: a run that brings some is not partial for it.
    """
    if not isinstance(source, Watch):
        return []
    return [
        Suspect(
            source_id=source.id,
            rule=RULE,
            said=f"{one.published_on}: {one.title}",
            row={"proposal": asdict(one) | {"published_on": one.published_on.isoformat()}},
            payload_sha256=payload.sha256,
        )
        for one in dict.fromkeys(source.propose(payload))
    ]


def open_proposals(warehouse: Warehouse) -> dict[str, Proposal]:
    """Return the proposals that nobody has decided yet by their item, newest publication first."""
    frame = warehouse.quarantined(open_only=True)
    rows = frame.loc[frame["rule"] == RULE, ["item", "record"]].itertuples(index=False)
    found = {str(row.item): proposal_of(row.record) for row in rows}
    return dict(sorted(found.items(), key=lambda pair: pair[1].published_on, reverse=True))


def proposal_of(row: Mapping[str, Any]) -> Proposal:
    """Return the proposal that a held row tells; raises KeyError where it tells none."""
    told = dict(row["proposal"])
    told["published_on"] = date.fromisoformat(told["published_on"])
    return Proposal(**told | {name: tuple(told[name]) for name in ("words", "work_items")})
