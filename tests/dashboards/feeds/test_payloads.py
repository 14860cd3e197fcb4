"""Archived payloads: only what a run brought, only to those who may see it, never shown by the browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.opened import Desks
from tests.dashboards.feeds.conftest import FILE, SOURCE, text


def test_a_payload_comes_as_a_file_for_the_disk(place):
    answer = place.browser().get(f"/sources/payload/{place.sha256()}")
    assert (answer.status_code, answer.data) == (200, FILE)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="hk_immigration_daily-')
    assert place.deeds("payload") == []


@pytest.mark.parametrize(
    "name",
    ["0" * 64, "A" * 64, "..%2f..%2fetc%2fpasswd", "x", "0" * 63, "%00" * 64, "../../warehouse.db"],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_no_run_brought_is_not_there(place, name, lang):
    answer = place.browser().get(f"/sources/payload/{name}?lang={lang}")
    assert answer.status_code == 404
    assert b"root:" not in answer.data


def test_bytes_in_the_archive_that_no_source_brought_are_not_let_out(place):
    from tests.ingest.making import payload

    secret = payload(b"a department's return, not yet approved")
    place.feeds.tools.archive.keep(secret)
    assert place.browser().get(f"/sources/payload/{secret.sha256}").status_code == 404
    assert place.browser("alice").get(f"/sources/payload/{secret.sha256}").status_code == 404


def test_a_payload_no_longer_kept_says_so(place):
    sha256 = place.sha256()
    place.feeds.tools.archive.path(sha256).unlink()
    answer = place.browser().get(f"/sources/payload/{sha256}?lang=zh-Hans")
    assert answer.status_code == 410
    assert "不再保留" in text(answer)


def closed(place, audience: str) -> None:
    """Let the figures of the source be for *audience*."""
    book = place.desks.public.metrics.catalogue
    (indicator,) = SOURCE.feeds
    changed = {**book.by_id, indicator: replace(book.get(indicator), audience=audience)}
    metrics = replace(place.desks.public.metrics, catalogue=replace(book, by_id=changed))
    again = Desks(replace(place.desks.public, metrics=metrics), accounts=True)
    place.desks._by_audience = again._by_audience
    place.desks.public = again.public


def test_a_payload_of_figures_for_officials_is_not_there_for_others_and_audited_for_them(place):
    sha256 = place.sha256()
    closed(place, "officials")
    address = f"/sources/payload/{sha256}"
    unknown = place.browser().get(f"/sources/payload/{'0' * 64}")
    for browser in (place.browser(), place.browser("mary", "member")):
        refused = browser.get(address)
        assert (refused.status_code, text(refused)) == (404, text(unknown))
    assert place.deeds("payload") == []
    answer = place.browser("alice").get(address)
    assert (answer.status_code, answer.data) == (200, FILE)
    assert "no-store" in answer.headers["Cache-Control"]
    (deed,) = place.deeds("payload")
    assert (deed["actor"], deed["subject"]) == ("alice", sha256)
