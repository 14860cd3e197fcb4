"""Briefings that people saved: for whom, by whom, and what of a moment is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.briefings import briefing
from dashboards.briefings.kept import delete, may_change, save, saved, saved_one
from dashboards.briefings.values import Briefing, Choice
from dashboards.roles import Viewer
from metrics.asof import day_as_of, now_as_of
from metrics.warehouse.briefings import ChangedMeanwhile
from tests.opened import NOW

ALICE = Viewer(person_id="alice", name="Alice", role="member", address="192.0.2.7")
BOB = Viewer(person_id="bob", name="Bob", role="steward")
ROOT = Viewer(person_id="root", role="admin")
MINE = Briefing(
    id="own",
    names={"zh-Hant": "第三次會議"},
    as_of=replace(day_as_of(date(2025, 5, 15), clock=NOW), stamp=5),
    panels=(Choice(page_path="/services", panel_id="kiosk-map", note={"en": "n"}),),
    languages=("zh-Hant", "en"),
    audience="group",
)


@pytest.fixture
def desk(room):
    return replace(room.desks.public, audience="group")


def test_what_is_saved_is_found_again_as_it_was(desk, room):
    kept = save(MINE, desk, ALICE)
    back = saved_one(kept.id, desk)
    assert back is not None
    assert (back.names, back.panels, back.languages, back.audience) == (
        MINE.names, MINE.panels, MINE.languages, MINE.audience,
    )  # fmt: skip
    assert (back.as_of, back.made_by, back.version) == (MINE.as_of, "alice", 1)
    assert briefing(kept.id, desk) == back
    (line,) = [one for one in room.door.register.people.audit_lines(9) if one.action == "briefing_saved"]
    assert (line.actor, line.subject) == ("alice", kept.id)


def test_one_that_moves_goes_on_moving(desk):
    kept = save(replace(MINE, as_of=now_as_of(NOW)), desk, ALICE)
    back = saved_one(kept.id, desk)
    assert back is not None
    assert (back.as_of.current, back.stamp) == (True, None)


def test_nobody_sees_what_is_for_a_stricter_audience(desk, room):
    kept = save(MINE, desk, ALICE)
    assert saved_one(kept.id, room.desks.public) is None
    assert saved(room.desks.public) == ()
    assert briefing(kept.id, room.desks.public) is None
    assert [one.id for one in saved(desk)] == [kept.id]


def test_who_made_it_may_change_it_and_who_administers(desk):
    kept = save(MINE, desk, ALICE)
    assert may_change(kept, ALICE)
    assert may_change(kept, ROOT)
    assert not may_change(kept, BOB)
    assert not may_change(kept, Viewer())


def test_the_second_of_two_who_save_the_same_version_is_told(desk):
    kept = save(MINE, desk, ALICE)
    save(kept, desk, ALICE)
    with pytest.raises(ChangedMeanwhile):
        save(kept, desk, ALICE)


def test_what_is_deleted_is_found_no_more(desk):
    kept = save(MINE, desk, ALICE)
    delete(kept, desk, ALICE)
    assert saved_one(kept.id, desk) is None
    assert saved(desk) == ()
