"""The OpenAPI 3.1 description of the API, made from the table of its addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboards.api import schemas
from dashboards.api.endpoints import BASE, Endpoint
from dashboards.api.parameters import AS_OF, FORMAT, FROM, LANG, PLACES, TO, Parameter
from dashboards.briefings.packs.forms import FORMS
from dashboards.exports.formats import Format

VERSION = "1.0.0"
PANEL_PAGE = Parameter(
    name="page", says="Path of the page that has the panel, needed where several have it", example="/connectivity",
    schema={"type": "string"}, expected="a path of a page",
)  # fmt: skip
PER = Parameter(
    name="per", says="Per 10,000 residents or per km²", schema={"type": "string", "enum": ["capita", "km2"]},
    expected="capita or km2",
)  # fmt: skip


def described(endpoints: Iterable[Endpoint], formats: Mapping[str, Format], origin: str) -> dict[str, Any]:
    """Return the description of *endpoints* and of the panels' files in *formats*, served at *origin*."""
    paths = {f"{BASE}{_path(one)}": {"get": _operation(one)} for one in endpoints}
    paths[f"{BASE}/panels/{{id}}"] = {"get": _panels(formats)}
    paths[f"{BASE}/briefings/{{id}}"] = {"get": _briefings()}
    paths[f"{BASE}/openapi.json"] = {
        "get": {
            "operationId": "getDescription",
            "summary": "This description",
            "responses": {"200": _json("OpenAPI 3.1", {"type": "object"})},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "GBA Monitor",
            "version": VERSION,
            "summary": "Every figure of the Greater Bay Area's smart city cluster, as it was known on any date",
        },
        "servers": [{"url": origin}],
        "paths": paths,
        "components": {
            "schemas": {"Fault": schemas.FAULT},
            "responses": {
                "Fault": _json(
                    "What was wrong, and what was expected", {"$ref": "#/components/schemas/Fault"}
                ),
                "TooMany": {"description": "Too many requests; Retry-After says when to ask again"},
                "NotModified": {"description": "Nothing is new since the answer with this ETag"},
            },
        },
    }


def _path(endpoint: Endpoint) -> str:
    return endpoint.path.replace("<item>", "{item}")


def _json(says: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    answer = _json(endpoint.says, endpoint.schema)
    if FORMAT in endpoint.parameters:
        for media in ("text/csv", "application/vnd.apache.parquet", _SHEET):
            answer["content"][media] = {"schema": {"type": "string", "format": "binary"}}
    parameters = [_parameter(one) for one in endpoint.parameters]
    if endpoint.item:
        parameters.insert(
            0, _item(endpoint.item, endpoint.item_schema or schemas.TEXT, endpoint.item_example)
        )
    return {
        "operationId": endpoint.id,
        "summary": endpoint.says,
        "parameters": parameters,
        "responses": {"200": answer} | _refusals(tagged=not endpoint.live, item=bool(endpoint.item)),
    }


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _refusals(*, tagged: bool, item: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"400": {"$ref": "#/components/responses/Fault"}}
    if item:
        found["404"] = {"$ref": "#/components/responses/Fault"}
    if tagged:
        found["304"] = {"$ref": "#/components/responses/NotModified"}
    return found | {"429": {"$ref": "#/components/responses/TooMany"}}


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = dict(one.schema)
    if one.default:
        schema["default"] = one.default
    told = {
        "name": one.name,
        "in": "query",
        "description": one.says,
        "required": one.required,
        "schema": schema,
    }
    if one.name == "places":
        told |= {"style": "form", "explode": False}
    return told | ({"example": one.example} if one.example else {})


def _item(says: str, schema: Mapping[str, Any], example: str) -> dict[str, Any]:
    told = {"name": "item", "in": "path", "required": True, "description": says, "schema": dict(schema)}
    return told | ({"example": example} if example else {})


PACKS = {one.id: one.media_type.partition(";")[0] for one in FORMS.values()}
PACK_FORMAT = Parameter(
    name="format", says="Form of the pack: slides, paper, or one page that needs no network", required=True,
    example="pptx",
    schema={"type": "string", "enum": list(PACKS)}, expected=f"one of {', '.join(PACKS)}",
)  # fmt: skip
SECOND = Parameter(
    name="lang2", says="A second language on every slide", schema=dict(LANG.schema), expected=LANG.expected
)


def _briefings() -> dict[str, Any]:
    content = {media: {"schema": {"type": "string", "format": "binary"}} for media in PACKS.values()}
    name = _item("Id of a briefing: a meeting's id, or next", {"type": "string"}, "egscc_2") | {"name": "id"}
    return {
        "operationId": "getBriefing",
        "summary": "A briefing as a pack, with the hash of its figures",
        "parameters": [name, *(_parameter(one) for one in (PACK_FORMAT, LANG, SECOND))],
        "responses": {
            "200": {"description": "The pack as a file", "content": content},
            "406": {"$ref": "#/components/responses/Fault"},
            **_refusals(tagged=True, item=True),
        },
    }


def _panels(formats: Mapping[str, Format]) -> dict[str, Any]:
    form = Parameter(
        name="format", says="Form of the file", schema={"type": "string", "enum": sorted(formats)},
        expected="one of them", default="json",
    )  # fmt: skip
    content: dict[str, Any] = {
        one.media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
        for one in formats.values()
    }
    content["application/json"] = {"schema": schemas.PANEL}
    name = _item("Id of a panel", {"type": "string", "pattern": "^[a-z0-9-]+$"}, "fiveg-map") | {"name": "id"}
    given = (PANEL_PAGE, form, LANG, AS_OF, PLACES, FROM, TO, PER)
    return {
        "operationId": "getPanel",
        "summary": "What a panel of a page shows, in any form; takes the page's own parameters too",
        "parameters": [name, *(_parameter(one) for one in given)],
        "responses": {
            "200": {"description": "The panel as a file", "content": content},
            "406": {"$ref": "#/components/responses/Fault"},
            **_refusals(tagged=True, item=True),
        },
    }
