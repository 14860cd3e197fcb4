"""How things stand, for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType, SimpleNamespace

import pytest

from dashboards import pages as pages_room
from dashboards.api.parameters import AS_OF, LANG, Call, read
from dashboards.api.standing import PARTS, run_of, sources, work_item, work_items
from dashboards.desk import Filters
from dashboards.exports.asking import RefusedError
from dashboards.panel import discover
from metrics.warehouse.entries import Run

PAGES = discover(pages_room)
AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
RUN = Run(
    run_id="r", source_id="hk_wifi", trigger="schedule", logical_time="x", attempt=1, status="failed",
    stage="fetch", token=1, planned_at=AT, started_at=AT, ended_at=None, counts={"read": 3}, error="no such host",
)  # fmt: skip


@pytest.mark.parametrize("as_of", ["", "2025-05-15", "2010-01-01"])
def test_the_five_work_items_are_told_as_known_then(opening_desk, as_of):
    call = read((AS_OF, LANG), {"as_of": [as_of]} if as_of else {}, opening_desk)
    rows = work_items(call, PAGES)["data"]
    assert [row["work_item"] for row in rows] == list("12345")
    one = work_item(replace(call, item="2"), PAGES)
    assert set(PARTS) <= set(one)
    assert one["status"][0]["state_id"] == rows[1]["state_id"]


def test_a_work_item_there_is_not_is_no_answer(opening_desk):
    with pytest.raises(RefusedError) as error:
        work_item(Call(desk=opening_desk, filters=Filters(), item="0"), PAGES)
    assert error.value.status == 404


def test_a_run_is_told_with_its_counts_and_what_was_said():
    told = run_of(RUN)
    assert (told["status"], told["counts"], told["message"]) == ("failed", {"read": 3}, "no such host")
    assert (told["planned_at"], told["ended_at"]) == (AT.isoformat(), None)


def test_a_source_is_told_with_its_newest_data(opening_desk):
    source = SimpleNamespace(
        id="hk_wifi", publisher="dpo", page_url="https://example.org", licence="x", tier="official", confirmed=True,
        feeds={"fiveg_base_stations": ()},
    )  # fmt: skip
    health = SimpleNamespace(
        source=source, state="late", data_to=AT, due_by=AT, last=RUN, good=None, next_at=None
    )
    named = {"source.hk_wifi": "Wi-Fi.HK"}
    words = {
        lang: replace(one, terms=MappingProxyType({**one.terms, **named}))
        for lang, one in opening_desk.words.items()
    }
    desk = replace(opening_desk, health=lambda: (health,), words=words)
    (told,) = sources(Call(desk=desk, filters=Filters()))["data"]
    assert (told["state"], told["data_to"], told["last_good_run"]) == ("late", AT.isoformat(), None)
    assert told["feeds"] == ["fiveg_base_stations"]
