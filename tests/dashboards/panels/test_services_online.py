"""Services online: two sides apart, counting bases apart, qualifiers kept."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels import services_online as online
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, told, view_of

SMART = {panel.id: panel for panel in online.IAM_SMART}
OTHERS = {panel.id: panel for panel in online.GUANGDONG_MACAO}


def test_the_two_sides_stand_apart_newest_first(opening_desk):
    said = text(online.BOTH_SIDES, opening_desk)
    hong_kong, _, guangdong = said.partition("Guangdong's services")
    assert "29 Dec 2025 | 70 | at the kiosk in Macao · press" in hong_kong
    assert "2 Nov 2023 | over 50 | on the website" in hong_kong
    assert "3 Nov 2023 | over 100" in guangdong
    assert "kiosk" not in guangdong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_side_without_a_figure_says_so(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    frame = online.both_sides(opening_desk, filters)
    only = frame[~frame["indicator_id"].eq(online.SITE_GD)]

    said = list(told(online._both_sides(only, view_of(opening_desk, filters))))
    assert said[-1] == opening_desk.words[lang].t("ui.no_figure")


def test_departments_grew_from_nine_to_fourteen(opening_desk):
    assert "from 9 (2 Nov 2023) to 14 (29 Dec 2025)" in text(online.DEPARTMENTS, opening_desk)


def test_services_of_iam_smart_name_their_basis_each(opening_desk):
    said = text(SMART["iam-smart-services"], opening_desk)
    assert "26 Apr 2023 | about 260 | functions" in said
    assert "27 Mar 2025 | over 1,100 | services and e-forms · press" in said
    assert "The scope of the count has widened" in said


def test_the_widening_is_not_told_before_it_was_seen(opening_desk):
    said = text(SMART["iam-smart-services"], opening_desk, Filters(as_of=on(2021, 1, 31)))
    assert "over 20" in said
    assert "widened" not in said


def test_users_of_iam_smart_end_on_over_four_million(opening_desk):
    assert "over 4,000,000" in text(SMART["iam-smart-users"], opening_desk)
    assert "4,000,000" not in text(SMART["iam-smart-users"], opening_desk, Filters(as_of=on(2025, 5, 15)))


def test_yue_sheng_shi_is_the_whole_province(opening_desk):
    said = text(OTHERS["yue-sheng-shi"], opening_desk)
    assert "about 184 million real-name users" in said
    assert "whole province" in said


def test_macao_one_account_keeps_over(opening_desk):
    assert "to over 522,000 (21 Jul 2023)" in text(OTHERS["macao-one-account-users"], opening_desk)


def test_egovernment_is_told_with_its_qualifiers(opening_desk):
    said = text(SMART["egovernment"], opening_desk)
    assert "about 1,480 services" in said
    assert "over 600 fee items" in said
