"""What stewards do, as their pages ask for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from geo.places import LANGUAGES
from ingest.stewards import Stewards
from tests.ingest.filling import filled, lines_of, made

USERS = "iam_smart_users"
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture
def stewards(tools, clock) -> Stewards:
    clock.now = NOW
    return Stewards(tools=tools)


def sound(value=4_100_000) -> bytes:
    return filled(made("zh-Hant"), {"F5": "2026-10-31", "I5": value})


def handed_in(stewards, value=4_100_000, by="alice") -> str:
    found = stewards.upload(sound(value), "en", by, "192.0.2.7")
    return stewards.submit(found.sha256, "en", by, "192.0.2.7").subject


def deeds(stewards) -> list[tuple[str, str, str]]:
    rows = stewards.tools.warehouse.audit().to_dict("records")[::-1]
    return [(row["actor"], row["action"], json.loads(row["detail"]).get("step", "")) for row in rows]


def test_departments_come_by_name_those_with_indicators_first(stewards):
    names = stewards.departments("zh-Hant")
    assert ("dpo", "數字政策辦公室") in names[:40]
    ids = [one for one, _ in names]
    assert ids.index("dpo") < ids.index("egscc")
    assert "xinhua" not in ids


def test_a_template_is_of_a_department_and_a_set(stewards):
    content = stewards.template("dpo", "own", "zh-Hans", "en")
    assert set(lines_of(content).values()) == {None}  # nothing is known yet: free rows alone
    assert stewards.template("immd", "services", "en", "en")
    for department, chosen in (("nobody", "own"), ("dpo", "nonsense"), ("egscc", "own")):
        with pytest.raises(ValueError, match="沒有須呈報的指標"):
            stewards.template(department, chosen, "en", "zh-Hant")


def test_an_upload_answers_in_the_language_of_the_file(stewards):
    wrong = stewards.upload(sound("逾四百萬"), "en", "alice", "")
    assert (wrong.lang, wrong.department, wrong.sha256, wrong.sound) == ("zh-Hant", "dpo", "", 0)
    assert [(fault.cell, fault.found) for fault in wrong.faults] == [("I5", "逾四百萬")]
    refused = stewards.upload(b"x", "zh-Hans", "alice", "")
    assert "工作簿" in refused.refused
    assert stewards.returns() == []
    assert deeds(stewards) == [("alice", "return", "uploaded")] * 2


def test_upload_submit_approve_and_the_figure_appears(stewards):
    found = stewards.upload(sound(), "en", "alice", "192.0.2.7")
    assert [line.kind for line in found.figures] == ["new"]
    done = stewards.submit(found.sha256, "zh-Hant", "alice", "192.0.2.7")
    assert (done.done, done.said) == (True, "已呈交，現須由另一人批准。")
    waiting = stewards.returned(done.subject, "en")
    assert (waiting.verdict, waiting.figures[0].kind, waiting.handed_in_by) == ("", "new", "alice")
    mine = stewards.approve(done.subject, "", "zh-Hant", "alice", "")
    assert (mine.done, mine.said) == (False, "此報表由你呈交，須由另一人覆核。")
    theirs = stewards.approve(done.subject, "", "zh-Hans", "bob", "")
    assert (theirs.done, theirs.said) == (True, "审核通过：1个新数据、0个此前已知、0个留在隔离区待核。")
    over = stewards.returned(done.subject, "en")
    assert (over.verdict, over.reviewed_by, over.figures[0].kind) == ("approve", "bob", "")
    assert len(stewards.tools.warehouse.latest([USERS], as_of=NOW)) == 1
    assert stewards.file(done.subject) is not None
    assert deeds(stewards)[-1] == ("bob", "review", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_done_is_said_in_the_readers_language(stewards, lang):
    return_id = handed_in(stewards)
    answers = [
        stewards.submit("0" * 64, lang, "bob", ""),
        stewards.submit("../../etc/passwd", lang, "bob", ""),
        stewards.submit(stewards.returned(return_id, lang).sha256, lang, "bob", ""),
        stewards.approve("r0", "", lang, "bob", ""),
        stewards.send_back(return_id, " ", lang, "bob", ""),
        stewards.release("nothing", "why", lang, "bob", ""),
        stewards.release("nothing", " ", lang, "bob", ""),
        stewards.reject("nothing", "why", lang, "bob", ""),
    ]
    assert not any(answer.done for answer in answers)
    assert all(answer.said for answer in answers)
    assert stewards.returned("r0", lang) is None
    assert stewards.file("r0") is None


def test_what_is_sent_back_says_why(stewards):
    return_id = handed_in(stewards)
    assert stewards.send_back(return_id, "wrong month", "en", "bob", "").done
    (shown,) = stewards.returns()
    assert (shown.verdict, shown.why) == ("send_back", "wrong month")
    again = stewards.approve(return_id, "", "en", "carol", "")
    assert again.said == "This was decided already."


@pytest.mark.parametrize(("decide", "stored"), [("release", 1), ("reject", 0)])
def test_quarantine_is_emptied_by_hand_with_a_name_and_a_reason(stewards, decide, stored):
    return_id = handed_in(stewards, 90_000_000)
    assert not stewards.approve(return_id, "", "en", "bob", "").done
    assert stewards.approve(return_id, "as announced", "en", "bob", "").done
    (held,) = stewards.quarantine("zh-Hant")
    assert (held.source, held.releasable) == ("部門報表", True)
    done = getattr(stewards, decide)(held.item, " seen  twice ", "en", "carol", "192.0.2.9")
    assert done.done
    assert stewards.quarantine("en") == []
    frame = stewards.tools.warehouse.latest([USERS], as_of=datetime(2100, 1, 1, tzinfo=UTC))
    assert len(frame) == stored
    entry = stewards.tools.warehouse.audit(1).to_dict("records")[0]
    detail = json.loads(entry["detail"])
    assert (entry["actor"], entry["action"], entry["subject"]) == ("carol", "release", held.item)
    assert (detail["decision"], detail["why"], detail["address"]) == (decide, "seen twice", "192.0.2.9")
    again = getattr(stewards, decide)(held.item, "again", "en", "bob", "")
    assert not again.done


def test_a_file_that_is_no_longer_kept_is_said_to_be_lost(stewards):
    found = stewards.upload(sound(), "en", "alice", "")
    stewards.tools.archive.path(found.sha256).unlink()
    lost = stewards.submit(found.sha256, "en", "alice", "")
    assert (lost.done, lost.said) == (False, "The file is no longer kept here. Upload it again.")
