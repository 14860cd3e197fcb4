from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboards.panels.indicator_vintages import PAGE_ROWS, asked_leaf, vintages_body, vintages_panel
from tests.dashboards.corrected import CORRECTED, WITHDRAWN
from tests.dashboards.panels.drawn import NOW, on, put, text, view_of
from tests.dashboards.panels.indicator_pages import told_of


def said(desk, item, as_of=NOW, **more) -> str:
    page = told_of(desk, item, as_of, **more)
    return text(vintages_panel(page), desk, page.filters)


def test_every_word_is_told_with_both_instants_and_its_source(corrected_desk):
    words = said(corrected_desk, CORRECTED)
    assert "71 services | revised | 5 Oct 2026 | 1 Nov 2026, 08:00 | hk_cbps_services" in words
    assert "70 services | final | 10 Jul 2026 | 1 Nov 2026, 08:00" in words


def test_a_withdrawal_is_a_word_too(corrected_desk):
    assert "withdrawn | withdrawn | 7 Oct 2026" in said(corrected_desk, WITHDRAWN)


def test_words_that_came_later_are_not_told(corrected_desk):
    assert "71 services" not in said(corrected_desk, CORRECTED, on(2026, 8, 1))
    assert "No figure was known" in said(corrected_desk, CORRECTED, on(2020, 1, 1))


def test_the_payload_is_named_by_its_hash_and_linked_where_it_can_be_had(opening_desk):
    page = told_of(opening_desk, "cbps_services_hk")
    sha = page.vintages["payload_sha256"].iloc[0]
    view = view_of(opening_desk, page.filters)
    assert f"{sha[:12]}…" in text(vintages_panel(page), opening_desk, page.filters)
    offered = replace(opening_desk, feeds=SimpleNamespace(payload=lambda asked: asked == sha or None))
    linked = told_of(offered, "cbps_services_hk")
    made = str(vintages_body(linked, linked.vintages, view)[-1].to_plotly_json())
    assert f"/sources/payload/{sha}" in made
    plain = str(vintages_body(page, page.vintages, view)[-1].to_plotly_json())
    assert "/sources/payload/" not in plain


def test_a_long_table_has_leaves_that_lead_to_one_another(opening_desk):
    item = "bcp_passengers_monthly"
    first = said(opening_desk, item)
    assert "page 1 of" in first
    second = told_of(opening_desk, item, options=(("leaf", "2"),))
    assert "page 2 of" in text(vintages_panel(second), opening_desk, second.filters)
    last = told_of(opening_desk, item, options=(("leaf", "9999"),))
    assert put(vintages_panel(last), opening_desk, last.filters).well
    assert len(second.vintages) > PAGE_ROWS


def test_leaves_are_numbers_from_two_on():
    assert asked_leaf("07") == "7"
    for wrong in ("1", "0", "-1", "x", "12345", ""):
        with pytest.raises(ValueError, match=wrong or "^$"):
            asked_leaf(wrong)
