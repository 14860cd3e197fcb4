"""What the answers of the API look like, as JSON Schema (2020-12), for the OpenAPI description."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer"}
NAMES: Schema = {"type": "object", "additionalProperties": TEXT}
NAMES_OR_NULL: Schema = {"type": ["object", "null"], "additionalProperties": TEXT}
ROW: Schema = {"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}}
ROWS: Schema = {"type": "array", "items": ROW}
COLUMNS: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": TEXT,
            "label": TEXT,
            "kind": {"enum": ["text", "number", "date", "code"]},
        },
        "required": ["id", "label", "kind"],
    },
}


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
    }


def _listed(entry: Schema, more: Schema | None = None) -> Schema:
    return _object({"data": {"type": "array", "items": entry}} | (more or {}))


INDICATOR = _object(
    {
        "id": TEXT, "name": NAMES, "definition": NAMES_OR_NULL, "work_item": NUMBER, "unit": TEXT,
        "unit_name": NAMES_OR_NULL, "frequency": TEXT, "direction": TEXT, "owner": TEXT_OR_NULL,
        "reviewed": TEXT_OR_NULL, "next_review": TEXT_OR_NULL, "audience": TEXT,
        "derived_from": {"type": ["object", "null"]}, "page": TEXT, "figures": NUMBER,
    },
    {"as_of": TEXT, "observations": TEXT},
)  # fmt: skip
INDICATORS = _listed(INDICATOR, {"as_of": TEXT})
PLACES = _listed(_object({"id": TEXT, "kind": TEXT, "name": NAMES}))
OBSERVATIONS = _object(
    {
        "indicator": TEXT, "name": TEXT, "audience": TEXT, "as_of": TEXT, "stamp": NUMBER, "total": NUMBER,
        "columns": COLUMNS, "data": ROWS, "next_cursor": TEXT_OR_NULL,
    }
)  # fmt: skip
TABLE = _object(
    {"title": TEXT, "as_of": TEXT, "stamp": NUMBER, "permalink": TEXT, "columns": COLUMNS, "data": ROWS}
)
WORK_ITEM = _object(
    {
        "work_item": NUMBER, "title": TEXT, "statement": TEXT, "as_of": TEXT, "stamp": NUMBER, "permalink": TEXT,
        "status": ROWS, "headline": ROWS, "initiatives": ROWS, "milestones": ROWS, "measures": ROWS,
        "coverage": ROWS,
    }
)  # fmt: skip
RUN = _object(
    {
        "id": TEXT, "source": TEXT, "trigger": TEXT, "logical_time": TEXT, "status": TEXT, "stage": TEXT,
        "counts": {"type": "object"}, "message": TEXT_OR_NULL, "planned_at": TEXT_OR_NULL,
        "started_at": TEXT_OR_NULL, "ended_at": TEXT_OR_NULL,
    }
)  # fmt: skip
RUN_OR_NULL: Schema = {"oneOf": [RUN, {"type": "null"}]}
SOURCES = _listed(
    _object(
        {
            "id": TEXT, "name": NAMES, "publisher": TEXT, "page": TEXT, "licence": TEXT, "tier": TEXT,
            "confirmed": {"type": "boolean"}, "state": TEXT, "data_to": TEXT_OR_NULL, "due_by": TEXT_OR_NULL,
            "last_run": RUN_OR_NULL, "last_good_run": RUN_OR_NULL, "next_run_at": TEXT_OR_NULL,
            "feeds": {"type": "array", "items": TEXT},
        }
    )
)  # fmt: skip
RUNS = _listed(RUN)
FAULT = _object(
    {
        "error": TEXT,
        "faults": {"type": "array", "items": _object({"parameter": TEXT, "expected": TEXT})},
    }
)
PANEL = _object({"panel": TEXT, "title": TEXT, "as_of": TEXT, "columns": COLUMNS, "rows": ROWS})
