"""The addresses of the read API: each is one line of a table, from which routes and description are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashboards.api import facts, figures, schemas, standing
from dashboards.api.parameters import (
    AS_OF,
    CURSOR,
    FORMAT,
    FROM,
    INDICATOR,
    LANG,
    LIMIT,
    PLACES,
    TO,
    VINTAGES,
    Call,
    Parameter,
)
from dashboards.desk import Desk
from dashboards.panel import Page

BASE = "/api/v1"


def _source(text: str, desk: Desk) -> str:
    if text not in {one.source.id for one in desk.health()}:
        raise ValueError(text)
    return text


SOURCE = Parameter(
    name="source", says="Id of a source", reader=_source, default="",
    schema={"type": "string", "pattern": "^[a-z0-9_]+$"}, expected="the id of a source, see /api/v1/sources",
)  # fmt: skip


def _runs_limit(text: str, _desk: Desk) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= standing.MOST_RUNS:
        raise ValueError(text)
    return int(text)


RUNS_LIMIT = Parameter(
    name="limit", says="How many runs at most", reader=_runs_limit, default=50,
    schema={"type": "integer", "minimum": 1, "maximum": standing.MOST_RUNS},
    expected=f"a number from 1 to {standing.MOST_RUNS}",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One address: *path* below the base, with at most one ``<item>``; *answer* makes what is sent as JSON.

    *schema* describes it. *live* answers depend on what no stamp tells: they are not kept and have no tag.
    """

    id: str
    path: str
    says: str
    answer: Callable[[Call], dict[str, Any]]
    schema: dict[str, Any]
    parameters: tuple[Parameter, ...] = ()
    item: str = ""
    item_schema: dict[str, Any] | None = None
    item_example: str = ""
    live: bool = False


def endpoints(pages: Sequence[Page]) -> tuple[Endpoint, ...]:
    """Return every address; those about work items tell what *pages* tell."""
    return (
        Endpoint(
            id="listIndicators", path="/indicators", says="The catalogue of indicators, names in three languages",
            answer=facts.indicators, schema=schemas.INDICATORS, parameters=(AS_OF,),
        ),
        Endpoint(
            id="getIndicator", path="/indicators/<item>", says="One indicator", answer=facts.indicator,
            schema=schemas.INDICATOR, parameters=(AS_OF,), item="Id of an indicator",
            item_schema=dict(INDICATOR.schema), item_example="fiveg_base_stations",
        ),
        Endpoint(
            id="listPlaces", path="/places", says="Cities, crossings, districts, names in three languages",
            answer=facts.places, schema=schemas.PLACES,
        ),
        Endpoint(
            id="listObservations", path="/observations",
            says="Figures of an indicator as known on any date, with qualifier, status, source and publication",
            answer=figures.observations, schema=schemas.OBSERVATIONS,
            parameters=(INDICATOR, PLACES, FROM, TO, AS_OF, VINTAGES, LIMIT, CURSOR, FORMAT, LANG),
        ),
        Endpoint(
            id="listWorkItems", path="/work-items", says="The five work items: status, its reason, leading figure",
            answer=partial(standing.work_items, pages=pages), schema=schemas.TABLE, parameters=(AS_OF, LANG),
        ),
        Endpoint(
            id="getWorkItem", path="/work-items/<item>", says="One work item: why its status, measures, milestones",
            answer=partial(standing.work_item, pages=pages), schema=schemas.WORK_ITEM, parameters=(AS_OF, LANG),
            item="Number of a work item", item_schema={"type": "string", "enum": list("12345")}, item_example="1",
        ),
        Endpoint(
            id="listSources", path="/sources", says="How each source is: newest data, last and next run",
            answer=standing.sources, schema=schemas.SOURCES, live=True,
        ),
        Endpoint(
            id="listRuns", path="/runs", says="The newest runs of the ledger", answer=standing.runs,
            schema=schemas.RUNS, parameters=(SOURCE, RUNS_LIMIT), live=True,
        ),
    )  # fmt: skip
