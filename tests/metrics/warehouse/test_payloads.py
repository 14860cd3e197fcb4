from __future__ import annotations

import pytest

from metrics.warehouse.entries import PayloadEntry
from tests.metrics.warehouse.made import MAY

pytestmark = pytest.mark.engine

URL = "https://example.org/figures.csv"
FIRST, SECOND = "aa" * 32, "bb" * 32


def test_a_payload_is_written_down_once(warehouse):
    entry = PayloadEntry(sha256=FIRST, url=URL, media_type="text/csv", size=12, stored_as="aa/x.zst")
    assert warehouse.record_payload(entry) is True
    assert warehouse.record_payload(entry) is False
    assert warehouse.payload(FIRST) == entry
    assert warehouse.payload(SECOND) is None


def test_a_payload_counts_as_seen_only_when_it_was_read_to_its_end(warehouse):
    warehouse.record_payload(PayloadEntry(sha256=FIRST, url=URL))
    warehouse.run_payload("r1", URL, sha256=FIRST, status=200)
    assert not warehouse.payload_seen(FIRST)
    with warehouse.loading("r2") as loading:
        loading.run_payload(URL, sha256=FIRST, status=200)
    assert warehouse.payload_seen(FIRST)


def test_a_conditional_request_names_the_newest_answer_that_was_loaded(warehouse):
    assert warehouse.last_fetch(URL) is None
    for run_id, digest, etag in (("r1", FIRST, "one"), ("r2", SECOND, "two")):
        with warehouse.loading(run_id) as loading:
            loading.run_payload(URL, sha256=digest, etag=etag, last_modified="Thu, 15 May 2025 00:00:00 GMT")
    warehouse.run_payload("r3", URL, status=200, sha256="cc" * 32, etag="three")  # came, and was not read
    found = warehouse.last_fetch(URL)
    assert (found.sha256, found.etag) == (SECOND, "two")
    assert found.last_modified.startswith("Thu")
    assert warehouse.last_fetch("https://example.org/other") is None


def loaded(warehouse, source_id: str, digest: str, trigger: str, logical) -> None:
    warehouse.record_payload(PayloadEntry(sha256=digest, url=URL))
    run_id = warehouse.open_run(source_id, trigger=trigger, logical_time=logical)
    with warehouse.loading(run_id) as loading:
        loading.run_payload(URL, sha256=digest)
        loading.end_run("loaded")


def test_past_versions_and_replays_are_not_what_the_publisher_says_now(warehouse):
    loaded(warehouse, "made", FIRST, "hand", FIRST)
    loaded(warehouse, "made", SECOND, "backfill", MAY)
    loaded(warehouse, "made", SECOND, "replay", SECOND)
    assert warehouse.last_fetch(URL).sha256 == FIRST
    assert warehouse.last_fetch(URL, "made").sha256 == FIRST
    assert warehouse.last_fetch(URL, "another") is None


def test_a_past_version_came_when_its_archive_took_it(warehouse):
    loaded(warehouse, "made", FIRST, "hand", FIRST)
    loaded(warehouse, "made", SECOND, "backfill", MAY)
    old, new = warehouse.payloads_of("made")
    assert (old.sha256, old.fetched_at) == (SECOND, MAY)
    assert (new.sha256, new.fetched_at > MAY) == (FIRST, True)


def test_the_answers_of_runs_come_with_what_is_known_of_their_bytes(warehouse):
    loaded(warehouse, "made", FIRST, "hand", FIRST)
    run = warehouse.runs("made")[0]
    warehouse.run_payload(run.run_id, f"{URL}?again", status=304)  # no bytes, no answer to take away
    (answer,) = warehouse.answers_of([run.run_id])
    assert (answer.run_id, answer.sha256, answer.url, answer.read_to_end) == (run.run_id, FIRST, URL, True)
    assert warehouse.answers_of([]) == []


def test_a_payload_names_every_source_it_came_from_once(warehouse):
    loaded(warehouse, "made", FIRST, "hand", "a")
    loaded(warehouse, "made", FIRST, "hand", "b")
    loaded(warehouse, "other", FIRST, "hand", "c")
    assert [(source, url) for source, _, url in warehouse.came_from(FIRST)] == [("made", URL), ("other", URL)]
    assert warehouse.came_from(SECOND) == []
