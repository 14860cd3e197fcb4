"""How things stand, for programs: the work items as the pages tell them, the sources and their runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboards.api.parameters import Call
from dashboards.exports.asking import RefusedError
from dashboards.exports.tables.json_text import facts, rows_of
from dashboards.exports.telling import Telling, tell
from dashboards.panel import Page, panels_of
from dashboards.style import Shapes

PARTS = {
    "status": "status",
    "headline": "headline",
    "initiatives": "initiatives",
    "milestones": "milestones",
    "measures": "measures",
    "coverage": "coverage",
}
MOST_RUNS = 200


def work_items(call: Call, pages: Sequence[Page]) -> dict[str, Any]:
    """Return the five work items with their status, its reason and the figure that leads them."""
    return _table(_told("index", "/work-items", "", call, pages))


def work_item(call: Call, pages: Sequence[Page]) -> dict[str, Any]:
    """Return one work item in full: what its page tells, as tables; raise RefusedError (404) for one there is not."""
    if call.item not in {str(number) for number in call.desk.agenda.work_items}:
        raise RefusedError(404, "There is no such work item: expected 1 to 5.")
    words = call.desk.words[call.filters.lang]
    told = {name: _told(panel, "/work-items/<n>", call.item, call, pages) for name, panel in PARTS.items()}
    first = told["status"]
    return {
        "work_item": int(call.item),
        "title": words.t(f"work_item.{call.item}"),
        "statement": words.t(f"work_item.{call.item}.statement"),
        "as_of": call.filters.as_of.instant.isoformat(),
        "stamp": first.stamp,
        "permalink": first.permalink.partition("#")[0],
        **{name: _rows(one) for name, one in told.items()},
    }


def _told(panel_id: str, path: str, item: str, call: Call, pages: Sequence[Page]) -> Telling:
    page = next(one for one in pages if one.path.partition("<")[0] == path.partition("<")[0])
    filters = replace(call.filters, item=item)
    panel = next(one for one in panels_of(page, call.desk, filters) if one.id == panel_id)
    return tell(page, panel, call.desk, filters, shapes=Shapes(), origin=call.origin)


def _rows(telling: Telling) -> list[dict[str, Any]]:
    return rows_of(telling.columns, telling.rows)


def _table(telling: Telling) -> dict[str, Any]:
    said = facts(telling)
    kept = {name: said[name] for name in ("title", "as_of", "stamp", "data_to", "sources", "permalink")}
    columns = [{"id": one.id, "label": one.label, "kind": one.kind} for one in telling.columns]
    return kept | {"columns": columns, "data": _rows(telling)}


def sources(call: Call) -> dict[str, Any]:
    """Return how each source is: its state, newest data, last and next run."""
    words = call.desk.words
    return {
        "data": [
            {
                "id": one.source.id,
                "name": {lang: words[lang].t(f"source.{one.source.id}") for lang in words},
                "publisher": one.source.publisher,
                "page": one.source.page_url,
                "licence": one.source.licence,
                "tier": one.source.tier,
                "confirmed": one.source.confirmed,
                "state": one.state,
                "data_to": _instant(one.data_to),
                "due_by": _instant(one.due_by),
                "last_run": run_of(one.last) if one.last else None,
                "last_good_run": run_of(one.good) if one.good else None,
                "next_run_at": _instant(one.next_at),
                "feeds": sorted(i for i in one.source.feeds if call.desk.metrics.may_see(i)),
            }
            for one in call.desk.health()
        ]
    }


def runs(call: Call) -> dict[str, Any]:
    """Return the newest runs of a source, newest first; of all sources where none is named."""
    found = call.desk.metrics.warehouse.runs(call.values["source"] or None, limit=call.values["limit"])
    return {"data": [run_of(one) for one in found]}


def run_of(run: Any) -> dict[str, Any]:
    """Return a run of the ledger: what it counted, how it ended and what was said."""
    return {
        "id": run.run_id,
        "source": run.source_id,
        "trigger": run.trigger,
        "logical_time": run.logical_time,
        "status": run.status,
        "stage": run.stage,
        "counts": dict(run.counts),
        "message": run.error or None,
        "planned_at": _instant(run.planned_at),
        "started_at": _instant(run.started_at),
        "ended_at": _instant(run.ended_at),
    }


def _instant(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
