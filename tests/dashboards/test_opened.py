from types import SimpleNamespace

import pytest

from dashboards import opened
from dashboards.opened import Desks, open_desk
from dashboards.roles import Viewer
from geo.boundaries import boundaries


@pytest.fixture(scope="module")
def desk(opening_warehouse, tmp_path_factory):
    states = [SimpleNamespace(state=state) for state in ("on_time", "late", "on_time")]
    return open_desk(
        opening_warehouse,
        boundaries(tmp_path_factory.mktemp("boundaries")),
        titles={"hk_immigration_daily": {"en": "Immigration", "zh-Hant": "入境處", "zh-Hans": "入境处"}},
        health=lambda: states,
    )


def test_the_desk_knows_names_of_every_room_in_three_languages(desk):
    assert desk.words["en"].t("place.hk_lo_wu") == "Lo Wu Control Point"
    assert desk.words["zh-Hant"].t("source.hk_immigration_daily") == "入境處"
    assert desk.words["zh-Hans"].t("work_item.1") == "“跨境通办”"


def test_the_desk_speaks_for_the_public_alone(desk):
    assert set(desk.metrics.audiences) == {"public"}
    assert desk.audience == "public"


def test_sources_on_time_are_counted(desk):
    assert (desk.freshness().on_time, desk.freshness().total) == (2, 3)


def test_the_stamps_are_those_of_the_warehouse(desk, opening_warehouse):
    assert desk.stamp() == opening_warehouse.stamp() > 0
    assert desk.reading_stamp() == opening_warehouse.reading_stamp()


def test_each_audience_has_a_desk_and_a_visitor_the_publics(desk):
    desks = Desks(desk, accounts=True)
    assert desks().audience == "public"
    seen = {}
    for role in ("viewer", "member", "steward", "admin"):
        desks.door = lambda role=role: Viewer(person_id="p", name="P", role=role)
        seen[role] = (desks().audience, set(desks().metrics.audiences))
    assert seen["viewer"] == ("public", {"public"})
    assert seen["member"] == ("group", {"public", "group"})
    assert seen["steward"] == seen["admin"] == ("officials", {"public", "group", "officials"})
    assert desks().accounts


def test_the_stamp_is_asked_of_the_warehouse_once_in_a_while_however_many_ask(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(opened.time, "monotonic", lambda: now[0])
    asked = []
    stamp = opened.briefly(lambda: asked.append(1) or len(asked))
    assert [stamp() for _ in range(50)] == [1] * 50
    now[0] += opened.STAMP_SECONDS
    assert stamp() == 2
