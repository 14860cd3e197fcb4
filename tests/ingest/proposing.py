"""A watched feed made for the tests: what it proposes, and a run that keeps it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from ingest.proposals import Proposal, Watch, proposed
from ingest.source import Source
from ingest.tools import Tools
from tests.ingest.making import payload, source


def proposal(**more: Any) -> Proposal:
    """Return a proposal of 29 December 2025, changed as *more* says."""
    facts: dict[str, Any] = {
        "title": "Kiosk of Cross-boundary Public Services opens in Macao",
        "link": "https://www.info.gov.hk/gia/general/202512/29/P2025122900001.htm",
        "published_on": date(2025, 12, 29),
        "language": "en",
        "words": ("Cross-boundary Public Services",),
        "work_items": (1,),
    }
    return Proposal(**(facts | more))


def watch(*found: Proposal) -> Watch:
    """Return a watched feed that proposes *found*, whatever its payload."""
    plain = source(id="made_up_watch", feeds={})
    facts = {field.name: getattr(plain, field.name) for field in fields(Source)}
    return Watch(**facts, propose=lambda _payload: iter(found))


def keep(tools: Tools, *found: Proposal) -> int:
    """Keep what the feed proposes as a run does, and return how much of it was new."""
    feed = watch(*found)
    run_id = tools.warehouse.open_run(feed.id, trigger="hand", logical_time="a payload")
    with tools.warehouse.loading(run_id) as tx:
        kept = tx.quarantine(proposed(feed, payload("x")))
        tx.end_run("loaded", {})
    return kept
