"""The inbox: files laid in a folder are read like uploads, answered beside them, and wait for a second person."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from ingest.inbox import read_inbox
from ingest.returns import Hand, approve
from metrics.warehouse.returns import ReturnBook, SamePerson
from tests.ingest.filling import filled, made

USERS = "iam_smart_users"


@pytest.fixture
def folder(tmp_path, clock):
    clock.now = datetime(2026, 11, 21, 4, tzinfo=UTC)
    made_here = tmp_path / "inbox"
    made_here.mkdir()
    return made_here


def lay(folder, name: str, content: bytes) -> None:
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (1_700_000_000, 1_700_000_000))


def signed(lang: str = "zh-Hant", value: object = 4_100_000, name: str = "alice") -> bytes:
    return filled(filled(made(lang), {"F5": "2026-10-31", "I5": value}), {"C4": name}, sheet=0)


def told(folder, outcome: str, name: str) -> str:
    return (folder / outcome / f"{name}.txt").read_text(encoding="utf-8-sig")


def test_a_sound_file_is_handed_in_and_still_needs_a_second_person(folder, tools):
    lay(folder, "users.xlsx", signed())
    (answer,) = read_inbox(folder, tools)
    assert (answer.file, answer.outcome) == ("users.xlsx", "done")
    assert not (folder / "users.xlsx").exists()
    assert (folder / "done" / "users.xlsx").exists()
    (given,) = ReturnBook(tools.warehouse.engine).listed()
    assert told(folder, "done", "users.xlsx").startswith(f"已由alice以{given.return_id}呈交：1個數字（1個新")
    assert tools.warehouse.latest([USERS], as_of=tools.clock()).empty
    with pytest.raises(SamePerson):
        approve(given.return_id, tools, Hand(person_id="ALICE"))
    assert approve(given.return_id, tools, Hand(person_id="bob")).new == 1
    assert '"inbox: users.xlsx"' in tools.warehouse.audit()["detail"].iloc[-1]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Figures, cell I5 (Figure): expected a plain number"),
        ("zh-Hant", "「數字」工作表，儲存格I5（數字）：應為：純數字"),
        ("zh-Hans", "“数据”工作表，单元格I5（数值）：应为：纯数字"),
    ],
)
def test_a_faulty_file_is_refused_in_its_own_language(folder, tools, lang, line):
    lay(folder, "a.xlsx", signed(lang, "many"))
    (answer,) = read_inbox(folder, tools)
    assert answer.outcome == "refused"
    assert line in told(folder, "refused", "a.xlsx")
    assert ReturnBook(tools.warehouse.engine).listed() == []


def test_a_file_that_cannot_be_read_is_refused_in_all_languages(folder, tools):
    lay(folder, "a.pdf", b"%PDF-1.7")
    read_inbox(folder, tools)
    text = told(folder, "refused", "a.pdf")
    assert all(word in text for word in ("This is not a workbook", "活頁簿", "工作簿"))


def test_a_file_that_nobody_signed_is_refused_at_the_cell_for_the_name(folder, tools):
    lay(folder, "a.xlsx", signed(name=""))
    read_inbox(folder, tools)
    assert "儲存格C4（呈交人）：應為：呈交人的登入名稱" in told(folder, "refused", "a.xlsx")


def test_the_same_file_again_is_refused_and_keeps_the_first(folder, tools):
    content = signed()
    for _ in range(2):
        lay(folder, "a.xlsx", content)
        read_inbox(folder, tools)
    assert "相同檔案" in told(folder, "refused", "a.xlsx")
    assert len(ReturnBook(tools.warehouse.engine).listed()) == 1


def test_files_of_one_name_do_not_replace_one_another(folder, tools, clock):
    for number in range(2):
        lay(folder, "a.pdf", b"%PDF-" + bytes([48 + number]))
        read_inbox(folder, tools)
        clock.move(seconds=1)
    assert len([*(folder / "refused").glob("*a.pdf")]) == 2
    assert len([*(folder / "refused").glob("*a.pdf.txt")]) == 2


def test_links_folders_and_files_under_way_are_left_alone(folder, tools, tmp_path):
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(signed())
    (folder / "link.xlsx").symlink_to(secret)
    (folder / "a folder").mkdir()
    lay(folder, "~$users.xlsx", b"x")
    lay(folder, ".users.xlsx", b"x")
    assert read_inbox(folder, tools) == []
    assert len([*folder.iterdir()]) == 4


def test_a_file_that_is_being_written_is_left_for_the_next_time(folder, tools, monkeypatch):
    file = folder / "a.xlsx"
    file.write_bytes(signed()[:500])
    monkeypatch.setattr("ingest.inbox.time.sleep", lambda _seconds: file.write_bytes(signed()))
    assert read_inbox(folder, tools) == []
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert [answer.outcome for answer in read_inbox(folder, tools)] == ["done"]


def test_an_empty_or_missing_folder_is_no_fault(tmp_path, tools):
    assert read_inbox(tmp_path / "var" / "inbox", tools) == []
