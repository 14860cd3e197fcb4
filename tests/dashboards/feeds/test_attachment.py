"""The addresses of the feeds, and who may ask for a run."""

from __future__ import annotations

import pytest

from dashboards.desk import Desk
from dashboards.feeds.attachment import attach
from dashboards.i18n import LANGUAGES
from dashboards.opened import Desks
from tests.dashboards.feeds.conftest import SOURCE, place_of, text

RUN = f"/sources/{SOURCE.id}/run"


def test_a_visitor_is_asked_to_sign_in_and_comes_back(place):
    answer = place.browser().get(RUN)
    assert answer.status_code == 303
    assert "next=%2Fsources%2Fhk_immigration_daily%2Frun" in answer.location


@pytest.mark.parametrize("role", ["viewer", "member"])
def test_who_may_not_gets_a_calm_page_and_plans_nothing(place, role):
    place.scheduler()
    browser = place.browser("somebody", role)
    for answer in (browser.get(RUN), browser.post(RUN, {})):
        assert answer.status_code == 403
        assert place.desks.public.words["en"].t("sources.ask_not_allowed") in text(answer)
    assert (place.feeds.asked(), place.deeds("run_now")) == ((), [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nobody_signs_in_nobody_runs_anything(house_of, tmp_path, opening_desk, lang):
    place = place_of(house_of(mode="open"), tmp_path, opening_desk)
    place.scheduler()
    browser = place.house.browser()
    assert browser.get(f"{RUN}?lang={lang}").status_code == 403
    assert browser.client.post(RUN).status_code == 403
    assert place.feeds.asked() == ()


def test_a_form_of_another_site_is_refused(place):
    place.scheduler()
    browser = place.browser("alice")
    browser.token = "0" * 64
    assert browser.post(RUN, {}).status_code == 403
    browser.get(RUN)
    assert browser.post(RUN, {}, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert place.feeds.asked() == ()


def test_a_source_that_there_is_not_is_not_found(place):
    browser = place.browser("alice")
    assert browser.get("/sources/nothing/run").status_code == 404
    assert browser.post("/sources/nothing/run", {}).status_code == 404


def test_without_feeds_there_are_no_addresses(opening_desk, house_of):
    house = house_of()
    desk: Desk = opening_desk
    before = len(list(house.app.url_map.iter_rules()))
    attach(house.app, Desks(desk))
    assert len(list(house.app.url_map.iter_rules())) == before
