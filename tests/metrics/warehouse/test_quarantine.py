from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.warehouse.entries import Suspect, WarehouseError
from metrics.warehouse.quarantine import item_of

pytestmark = pytest.mark.engine

SUSPECT = Suspect(
    source_id="made",
    rule="range",
    said="9e9 is above 200",
    row={"市": "珠海", "value": "9e9"},
    payload_sha256="ab" * 32,
)


def test_a_suspect_is_held_once_however_often_it_comes(warehouse):
    assert warehouse.quarantine([SUSPECT, SUSPECT], "r1") == 1
    assert warehouse.quarantine([replace(SUSPECT, payload_sha256="")], "r2") == 0
    assert warehouse.quarantine([replace(SUSPECT, row={"value": "8e9"})], "r2") == 1
    assert warehouse.quarantine([], "r3") == 0
    held = warehouse.quarantined()
    assert held["record"].tolist()[-1] == {"市": "珠海", "value": "9e9"}
    assert held["said"].tolist()[-1] == "9e9 is above 200"
    assert held["run_id"].tolist() == ["r2", "r1"]


def test_what_a_person_decided_stands_beside_the_record(warehouse):
    warehouse.quarantine([SUSPECT], "r1")
    item = item_of(SUSPECT)
    warehouse.decide_quarantine(item, by="chan", what="reject", why="typing error at source")
    assert warehouse.quarantined().empty
    warehouse.decide_quarantine(item, by="lee", what="release", why="confirmed by phone")
    held = warehouse.quarantined(open_only=False).iloc[0]
    assert (held["item"], held["what"], held["decided_by"], held["why"]) == (
        item, "release", "lee", "confirmed by phone"
    )  # fmt: skip
    assert held["decided_at"] >= held["recorded_at"]


@pytest.mark.parametrize(
    ("decision", "error", "said"),
    [
        ({"by": "chan", "what": "forget", "why": "x"}, ValueError, "expected one of release, reject"),
        ({"by": "", "what": "release", "why": "x"}, ValueError, "needs a name and a reason"),
        ({"by": "chan", "what": "release", "why": ""}, ValueError, "needs a name and a reason"),
        ({"by": "chan", "what": "release", "why": "x"}, WarehouseError, "no such item"),
    ],
)
def test_a_decision_without_name_reason_or_item_is_refused(warehouse, decision, error, said):
    item = "nothing"
    with pytest.raises(error, match=said):
        warehouse.decide_quarantine(item, **decision)


def test_frames_of_what_is_held_have_the_same_types_full_or_empty(warehouse):
    empty = warehouse.quarantined()
    warehouse.quarantine([SUSPECT], "r1")
    assert warehouse.quarantined().dtypes.astype(str).tolist() == empty.dtypes.astype(str).tolist()


def test_the_mark_differs_when_something_is_held_or_decided(warehouse):
    marks = [warehouse.quarantine_mark()]
    warehouse.quarantine([Suspect(source_id="made", rule="bounds", said="x", row={"n": 1})], "r1")
    marks.append(warehouse.quarantine_mark())
    (item,) = warehouse.quarantined()["item"]
    warehouse.decide_quarantine(item, by="alice", what="reject", why="wrong")
    marks.append(warehouse.quarantine_mark())
    assert len(set(marks)) == 3
