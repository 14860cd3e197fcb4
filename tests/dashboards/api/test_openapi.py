"""The description of the API: true to the routes, valid, and tried against the live application."""

from __future__ import annotations

import re

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

CHECKS = (not_a_server_error, response_schema_conformance, status_code_conformance)


@pytest.fixture(scope="module")
def description(house):
    return house.client.get("/api/v1/openapi.json").json


def test_every_address_of_the_api_is_described(house, description):
    rules = {
        re.sub(r"<(?:path:)?([a-z_]+)>", "{}", rule.rule)
        for rule in house.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint not in {"no_such_call", "no_call"}
    }
    told = {re.sub(r"\{[a-z]+\}", "{}", path) for path in description["paths"]}
    assert rules == told


def test_each_operation_has_a_name_of_its_own_and_says_what_may_go_wrong(description):
    operations = [path["get"] for path in description["paths"].values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all("400" in one["responses"] for one in operations if one.get("parameters"))


def test_examples_are_answered(house, description):
    for path, told in description["paths"].items():
        given = told["get"].get("parameters", [])
        query = {one["name"]: one["example"] for one in given if one["in"] == "query" and "example" in one}
        query.pop("page", None) if "panels" not in path else None
        for one in given:
            if one["in"] == "path":
                path = path.replace("{" + one["name"] + "}", one["example"])  # noqa: PLW2901
        assert house.client.get(path, query_string=query).status_code == 200, path


def test_the_live_application_keeps_to_its_description(house, description):
    """Try every operation with made-up values; the thorough run is ``make fuzz``."""
    schema = schemathesis.openapi.from_dict(description)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith(("{id}", "openapi.json")):
            continue  # panels draw: their own tests try them
        _try(operation, house.app, 15)


def _try(operation, app, count: int) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    @given(case=operation.as_strategy())
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def tried(case) -> None:
        response = case.call(app=app, base_url="http://localhost", headers={"Accept-Encoding": "identity"})
        case.validate_response(response, checks=CHECKS)

    tried()
