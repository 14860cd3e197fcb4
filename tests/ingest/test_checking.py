"""What `check` finds."""

from __future__ import annotations

from dataclasses import replace

from ingest import checking, registry


def test_the_facts_of_the_house_agree():
    assert checking.disagreements() == []


def test_a_source_that_feeds_an_unknown_indicator_is_named(monkeypatch):
    known = registry.sources()
    wrong = replace(known["hk_immigration_daily"], feeds={"no_such_indicator": ("hk_lo_wu",)})
    monkeypatch.setattr(registry, "sources", lambda: known | {wrong.id: wrong})
    found = checking.disagreements()
    assert any("hk_immigration_daily" in fault and "no_such_indicator" in fault for fault in found)
