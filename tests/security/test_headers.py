"""What every answer of every address carries: the guard's headers, one policy, no name of what serves it."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.security.addresses import Address, addresses
from tests.security.house import Product

pytestmark = pytest.mark.timeout(400)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def faults(answer: TestResponse, *, framed: bool) -> list[str]:
    """Return what is wrong with the headers of an answer; *framed* ones may stand in other pages."""
    policies = answer.headers.getlist("Content-Security-Policy")
    if len(policies) != 1:
        return [f"{len(policies)} policies"]
    told = dict(part.partition(" ")[::2] for part in policies[0].split("; "))
    scripts = told.get("script-src", told["default-src"])
    parents = {"'none'", "'self'"} if framed else {"'none'"}
    found = {
        "a loose policy": any(word in policies[0] for word in ("unsafe-eval", "http:", "*")),
        "inline scripts": "'unsafe-inline'" in scripts,
        "parents": told.get("frame-ancestors") not in parents,
        "X-Frame-Options": not framed and answer.headers.getlist("X-Frame-Options") != ["DENY"],
        "tells what it is made with": "X-Powered-By" in answer.headers,
        "no type": bool(answer.data) and "Content-Type" not in answer.headers,
    }
    found |= {name: answer.headers.getlist(name) != [value] for name, value in ALWAYS.items()}
    return [name for name, wrong in found.items() if wrong]


@pytest.fixture(scope="module")
def answered(running: Product) -> list[tuple[Address, TestResponse]]:
    """Give the answer of every address to an administrator."""
    browser = running.browser("admin")
    return [(one, browser.client.get(one.url)) for one in addresses(running)]


def test_every_address_answers_with_one_strict_policy(answered: list) -> None:
    wrong = {one.url: faults(answer, framed=one.rule.startswith("/embed/")) for one, answer in answered}
    assert {url: said for url, said in wrong.items() if said} == {}


def test_no_page_holds_an_inline_script_of_its_own_or_a_handler(answered: list) -> None:
    for one, answer in answered:
        if answer.mimetype != "text/html":
            continue
        inside = [part.split(">", 1)[1].split("</script>")[0] for part in answer.text.split("<script")[1:]]
        tags = [part.split(">", 1)[0] for part in answer.text.split("<script")[1:]]
        for tag, text in zip(tags, inside, strict=True):
            known = (
                "src=" in tag
                or "application/json" in tag
                or "_dash-renderer" in tag
                or "DashRenderer" in text
            )
            assert known, (one.url, tag, text[:80])
        assert not any(f" {name}=" in answer.text for name in ("onclick", "onload", "onerror")), one.url
