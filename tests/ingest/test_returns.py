"""A return's whole way: 200 figures, three wrong ones named, a second person, the warehouse, the citation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.commands import every_source, load_opening, replay
from ingest.release import release
from ingest.returns import (
    FaultyReturn,
    Hand,
    approve,
    check,
    citation,
    records,
    rows_of,
    send_back,
    source,
    submit,
    template,
)
from ingest.returns_form import RefusedReturn
from metrics.warehouse.people import Deed
from metrics.warehouse.returns import AlreadyReviewed, HandedInBefore, ReturnBook, SamePerson
from tests.ingest.filling import filled, label_of, lines_of, made
from tests.ingest.making import payload

ALICE, BOB = Hand(person_id="alice", where="192.0.2.7"), Hand(person_id="bob")
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
MONTHLY = "bcp_passengers_monthly"
USERS = "iam_smart_users"


@pytest.fixture
def desk(tools, clock):
    clock.now = NOW
    return tools


@pytest.fixture
def opened(desk):
    assert [report.status for report in load_opening(desk)] == ["loaded"] * 3
    return desk


def small(value=4_100_000, **more) -> bytes:
    return filled(made("zh-Hant"), {"F5": "2026-10-31", "I5": value, **more})


def latest(tools, indicator=USERS):
    return tools.warehouse.latest([indicator], as_of=NOW)


def two_hundred(tools) -> bytes:
    content = template("immd", [MONTHLY], "zh-Hant", tools)
    rows = [number for number, line in lines_of(content).items() if line][:200]
    return filled(content, {f"I{number}": 1000 + number for number in rows})


def test_three_wrong_rows_of_200_are_named_cell_by_cell_in_traditional_chinese(opened):
    content = two_hundred(opened)
    wrong = filled(content, {"I17": "約1.2萬", "D88": "深圳灣", "L150": "31/10/2026"})
    with pytest.raises(FaultyReturn) as caught:
        check(wrong, opened)
    returned = caught.value.returned
    assert len(returned.rows) == 197
    number = "純數字，例如 1234.5（「超過」等字眼請在「數字說明」欄選擇）"
    place = f"與範本相同的「{returned.faults[1].args['shown']}」；固定內容不可更改"
    assert [fault.line(returned.lang) for fault in returned.faults] == [
        f"「數字」工作表，儲存格I17（數字）：應為：{number}；現為：約1.2萬",
        f"「數字」工作表，儲存格D88（地方）：應為：{place}；現為：深圳灣",
        "「數字」工作表，儲存格L150（公布日期）：應為：日期，例如 2026-03-31；現為：31/10/2026",
    ]
    with pytest.raises(FaultyReturn):
        submit(wrong, opened, ALICE)
    assert ReturnBook(opened.warehouse.engine).listed() == []


def test_200_figures_are_handed_in_by_one_and_approved_by_another_and_appear(opened):
    content = two_hundred(opened)
    before = opened.warehouse.stamp()
    given = submit(content, opened, ALICE)
    assert len(given.rows) == 200
    assert opened.warehouse.stamp() == before
    with pytest.raises(SamePerson):
        approve(given.return_id, opened, ALICE, "I am sure")
    assert opened.warehouse.stamp() == before
    report = approve(given.return_id, opened, BOB, "counts agree with the daily file")
    assert (report.status, report.read, report.new, report.quarantined) == ("loaded", 200, 200, 0)
    frame = opened.warehouse.history([MONTHLY], as_of=NOW)
    mine = frame[frame["source_id"] == "returns"]
    assert len(mine) == 200
    assert set(mine["payload_sha256"]) == {given.payload_sha256}
    assert set(mine["tier"]) == {"official"}
    row = next(row for row in rows_of(given) if row.cell == "I17")
    stored = mine[mine["figure_ref"] == f"{given.return_id}:17"].iloc[0]
    assert (stored["place_id"], stored["breakdown"], stored["value"]) == (row.place, row.breakdown, 1017.0)


def test_a_figure_is_cited_with_its_department_and_both_persons_are_in_the_audit(desk):
    entries = {"L5": "2026-11-02", "M5": "Annual report", "N5": "https://www.digitalpolicy.gov.hk/r"}
    given = submit(small(**entries), desk, ALICE)
    approve(given.return_id, desk, BOB)
    (figure,) = latest(desk).to_dict("records")
    assert desk.warehouse.documents("citation")[figure["figure_ref"]] == {
        "publisher": "dpo",
        "title": "Annual report",
        "url": "https://www.digitalpolicy.gov.hk/r",
        "published_on": "2026-11-02",
        "precision": "day",
    }
    assert figure["known_at"].isoformat() == "2026-11-01T16:00:00+00:00"
    lines = desk.warehouse.audit().to_dict("records")
    assert [(line["actor"], line["action"], line["subject"]) for line in lines] == [
        ("bob", "review", given.return_id),
        ("alice", "return", given.return_id),
    ]
    assert json.loads(lines[0]["detail"])["handed_in_by"] == "alice"
    assert json.loads(lines[1]["detail"])["address"] == "192.0.2.7"
    assert desk.warehouse.verify_audit() == []


def test_without_a_publication_the_figure_is_known_from_its_approval(desk, clock):
    given = submit(small(), desk, ALICE)
    clock.move(days=2)
    approve(given.return_id, desk, BOB)
    assert latest(desk).empty
    (figure,) = desk.warehouse.latest([USERS], as_of=clock.now).to_dict("records")
    assert figure["known_at"].to_pydatetime() == clock.now
    cited = desk.warehouse.documents("citation")[figure["figure_ref"]]
    assert (cited["published_on"], cited["title"]) == ("2026-11-23", "向專責小組監測平台呈交的數字")


def test_a_correction_of_the_same_day_counts(desk, clock):
    for value in (4_100_000, 4_200_000):
        given = submit(small(value, L5="2026-11-02"), desk, ALICE)
        clock.move(minutes=5)
        approve(given.return_id, desk, BOB)
    assert [*desk.warehouse.latest([USERS], as_of=clock.now)["value"]] == [4_200_000.0]


def test_doubtful_figures_need_a_reason_and_what_is_impossible_waits_in_quarantine(desk):
    given = submit(small(90_000_000), desk, ALICE)
    assert [doubt["key"] for doubt in given.faults] == ["doubt.bounds"]
    with pytest.raises(RefusedReturn, match="Say why they are right"):
        approve(given.return_id, desk, BOB, "  ")
    report = approve(given.return_id, desk, BOB, "as published")
    assert (report.status, report.new, report.quarantined) == ("partial", 0, 1)
    assert latest(desk).empty
    (item,) = desk.warehouse.quarantined()["item"]
    freed = release(item, desk, known=every_source(desk), by="carol", why="seen the paper")
    assert freed.new == 1
    (figure,) = desk.warehouse.latest([USERS], as_of=datetime(2100, 1, 1, tzinfo=UTC)).to_dict("records")
    assert (figure["value"], figure["figure_ref"]) == (90_000_000.0, f"{given.return_id}:5")
    assert desk.warehouse.documents("citation")[figure["figure_ref"]]["publisher"] == "dpo"


def test_what_is_sent_back_loads_nothing_and_may_be_handed_in_again(desk, clock):
    given = submit(small(), desk, ALICE)
    with pytest.raises(HandedInBefore):
        submit(small_again(desk, given), desk, BOB)
    with pytest.raises(RefusedReturn, match="needs a reason"):
        send_back(given.return_id, desk, BOB, " ")
    with pytest.raises(SamePerson):
        send_back(given.return_id, desk, ALICE, "mine")
    send_back(given.return_id, desk, BOB, "wrong month")
    with pytest.raises(AlreadyReviewed):
        approve(given.return_id, desk, BOB)
    assert latest(desk).empty
    clock.move(minutes=1)
    again = submit(small_again(desk, given), desk, ALICE)
    assert approve(again.return_id, desk, BOB).new == 1


def small_again(tools, given) -> bytes:
    """Return the very bytes that were handed in: a saved workbook differs by its clock."""
    return tools.archive.read(given.payload_sha256)


@pytest.mark.parametrize("stage", ["audit", "archive", "fence"])
def test_an_approval_that_fails_halfway_leaves_the_return_undecided_and_nothing_stored(
    desk, monkeypatch, stage
):
    given = submit(small(), desk, ALICE)
    if stage == "audit":
        monkeypatch.setattr(
            "metrics.warehouse.returns.append_audit",
            lambda *_a, **_k: (_ for _ in ()).throw(OSError("disk full")),
        )
    elif stage == "archive":
        desk.archive.path(given.payload_sha256).unlink()
    else:
        monkeypatch.setattr(
            "metrics.warehouse.lease.check", lambda *_a: (_ for _ in ()).throw(OSError("gone"))
        )
    if stage == "archive":
        with pytest.raises(Exception, match="not in the archive"):
            approve(given.return_id, desk, BOB)
    else:
        report = approve(given.return_id, desk, BOB)
        assert (report.status, report.new) == ("failed", 0)
    assert ReturnBook(desk.warehouse.engine).returned(given.return_id).verdict == ""
    assert latest(desk).empty
    assert desk.warehouse.documents("citation") == {}


def test_a_replay_of_returns_brings_nothing_new(desk):
    given = submit(small(), desk, ALICE)
    approve(given.return_id, desk, BOB)
    (again,) = replay("returns", desk)
    assert (again.status, again.new) == ("unchanged", 0)
    assert len(latest(desk)) == 1


def test_the_template_of_an_indicator_set_shows_the_last_known_figures(opened):
    content = template("dpo", [USERS, "fiveg_bs_per_km2", "road_speed_kmh"], "zh-Hant", opened)
    lines = [line for line in lines_of(content).values() if line]
    assert {line.indicator for line in lines} == {USERS}
    assert "（" in lines[0].shown["known"]
    assert label_of(content, "place", "guangdong").startswith("廣東")
    with pytest.raises(RefusedReturn, match="no indicator"):
        template("td", ["road_speed_kmh"], "en", opened)


def test_a_checked_file_says_what_it_would_change(opened):
    content = small()
    checked = check(content, opened)
    assert [change.kind for change in checked.changes] == ["new"]
    assert checked.returned.department == "dpo"
    assert checked.sha256 == payload(content).sha256


def test_records_of_a_faulty_payload_are_refused_whole():
    told = replace(payload(small("x")), fetched_at=NOW)
    with pytest.raises(Exception, match="I5"):
        list(records(told))


def test_a_record_without_its_row_is_cited_as_nobodys(desk):
    (one,) = records(replace(payload(small()), url="return:r1", fetched_at=NOW))
    assert one.figure_ref == "r1:5"
    assert citation(replace(one, row=None))["publisher"] == ""
    assert source(desk).feeds[USERS]


def test_a_deed_says_from_where():
    assert ALICE.deed("return", "r1", step="x") == Deed(
        actor="alice", action="return", subject="r1", detail={"address": "192.0.2.7", "step": "x"}
    )
    assert "address" not in BOB.deed("return", "r1").detail
