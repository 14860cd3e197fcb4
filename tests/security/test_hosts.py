"""Who names another host in a request is not believed: no answer leads there, and none says its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.addresses import addresses
from tests.security.house import Product, copied, product

pytestmark = pytest.mark.timeout(400)

HOME = "https://gba.example.org"
EVIL = "evil.example"
NAMED = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": f"/{EVIL}"},
    {"Forwarded": f"host={EVIL};proto=gopher", "X-Original-URL": f"//{EVIL}/", "X-Rewrite-URL": f"//{EVIL}/"},
)
FORMS = ("xlsx", "parquet", "pptx", "pdf", "png", "svg", "csv")


@pytest.fixture(scope="module")
def at_home(opening_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Give the product that knows the address people type."""
    made = product(copied(opening_file, tmp_path_factory.mktemp("home") / "var"), public_url=HOME)
    yield made
    made.warehouse.close()


def plain(url: str) -> bool:
    """Say whether an address answers with text, which is quickly made."""
    return not any(f"format={form}" in url for form in FORMS)


def test_no_answer_says_the_name_of_a_host_that_the_caller_made_up(at_home: Product) -> None:
    client = at_home.server.test_client()
    asked: Counter[str] = Counter()
    said = []
    for one in addresses(at_home):
        if plain(one.url) and asked[one.rule] < len(NAMED):
            headers = NAMED[
                asked[one.rule]
            ]  # every rule is asked in each of the ways, where it has so many addresses
            asked[one.rule] += 1
            answer = client.get(one.url, headers=headers, base_url=HOME)
            if EVIL in f"{answer.headers}" or EVIL.encode() in answer.data or answer.status_code >= 500:
                said.append((answer.status_code, one.url))
    assert asked["/_page"] == asked["/embed/<panel_id>"] == len(NAMED)
    assert said == []


def test_what_leads_back_to_us_leads_to_the_address_people_type(at_home: Product) -> None:
    client = at_home.server.test_client()
    for path in ("/api/v1/openapi.json", "/catalog.jsonld"):
        assert f'"{HOME}' in client.get(path, headers={"Host": EVIL}).text, path
