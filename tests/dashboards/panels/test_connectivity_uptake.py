"""Use, coverage and networks: figures as published, each place by itself."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.connectivity_uptake import NETWORKS, UPTAKE
from tests.dashboards.panels.drawn import NOW, on, text

PANELS = {panel.id: panel for panel in (*UPTAKE, *NETWORKS)}


def test_every_place_with_subscriptions_is_listed_with_its_own_newest_figure(opening_desk):
    said = text(PANELS["fiveg-subscriptions"], opening_desk)
    for words in (
        "Macao | end of Oct 2025",
        "1.123 million subscriptions",
        "Shenzhen | 15 Feb 2023",
        "over 10 million",
    ):
        assert words in said


def test_the_share_of_one_place_is_not_joined_to_that_of_another(opening_desk):
    said = text(PANELS["fiveg-share"], opening_desk)
    assert "Macao: from over 20 (17 May 2023) to about 75 (end of Oct 2025)" in said
    assert "Hong Kong: about 23.6" in said


def test_coverage_keeps_over(opening_desk):
    assert "over 99%" in text(PANELS["fiveg-coverage"], opening_desk)


def test_the_remark_on_shaoguan_comes_with_its_racks(opening_desk):
    assert "Shaoguan cluster" in text(PANELS["computing"], opening_desk)
    assert "outside the 11 cities" not in text(
        PANELS["computing"], opening_desk, Filters(as_of=on(2025, 1, 31))
    )


def test_every_list_has_figures_today(opening_desk):
    for panel in PANELS.values():
        if panel.framed:
            assert len(panel.query(opening_desk, Filters(as_of=NOW))), panel.id
