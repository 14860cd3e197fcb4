"""The search tells what there is of each indicator, in the reader's language, and only to those who may see it."""

from __future__ import annotations

import pytest

from dashboards.panels.explore_search import MOST_SHOWN, found, search
from tests.dashboards.panels.drawn import told, view_of
from tests.dashboards.panels.explored import filters_of


def said(desk, query: str) -> str:
    return " | ".join(told(search(desk, view_of(desk, filters_of(desk, query)))))


@pytest.mark.parametrize(
    ("lang", "facts"),
    [
        ("en", "work item 3 · stations · irregular · 28 figures"),
        ("zh-Hant", "工作項目3 · 個 · 不定期 · 28個數字"),
        ("zh-Hans", "重点工作3 · 个 · 不定期 · 28个数据"),
    ],
)
def test_a_hit_says_work_item_unit_frequency_and_how_many_figures(
    opening_desk, lang: str, facts: str
) -> None:
    assert facts in said(opening_desk, f"q=5G基站&lang={lang}")


def test_an_indicator_without_figures_is_marked_and_the_past_counts_its_own(opening_desk) -> None:
    assert "no figures yet" in said(opening_desk, "q=daily passenger trips")
    assert "28 figures" not in said(opening_desk, "q=5G base stations&as_of=2020-01-01")


def test_a_search_without_a_hit_says_what_to_try(opening_desk) -> None:
    assert "No indicator matches" in said(opening_desk, "q=zzzz")


def test_more_hits_than_are_shown_are_counted(opening_desk) -> None:
    assert len(found(opening_desk, "a")) > MOST_SHOWN
    assert "more match" in said(opening_desk, "q=a")


def test_a_work_item_finds_its_indicators(opening_desk) -> None:
    words = opening_desk.words["zh-Hant"].t("work_item.4")
    assert {one.work_item for one in found(opening_desk, words)} >= {4}


def test_nobody_finds_what_they_may_not_see(opening_desk, monkeypatch) -> None:
    monkeypatch.setattr(type(opening_desk.metrics), "may_see", lambda _, one: one != "fiveg_base_stations")
    assert "fiveg_base_stations" not in [one.id for one in found(opening_desk, "5G base stations")]


def test_a_ninth_indicator_cannot_be_added(opening_desk) -> None:
    eight = ",".join([one.id for one in opening_desk.catalogue if "5g" not in one.id][:8])
    shown = search(opening_desk, view_of(opening_desk, filters_of(opening_desk, f"indicators={eight}&q=5g")))
    links = [str(one) for one in shown]
    assert "found-full" in "".join(links)
