"""The pages of long exports: how far one is, in the reader's language; for its owner alone."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from dashboards.exports.job_pages import BEGUN, KINDS, JobRoom, addresses, begun, told
from dashboards.exports.jobs import MOST_EACH, MOST_WAITING, Job, Jobs, Outcome, Remark
from dashboards.i18n import LANGUAGES
from dashboards.roles import Viewer
from tests.dashboards.exports.room import Door
from tests.dashboards.exports.test_long import over

FILES = {name: f"/assets/{name}" for name in ("icon.svg", "style.css", "early.js", "take.js")}


@pytest.fixture
def room(opening_desk, tmp_path) -> JobRoom:
    return JobRoom(door=Door(words=opening_desk.words, files=FILES), jobs=Jobs(tmp_path / "exports"))


@pytest.fixture
def client(room):
    server = Flask("jobs")
    for path, name, view, methods in addresses(room):
        server.add_url_rule(path, name, view, methods=methods)
    return server.test_client()


def a_job(**more) -> Job:
    told_of = {
        "question": "q", "name": "Pack.pdf", "media_type": "application/pdf", "owner": "", "audience": "public",
        "kind": "pack", "subject": "egscc_2", "detail": {"format": "pdf"}, "again": "/exports/briefings/x?format=pdf",
    }  # fmt: skip
    return Job(**told_of | more)


def start(room, job: Job, work, *, patience: float = 0.0, address: str = "192.0.2.1", lang: str = "zh-Hans"):
    asked = {"method": "POST", "environ_base": {"REMOTE_ADDR": address}}
    with Flask("asked").test_request_context(f"/?lang={lang}", **asked):
        return begun(room, job, work, patience=patience)


def quick(out, step) -> None:
    step(1, 1, "")
    out.write(b"%PDF")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_how_far_it_is_is_said_in_numbers(room, opening_desk, lang, kind) -> None:
    said = told(room, a_job(kind=kind, status="working", done=7, all=62), opening_desk.words[lang])
    assert "7" in said
    assert "62" in said


def test_what_is_made_within_the_time_a_reader_waits_is_handed_out_at_once(room, client) -> None:
    answer = start(room, a_job(), quick, patience=10)
    assert answer.status_code == 303
    file = client.get(answer.location)
    assert (file.status_code, file.data) == (200, b"%PDF")
    assert "attachment" in file.headers["Content-Disposition"]


def test_the_page_shows_a_true_fraction_and_ends_in_the_file(room, client) -> None:
    going, seen = threading.Event(), threading.Event()

    def slow(out, step) -> None:
        step(15, 60, "")
        seen.set()
        assert going.wait(10)
        out.write(b"%PDF")

    address = start(room, a_job(), slow).location
    assert seen.wait(10)
    page = client.get(address).text
    assert '<progress id="progress" max="60" value="15"' in page
    assert 'data-state="/exports/jobs/' in page
    state = client.get(address.replace("?", "/state?")).json
    assert (state["done"], state["all"], state["over"]) == (15, 60, False)
    assert "已完成15步，共60步" in state["said"]
    going.set()
    ended = over(client, address)
    page = client.get(address).text
    assert f'href="{ended["file"]}?lang=zh-Hans"' in page
    assert "refresh" not in page


def test_a_file_that_lacks_something_says_so_and_is_not_pressed_on_the_reader(room, client) -> None:
    def lacking(out, _step) -> Outcome:
        out.write(b"%PDF")
        return Outcome(remarks=(Remark(key="pack.undrawn", values={"n": 3}),))

    address = start(room, a_job(), lacking, patience=10).location
    assert "/file" not in address
    page = client.get(address).text
    assert "未能绘制的图表：3个" in page
    assert "/exports/briefings/x?lang=zh-Hans&amp;format=pdf" in page


@pytest.mark.parametrize("viewer", [Viewer(), Viewer(person_id="p2", name="Two", role="admin")])
def test_a_job_of_one_person_is_there_for_nobody_else(room, client, viewer) -> None:
    room.door.viewer = Viewer(person_id="p1", name="One", role="member")
    address = start(room, a_job(owner="p1", audience="group"), quick, patience=10).location
    assert client.get(address).status_code == 200
    (note,) = room.door.notes
    assert (note["subject"], note["format"], note["audience"]) == ("egscc_2", "pdf", "group")
    room.door.viewer = viewer
    for end in ("", "/state", "/file"):
        assert client.get(address.replace("/file", end)).status_code == 404
    assert client.post(address.replace("/file", "/cancel")).status_code == 404


def test_too_many_and_no_room_are_said_and_nothing_is_begun(room, client, tmp_path) -> None:
    going = threading.Event()

    def waits(_out, _step) -> None:
        assert going.wait(20)

    pages = [
        start(room, a_job(question=str(n)), waits, address=f"192.0.2.{n}").location
        for n in range(MOST_WAITING)
    ]
    refused = start(room, a_job(question="more"), quick, address="192.0.2.99")
    assert (refused.status_code, "请一分钟后再试" in refused.get_data(as_text=True)) == (503, True)
    assert refused.headers["Retry-After"] == "60"
    going.set()
    assert {over(client, page)["status"] for page in pages} == {"done"}
    (tmp_path / "file").write_bytes(b"")
    closed = JobRoom(door=room.door, jobs=Jobs(tmp_path / "file"))
    refused = start(closed, a_job(), quick)
    assert (refused.status_code, "没有空间" in refused.get_data(as_text=True)) == (503, True)


SOON = {"en": "in a short time", "zh-Hant": "短時間內", "zh-Hans": "短时间内"}
OWN = {"en": "3 exports of yours", "zh-Hant": "已有3個檔案", "zh-Hans": "已有3个文件"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_asks_too_often_waits_and_is_told_how_long_and_nobody_else_does(room, lang) -> None:
    for n in range(BEGUN.burst):
        assert start(room, a_job(question=str(n)), quick, patience=10).status_code == 303
    refused = start(room, a_job(question="more"), quick, lang=lang)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60 / BEGUN.per_minute
    said = refused.get_data(as_text=True)
    assert SOON[lang] in said
    assert refused.headers["Retry-After"] in said
    assert start(room, a_job(question="more"), quick, address="192.0.2.2").status_code == 303
    # a person who signs in is counted as themselves, wherever they are
    assert start(room, a_job(question="more", owner="p1"), quick).status_code == 303


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_exports_of_one_address_never_fill_the_queue(room, client, lang) -> None:
    going = threading.Event()

    def waits(_out, _step) -> None:
        assert going.wait(20)

    pages = [start(room, a_job(question=str(n)), waits).location for n in range(MOST_EACH)]
    refused = start(room, a_job(question="more"), quick, lang=lang)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert OWN[lang] in refused.get_data(as_text=True)
    pages.append(start(room, a_job(question="more"), waits, address="192.0.2.2").location)
    going.set()
    assert {over(client, page)["status"] for page in pages} == {"done"}


def test_the_addresses_of_one_household_count_as_one(room, client) -> None:
    going = threading.Event()

    def waits(_out, _step) -> None:
        assert going.wait(20)

    pages = [
        start(room, a_job(question=str(n)), waits, address=f"2001:db8::{n}").location
        for n in range(MOST_EACH)
    ]
    assert start(room, a_job(question="more"), quick, address="2001:db8::ffff").status_code == 429
    going.set()
    assert {over(client, page)["status"] for page in pages} == {"done"}
