"""Nothing is changed by a request that no page of ours made: every address that takes a POST, found from the map."""

from __future__ import annotations

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.dashboards.sign_in.conftest import Browser
from tests.faults.test_nth_write import content
from tests.security.addresses import Values, rules
from tests.security.house import Product

pytestmark = pytest.mark.timeout(300)

FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost"},
)
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "")
CALLBACK = "/_dash-update-component"
OWN_BOOKS = {"session", "audit", "audit_head", "sign_in_attempt", "attempt"}
"""Tables that a look at the door may write in."""


def posts(product: Product) -> dict[str, str]:
    """Return an address for every rule that takes a POST, by rule."""
    values = Values(product)
    return {rule.rule: _filled(rule, values) for rule in rules(product, "POST")}


def _filled(rule: Rule, values: Values) -> str:
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<{name}>", values.of(name, rule.rule)[0])
    return path


def state(product: Product) -> dict[str, list[str]]:
    return {name: rows for name, rows in content(product.warehouse).items() if name not in OWN_BOOKS}


@pytest.fixture(scope="module")
def admin(running: Product) -> Browser:
    browser = running.browser("admin")
    browser.get("/admin")
    assert browser.token
    return browser


def test_there_are_as_many_as_we_know_of(running: Product) -> None:
    assert {
        "/sign-in",
        "/admin",
        "/steward/upload",
        "/steward/submit",
        "/subscriptions",
        "/saved-views",
    } <= set(posts(running))


def test_no_address_takes_a_form_without_its_token(running: Product, admin: Browser) -> None:
    before = state(running)
    let_through = []
    for rule, path in posts(running).items():
        for kind in KINDS:
            for token in ("", "0" * 64):
                answer = admin.client.post(
                    path, data=f"form_token={token}&do=add".encode(), content_type=kind
                )
                # The call of Dash knows no forms: it takes JSON alone, which no form of another site can send.
                expected = {403, 415} if rule == CALLBACK else {403}
                if answer.status_code not in expected:
                    let_through.append((rule, kind, token, answer.status_code))
    assert let_through == []
    assert state(running) == before


def test_no_address_takes_what_another_site_sends_even_with_the_token(
    running: Product, admin: Browser
) -> None:
    before = state(running)
    let_through = []
    for rule, path in posts(running).items():
        for headers in FOREIGN:
            answer = admin.client.post(path, data={"form_token": admin.token}, headers=headers)
            again = admin.client.post(path, json={}, headers=headers | {"X-Form-Token": admin.token})
            if {answer.status_code, again.status_code} != {403}:
                let_through.append((rule, headers, answer.status_code, again.status_code))
    assert let_through == []
    assert state(running) == before


def test_nobody_who_may_not_gets_further_with_a_token_of_their_own(running: Product) -> None:
    """A token says that the form is ours, not that its sender may: a visitor and a viewer change nothing."""
    before = state(running)
    for role in ("", "viewer"):
        browser = running.browser(role)
        browser.get("/sign-in")
        for rule, path in posts(running).items():
            if rule.startswith(("/steward", "/admin", "/sources")):
                answer = browser.post(path, {"do": "add", "person": "eve", "role": "admin"})
                assert answer.status_code in {303, 403, 404}, (role, rule, answer.status_code)
    assert state(running) == before


def test_a_get_changes_nothing(running: Product, admin: Browser) -> None:
    before = state(running)
    for rule, path in posts(running).items():
        if rule != CALLBACK:
            admin.client.get(path, query_string={"do": "add", "person": "eve", "role": "admin", "name": "x"})
    assert state(running) == before


def test_no_address_leads_to_another_site(running: Product, admin: Browser) -> None:
    for path in ("/sign-in", "/sign-out", *posts(running).values()):
        for onward in ("//evil.example", "https://evil.example", "/\\evil.example", "/%2Fevil.example"):
            query = dict.fromkeys(("next", "back", "path", "url", "to", "return"), onward)
            assert not leads_away(admin.client.get(path, query_string=query)), path
            if path != "/sign-out":
                form = query | {"form_token": admin.token}
                assert not leads_away(admin.client.post(path, data=form)), path


def leads_away(answer: TestResponse) -> bool:
    """Say whether an answer sends the browser to another site."""
    return answer.headers.get("Location", "").startswith(("//", "http", "/\\"))
