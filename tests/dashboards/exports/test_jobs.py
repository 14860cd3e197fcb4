"""Long exports made beside the request."""

from __future__ import annotations

import errno
import threading
import time

import pytest

from dashboards.exports import jobs as module
from dashboards.exports.formats import NotMadeError
from dashboards.exports.jobs import BusyError, Job, Jobs, Outcome, Remark


def job(**more) -> Job:
    told = {
        "question": "q",
        "name": "n.zip",
        "media_type": "application/zip",
        "owner": "",
        "audience": "public",
    }
    return Job(**told | more)


def until(jobs: Jobs, job_id: str, *statuses: str) -> Job:
    for _ in range(500):
        found = jobs.find(job_id)
        if found is not None and found.status in statuses:
            return found
        time.sleep(0.01)
    raise AssertionError(f"never {statuses}: {jobs.find(job_id)}")


def waited(going: threading.Event) -> None:
    assert going.wait(5)


def quick(out, step) -> None:
    step(0, 1, "one")
    out.write(b"bytes")


def test_a_job_ends_with_its_file(tmp_path) -> None:
    jobs = Jobs(tmp_path)
    made = until(jobs, jobs.start(job(), quick).job_id, "done")
    assert jobs.file(made).read_bytes() == b"bytes"
    assert not list(tmp_path.glob("*/file.part"))


def test_another_process_sees_how_far_it_is_and_may_cancel_it(tmp_path) -> None:
    going, seen = threading.Event(), threading.Event()

    def slow(out, step) -> None:
        step(3, 10, "third")
        seen.set()
        going.wait(5)
        step(4, 10, "fourth")
        out.write(b"never")

    mine, other = Jobs(tmp_path), Jobs(tmp_path)
    started = mine.start(job(), slow)
    assert seen.wait(5)
    found = until(other, started.job_id, "working")
    assert (found.done, found.all, found.what) == (3, 10, "third")
    other.cancel(found)
    going.set()
    ended = until(other, started.job_id, "cancelled")
    assert not mine.file(ended).exists()
    assert not list(tmp_path.glob("*/file.part"))


def test_what_goes_wrong_is_told_and_leaves_no_half_file(tmp_path) -> None:
    def broken(out, step) -> None:
        out.write(b"half")
        raise RuntimeError("no disk")

    jobs = Jobs(tmp_path)
    ended = until(jobs, jobs.start(job(), broken).job_id, "failed")
    assert not jobs.file(ended).exists()
    assert not list(tmp_path.glob("*/file.part"))


def test_the_same_question_of_the_same_owner_is_not_made_twice(tmp_path) -> None:
    jobs = Jobs(tmp_path)
    first = until(jobs, jobs.start(job(), quick).job_id, "done")
    assert jobs.start(job(), quick).job_id == first.job_id
    assert jobs.start(job(owner="p1"), quick).job_id != first.job_id
    assert jobs.start(job(question="other"), quick).job_id != first.job_id


def test_a_job_whose_process_is_gone_says_so(tmp_path) -> None:
    now = [1000.0]
    jobs = Jobs(tmp_path, clock=lambda: now[0])
    going = threading.Event()
    started = jobs.start(job(), lambda _out, _step: waited(going))
    now[0] += module.LOST_SECONDS + 1
    assert jobs.find(started.job_id).status == "lost"
    going.set()
    until(jobs, started.job_id, "done")


def test_only_so_many_may_wait(tmp_path) -> None:
    jobs, going = Jobs(tmp_path), threading.Event()
    made = [
        jobs.start(job(question=str(n)), lambda _out, _step: waited(going))
        for n in range(module.MOST_WAITING)
    ]
    with pytest.raises(BusyError):
        jobs.start(job(question="more"), quick)
    going.set()
    for one in made:
        until(jobs, one.job_id, "done")


def test_one_who_asks_for_many_leaves_room_for_others(tmp_path) -> None:
    jobs, going = Jobs(tmp_path), threading.Event()

    def wait(number: int, asker: str) -> Job:
        return jobs.start(job(question=str(number), asker=asker), lambda _out, _step: waited(going))

    made = [wait(number, "address:192.0.2.1") for number in range(module.MOST_EACH)]
    # another process of the product sees them too
    with pytest.raises(BusyError) as refused:
        Jobs(tmp_path).start(job(question="more", asker="address:192.0.2.1"), quick)
    assert refused.value.own
    made.append(wait(100, "person:alice"))
    going.set()
    for one in made:
        until(jobs, one.job_id, "done")
    until(jobs, wait(101, "address:192.0.2.1").job_id, "done")


def test_files_are_taken_away_after_an_hour(tmp_path) -> None:
    now = [1000.0]
    jobs = Jobs(tmp_path, clock=lambda: now[0])
    first = until(jobs, jobs.start(job(), quick).job_id, "done")
    now[0] += module.KEEP_SECONDS + 1
    until(jobs, jobs.start(job(question="later"), quick).job_id, "done")
    assert jobs.find(first.job_id) is None


def test_what_ended_an_hour_ago_is_no_more_though_its_folder_is(tmp_path) -> None:
    now = [1000.0]
    jobs = Jobs(tmp_path, clock=lambda: now[0])
    first = until(jobs, jobs.start(job(), quick).job_id, "done")
    now[0] += module.KEEP_SECONDS + 1
    assert (tmp_path / first.job_id).is_dir()
    assert jobs.find(first.job_id) is None


def test_one_under_way_is_shared_with_nobody_but_its_owner(tmp_path) -> None:
    jobs, going = Jobs(tmp_path), threading.Event()
    mine = jobs.start(job(owner="p1"), lambda _out, _step: waited(going))
    visitors = jobs.start(job(), lambda _out, _step: waited(going))
    assert jobs.start(job(owner="p1"), quick).job_id == mine.job_id
    assert jobs.start(job(), quick).job_id != visitors.job_id
    going.set()
    until(jobs, mine.job_id, "done")
    until(jobs, visitors.job_id, "done")


def test_a_file_that_lacks_something_is_made_anew_when_asked_again(tmp_path) -> None:
    jobs, remark = Jobs(tmp_path), Remark(key="pack.undrawn", values={"n": 2})

    def lacking(out, _step) -> Outcome:
        out.write(b"most")
        return Outcome(remarks=(remark,), detail={"audience": "group"})

    first = until(jobs, jobs.start(job(), lacking).job_id, "done")
    assert (first.remarks, first.detail) == ((remark,), {"audience": "group"})
    assert jobs.start(job(), quick).job_id != first.job_id


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_closed_disk_is_named_and_nothing_is_left(tmp_path, number) -> None:
    def full(out, _step) -> None:
        out.write(b"half")
        raise OSError(number, "no")

    jobs = Jobs(tmp_path)
    ended = until(jobs, jobs.start(job(), full).job_id, "failed")
    assert ended.remarks == (Remark(key="package.no_room"),)
    assert sorted(path.name for path in (tmp_path / ended.job_id).iterdir()) == ["job.json"]


def test_a_folder_that_cannot_be_made_is_an_error_at_once(tmp_path) -> None:
    (tmp_path / "exports").write_bytes(b"a file stands there")
    with pytest.raises(OSError, match="exports"):
        Jobs(tmp_path / "exports").start(job(), quick)


def test_a_job_that_cannot_be_written_down_is_not_begun(tmp_path, monkeypatch) -> None:
    def full(_path, *_text, **_more) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(OSError, match="no"):
        Jobs(tmp_path).start(job(), quick)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_made_says_why(tmp_path) -> None:
    def refused(_out, _step) -> None:
        raise NotMadeError("picture.fonts_missing", signs="x", package="fonts-y")

    jobs = Jobs(tmp_path)
    ended = until(jobs, jobs.start(job(), refused).job_id, "failed")
    assert ended.remarks == (
        Remark(key="picture.fonts_missing", values={"signs": "x", "package": "fonts-y"}),
    )


def test_one_that_waits_for_its_turn_is_cancelled_at_once(tmp_path) -> None:
    jobs, going = Jobs(tmp_path), threading.Event()
    first = jobs.start(job(question="first"), lambda _out, _step: waited(going))
    until(jobs, first.job_id, "waiting")
    second = jobs.start(job(question="second"), quick)
    jobs.cancel(second)
    until(jobs, second.job_id, "cancelled")
    assert not jobs.find(first.job_id).over
    going.set()
    until(jobs, first.job_id, "done")


@pytest.mark.parametrize("job_id", ["", "..", "../" * 7 + "x", "a" * 22, "a" * 21 + "/", "é" * 22])
def test_no_id_leads_out_of_the_folder(tmp_path, job_id) -> None:
    assert Jobs(tmp_path).find(job_id) is None
