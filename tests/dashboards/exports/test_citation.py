"""How figures are cited."""

from __future__ import annotations

import pytest

from dashboards.exports.citation import citation, indicator_citation
from tests.dashboards.exports.tellings import of_panel


@pytest.mark.parametrize(
    ("lang", "begins"),
    [
        ("en", "GBA Monitor, “5G base stations ("),
        ("zh-Hant", "大灣區智慧城市群監測平台：「5G基站數目（"),
        ("zh-Hans", "大湾区智慧城市群监测平台：“5G基站数（"),
    ],
)
def test_a_citation_has_title_vintage_and_address(opening_desk, lang, begins) -> None:
    said = of_panel(opening_desk, lang).citation
    assert said.startswith(begins)
    assert "2026" in said
    assert said.endswith("#panel-fiveg-map")


def test_an_indicator_is_cited_by_its_name(opening_desk) -> None:
    said = indicator_citation(
        opening_desk.words["en"], "iam_smart_users", as_of="15 May 2025", sources=[], address="https://x/y"
    )
    assert said == "GBA Monitor, “iAM Smart registered users”, as known on 15 May 2025. https://x/y"


def test_without_sources_none_are_named(opening_desk) -> None:
    said = citation(opening_desk.words["en"], title="T", as_of="d", sources=[], address="a")
    assert "Source" not in said
