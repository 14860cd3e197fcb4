"""Industry applications: projects, vehicles, low altitude, as published."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.connectivity_industry import PANELS
from tests.dashboards.panels.drawn import NOW, on, text

BY_ID = {panel.id: panel for panel in PANELS}


def test_subsidised_projects_stay_over(opening_desk):
    assert "over 160 projects" in text(BY_ID["fiveg-applications"], opening_desk)


def test_sandbox_projects_are_told_as_started_and_approved(opening_desk):
    said = text(BY_ID["low-altitude"], opening_desk)
    assert "32 projects" in said
    assert "38 projects" in said


def test_counts_of_cities_on_two_bases_stay_two(opening_desk):
    frame = BY_ID["vehicles"].query(opening_desk, Filters(as_of=NOW))
    mine = frame[frame["indicator_id"].eq("av_mutual_recognition_cities")]
    assert set(mine["counting_basis"]) == {"cities", "mainland_cities"}
    assert text(BY_ID["vehicles"], opening_desk).count("Cities recognising each other") == 2


def test_roads_are_one_line_a_city(opening_desk):
    said = text(BY_ID["vehicle-roads"], opening_desk)
    assert "Guangzhou: from 45.644 (20 Jun 2019)" in said
    assert "Shenzhen: from 771" in said


def test_the_remark_on_shenzhens_counts_comes_with_them(opening_desk):
    assert "different authorities" not in text(
        BY_ID["low-altitude"], opening_desk, Filters(as_of=on(2024, 3, 28))
    )
