"""What a run works with."""

from __future__ import annotations

from datetime import UTC, timedelta

from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.tools import kept_payload, now


def test_the_present_has_its_zone():
    assert now().tzinfo is UTC


def test_a_payload_comes_back_from_the_archive_as_it_first_came(tools, publisher):
    run(SOURCE, tools)
    run(SOURCE, tools)
    (kept,) = tools.warehouse.payloads_of(SOURCE.id)
    payload = kept_payload(kept, tools)
    assert payload.content == publisher.file.read_bytes()
    assert (payload.url, payload.media_type) == (SOURCE.requests[0].url, "text/csv")
    first = tools.warehouse.runs(SOURCE.id)[-1]
    assert abs(payload.fetched_at - first.ended_at) < timedelta(seconds=1)


def test_of_a_source_that_never_came_nothing_is_kept(tools):
    assert tools.warehouse.payloads_of("nothing") == []
