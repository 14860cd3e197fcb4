"""A steward accepts what was proposed: the only way from a proposal to an event of the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ingest.entry import Entry
from ingest.errors import CheckError
from ingest.lease import TakenError
from ingest.pipeline import as_ours
from ingest.proposals import Proposal, open_proposals
from ingest.report import RunReport
from ingest.source import Source
from ingest.tools import Tools
from metrics.agenda import agenda
from metrics.warehouse.values import MilestoneEvent, start_of_day


def milestone_event(
    proposal: Proposal,
    *,
    milestone_id: str,
    event: str,
    by: str,
    happened_on: date | None = None,
    due_on: date | None = None,
    precision: str = "day",
    evidence: str = "",
) -> MilestoneEvent:
    """Return what a steward makes of a proposal: known from its publication, with *evidence*, or its own address.

    *precision* is of whichever date is given.
    Raises CheckError for a milestone that the agenda does not have, ValueError for an event it does not know.
    """
    milestones = agenda().milestones
    if milestone_id not in milestones:
        raise CheckError(
            f"expected a milestone of the agenda, found {milestone_id!r}; add it to the agenda first"
        )
    return MilestoneEvent(
        milestone_id=milestone_id,
        work_item=milestones[milestone_id].work_item,
        event=event,
        known_at=start_of_day(proposal.published_on),
        happened_on=happened_on,
        happened_precision=precision if happened_on else "day",
        due_on=due_on,
        due_precision=precision if due_on else "day",
        evidence=evidence or proposal.link,
        said_by=by,
    )


def accept(
    item: str, event: MilestoneEvent, tools: Tools, *, known: Mapping[str, Source], by: str, why: str
) -> RunReport:
    """Store the event that a steward made of the proposal *item*, then write down who accepted it and why.

    Where something stops it between the two, the proposal stays open, and the event is no news the second time.
    Raises CheckError for a proposal that is not open, a source that is gone, and a missing name or reason.
    """
    if not by or not why:
        raise CheckError(f"proposal {item}: expected who accepts it and why, found {by!r}, {why!r}")
    if item not in open_proposals(tools.warehouse):
        raise CheckError(f"proposal {item}: expected one that is open, found none; list them first")
    frame = tools.warehouse.quarantined(open_only=True)
    source_id = str(frame.loc[frame["item"] == item, "source_id"].iloc[0])
    if source_id not in known:
        raise CheckError(f"proposal {item}: its source {source_id!r} is no longer known")
    entry = Entry(known[source_id], tools, "hand")
    try:
        with entry.held() as lease:
            entry.open(f"accept {item}")
            entry.reach("load")
            with tools.warehouse.loading(entry.run_id, fence=lease.fence) as tx:
                counts = tx.append_events(milestones=[event])
                entry.counts.update(read=1, new=counts.new, unchanged=counts.unchanged)
                entry.close(tx, came=True)
            tools.warehouse.decide_quarantine(item, by=by, what="release", why=why)
    except TakenError as error:
        entry.stand_back(error)
    except Exception as error:
        entry.fail(as_ours(error, entry))
    return entry.report()
