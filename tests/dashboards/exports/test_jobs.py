"""Long exports made beside the request."""

from __future__ import annotations

import threading
import time

import pytest

from dashboards.exports import jobs as module
from dashboards.exports.jobs import BusyError, Job, Jobs


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
    started = jobs.start(job(), lambda _out, _step: going.wait(5))
    now[0] += module.LOST_SECONDS + 1
    assert jobs.find(started.job_id).status == "lost"
    going.set()
    until(jobs, started.job_id, "done")


def test_only_so_many_may_wait(tmp_path) -> None:
    jobs, going = Jobs(tmp_path), threading.Event()
    made = [
        jobs.start(job(question=str(n)), lambda _out, _step: going.wait(5))
        for n in range(module.MOST_WAITING)
    ]
    with pytest.raises(BusyError):
        jobs.start(job(question="more"), quick)
    going.set()
    for one in made:
        until(jobs, one.job_id, "done")


def test_files_are_taken_away_after_an_hour(tmp_path) -> None:
    now = [1000.0]
    jobs = Jobs(tmp_path, clock=lambda: now[0])
    first = until(jobs, jobs.start(job(), quick).job_id, "done")
    now[0] += module.KEEP_SECONDS + 1
    until(jobs, jobs.start(job(question="later"), quick).job_id, "done")
    assert jobs.find(first.job_id) is None


@pytest.mark.parametrize("job_id", ["", "..", "../" * 7 + "x", "a" * 22, "a" * 21 + "/", "é" * 22])
def test_no_id_leads_out_of_the_folder(tmp_path, job_id) -> None:
    assert Jobs(tmp_path).find(job_id) is None
