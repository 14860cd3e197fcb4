"""Out of quarantine: by a person, with a name and a reason, and no other way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import CheckError
from ingest.pipeline import run
from ingest.release import reject, release
from ingest.sources.hk_immigration_daily import SOURCE
from tests.ingest.making import crossing_days

KNOWN = {SOURCE.id: SOURCE}
DAILY = "bcp_passengers_daily"


@pytest.fixture
def items(tools, publisher) -> list[str]:
    wrong = crossing_days(3)
    wrong[-1] = wrong[-1].replace(",7,", ",8,")
    publisher.says(wrong)
    assert run(SOURCE, tools).quarantined == 3
    return sorted(tools.warehouse.quarantined()["item"])


def stored(tools) -> int:
    return len(tools.warehouse.history([DAILY], as_of=datetime(2100, 1, 1, tzinfo=UTC)))


def test_a_released_record_is_loaded_and_stays_released_in_tomorrows_file(tools, publisher, clock, items):
    assert stored(tools) == 33
    report = release(items[0], tools, known=KNOWN, by="steward", why="the total was misprinted")
    assert (report.status, report.new) == ("loaded", 1)
    assert stored(tools) == 34
    assert len(tools.warehouse.quarantined()) == 2
    wrong = crossing_days(4)
    wrong[11] = wrong[11].replace(",7,", ",8,")
    publisher.says(wrong)
    clock.move(days=1)
    again = run(SOURCE, tools)
    assert (again.quarantined, again.new) == (2, 12)
    assert stored(tools) == 46


def test_a_rejected_record_stays_out_and_is_no_longer_open(tools, publisher, items):
    reject(items[0], tools, by="steward", why="wrong at the source")
    assert len(tools.warehouse.quarantined()) == 2
    assert stored(tools) == 33
    with pytest.raises(CheckError, match=r"decided already .reject by steward"):
        release(items[0], tools, known=KNOWN, by="steward", why="after all")


def test_a_release_needs_a_name_and_a_reason(tools, items):
    report = release(items[0], tools, known=KNOWN, by="", why="")
    assert report.status == "failed"
    assert stored(tools) == 33


def test_what_is_not_held_cannot_be_released(tools, publisher):
    with pytest.raises(CheckError, match="expected an item that is held"):
        release("nothing", tools, known=KNOWN, by="steward", why="x")


def test_a_whole_refused_payload_cannot_be_released_only_put_aside(tools, publisher):
    publisher.says(b"<html></html>")
    run(SOURCE, tools)
    (item,) = tools.warehouse.quarantined()["item"]
    with pytest.raises(CheckError, match="whole payload"):
        release(item, tools, known=KNOWN, by="steward", why="x")
    reject(item, tools, by="steward", why="seen")
    assert tools.warehouse.quarantined().empty


def test_a_release_that_cannot_be_stored_leaves_the_item_open(tools, items, monkeypatch):
    monkeypatch.setattr(
        "ingest.release.decide", lambda *_a, **_k: (_ for _ in ()).throw(OSError("disk full"))
    )
    assert release(items[0], tools, known=KNOWN, by="steward", why="misprint").status == "failed"
    assert stored(tools) == 33
    assert len(tools.warehouse.quarantined()) == 3
