"""Fetching: bounded, classified, never where it should not go."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime, timedelta

import pytest

from ingest.errors import (
    BusyError,
    CutShortError,
    FetchError,
    NotConfiguredError,
    RefusedError,
    StalledError,
    TooLargeError,
    UnreachableError,
    UnsafeError,
)
from ingest.fetch import Fetcher, Limits, Validators
from ingest.source import Request
from tests.ingest.lying_server import CSV, PAGE, LyingServer, answer, lying_server

QUICK = Limits(connect=1.0, idle=1.0, patience=3.0, longest=6.0, first_wait=0.01)


@pytest.fixture(scope="module")
def server():
    with lying_server() as running:
        yield running


@pytest.fixture
def fetch() -> Fetcher:
    return Fetcher(contact="ops@example.org", limits=QUICK, allowed_addresses={"127.0.0.1"})


def asked(url: str, **more) -> Request:
    return Request(url=url, plain_http=True, **{"max_bytes": 1_000_000, **more})


def test_a_good_answer_comes_whole_with_what_was_said_of_it(server: LyingServer, fetch: Fetcher):
    url = server.says("/good", answer(CSV, ETag='"x"', Content_Type="text/csv; charset=utf-8"))
    payload = fetch(asked(url))
    assert payload.content == CSV
    assert (payload.etag, payload.media_type, payload.read_to_end) == ('"x"', "text/csv", True)
    assert len(payload.sha256) == 64


def test_the_publisher_is_told_who_asks(server: LyingServer, fetch: Fetcher):
    fetch(asked(server.says("/who", answer(CSV))))
    assert "ops@example.org" in dict(server.asked)["/who"]["user-agent"]


def test_a_compressed_answer_is_unpacked(server: LyingServer, fetch: Fetcher):
    url = server.says("/gzip", answer(gzip.compress(CSV), Content_Encoding="gzip"))
    assert fetch(asked(url)).content == CSV


@pytest.mark.parametrize(
    ("path", "kind", "tries"),
    [
        ("/no-header", StalledError, 2),
        ("/slow-header", StalledError, 1),
        ("/no-body", StalledError, 2),
        ("/drip", StalledError, 1),
        ("/reset", CutShortError, 2),
        ("/short", CutShortError, 2),
        ("/cut-gzip", CutShortError, 2),
        ("/bomb", TooLargeError, 1),
        ("/flood", TooLargeError, 1),
    ],
)
def test_a_lie_is_bounded_named_and_tried_again_only_if_that_may_help(
    server: LyingServer, fetch: Fetcher, path: str, kind: type[FetchError], tries: int
):
    before = server.times_asked(path)
    started = time.monotonic()
    with pytest.raises(kind, match=path):
        fetch(asked(server.url(path)))
    assert time.monotonic() - started < 4
    assert server.times_asked(path) - before == tries


def test_a_body_that_flows_may_take_longer_than_the_patience(server: LyingServer):
    patient = Fetcher(
        contact="",
        limits=Limits(idle=0.4, patience=0.6, pace=5, longest=1.5),
        allowed_addresses={"127.0.0.1"},
    )
    started = time.monotonic()
    with pytest.raises(StalledError):
        patient(asked(server.url("/drip")))
    assert time.monotonic() - started > 1.4


def test_a_handshake_that_never_ends_is_given_up(server: LyingServer, fetch: Fetcher):
    with pytest.raises(FetchError) as caught:
        fetch(Request(url=server.url("/tls", scheme="https")))
    assert caught.value.transient


def test_nobody_there_is_unreachable(fetch: Fetcher):
    with pytest.raises(UnreachableError, match="unreachable"):
        fetch(asked("http://127.0.0.1:1/file.csv"))


@pytest.mark.parametrize("status", ["503 Service Unavailable", "500 Oops", "502 Bad Gateway"])
def test_a_server_in_trouble_is_asked_again(server: LyingServer, fetch: Fetcher, status: str):
    url = server.says(f"/trouble-{status[:3]}", answer(b"", status), answer(CSV))
    assert fetch(asked(url)).content == CSV


def test_too_many_requests_waits_as_long_as_it_was_asked_to(server: LyingServer):
    fetch = Fetcher(contact="", limits=Limits(patience=5, first_wait=0.01), allowed_addresses={"127.0.0.1"})
    url = server.says("/busy", answer(b"", "429 Too Many Requests", Retry_After="1"), answer(CSV))
    started = time.monotonic()
    assert fetch(asked(url)).content == CSV
    assert time.monotonic() - started >= 1


def test_a_wait_beyond_all_patience_is_not_waited_for(server: LyingServer, fetch: Fetcher):
    url = server.says("/later", answer(b"", "429 Too Many Requests", Retry_After="3600"))
    with pytest.raises(BusyError, match="3600 s"):
        fetch(asked(url))
    assert server.times_asked("/later") == 1


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "204 No Content"])
def test_a_clear_no_is_not_asked_again(server: LyingServer, fetch: Fetcher, status: str):
    path = f"/no-{status[:3]}"
    with pytest.raises(RefusedError, match=status[:3]):
        fetch(asked(server.says(path, answer(b"", status))))
    assert server.times_asked(path) == 1


def test_an_empty_answer_is_no_file(server: LyingServer, fetch: Fetcher):
    with pytest.raises(RefusedError, match="empty"):
        fetch(asked(server.says("/empty", answer(b""))))


def test_an_announced_giant_is_refused_before_it_is_read(server: LyingServer, fetch: Fetcher):
    with pytest.raises(TooLargeError, match="announced"):
        fetch(asked(server.says("/giant", answer(CSV, Content_Length="99999999999"))))


def test_an_encoding_nobody_asked_for_is_refused(server: LyingServer, fetch: Fetcher):
    with pytest.raises(RefusedError, match="'br'"):
        fetch(asked(server.says("/br", answer(CSV, Content_Encoding="br"))))


def test_a_redirect_loop_ends(server: LyingServer, fetch: Fetcher):
    url = server.says("/loop", answer(b"", "302 Found", Location="/loop"))
    with pytest.raises(RefusedError, match="redirects"):
        fetch(asked(url))


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/secret",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost.localdomain.invalid@10.0.0.1/",
        "http://0x7f.1/",
        "file:///etc/passwd",
        "ftp://example.org/file",
        "//192.168.1.1/file",
    ],
)
def test_a_redirect_to_where_one_does_not_go_is_refused(server: LyingServer, fetch: Fetcher, target: str):
    url = server.says("/away", answer(b"", "302 Found", Location=target))
    with pytest.raises((UnsafeError, UnreachableError)):
        fetch(asked(url))


def test_a_name_that_leads_to_a_private_address_is_refused(server: LyingServer):
    strict = Fetcher(contact="", limits=QUICK)
    with pytest.raises(UnsafeError, match="not a public address"):
        strict(asked(server.url("/good", host="localhost")))


def test_plain_http_must_be_declared(server: LyingServer, fetch: Fetcher):
    with pytest.raises(UnsafeError, match="expected https"):
        fetch(Request(url=server.url("/good")))


def test_a_redirect_does_not_carry_a_key_to_another_host(server: LyingServer, fetch: Fetcher):
    with lying_server() as other:
        target = other.says("/target", answer(CSV))
        url = server.says("/keyed", answer(b"", "302 Found", Location=target))
        request = asked(url, headers={"Authorization": "APPCODE {key}"})
        assert fetch(request, key="secret-1").content == CSV
        assert dict(server.asked)["/keyed"]["authorization"] == "APPCODE secret-1"
        assert "authorization" not in dict(other.asked)["/target"]


def test_a_key_never_gets_into_a_message(server: LyingServer, fetch: Fetcher):
    for url in (server.url("/nothing?key={key}"), "http://10.0.0.1/?key={key}", "https://a b/{key}"):
        with pytest.raises(FetchError) as caught:
            fetch(asked(url), key="secret-2")
        assert "secret-2" not in str(caught.value)


def test_a_missing_key_is_not_configured(fetch: Fetcher):
    with pytest.raises(NotConfiguredError):
        fetch(asked("http://127.0.0.1:1/?key={key}"))


def test_a_post_that_is_redirected_is_refused(server: LyingServer, fetch: Fetcher):
    url = server.says("/post", answer(b"", "302 Found", Location="/good"))
    with pytest.raises(RefusedError, match="POST"):
        fetch(asked(url, method="POST", body=b"{}"))


def test_unchanged_bytes_are_not_sent_again(server: LyingServer, fetch: Fetcher):
    first = fetch(asked(server.url("/tagged")))
    seen = Validators(etag=first.etag, last_modified=first.last_modified)
    assert first.last_modified == datetime(2025, 10, 1, tzinfo=UTC)
    assert fetch(asked(server.url("/tagged")), seen=seen) is None
    headers = server.asked[-1][1]
    assert headers["if-modified-since"] == "Wed, 01 Oct 2025 00:00:00 GMT"


def test_not_modified_without_a_question_is_no_answer(server: LyingServer, fetch: Fetcher):
    with pytest.raises(RefusedError, match="304"):
        fetch(asked(server.says("/lazy", answer(b"", "304 Not Modified"))))


def test_a_page_to_sign_in_comes_as_it_is_and_says_what_it_is(server: LyingServer, fetch: Fetcher):
    payload = fetch(asked(server.says("/page", answer(PAGE, Content_Type="text/html"))))
    assert payload.media_type == "text/html"


def test_a_payloads_own_time_is_never_later_than_its_fetch(server: LyingServer, fetch: Fetcher):
    url = server.says("/future", answer(CSV, Last_Modified="Fri, 01 Jan 2100 00:00:00 GMT"))
    payload = fetch(asked(url))
    assert payload.said_at == payload.fetched_at
    assert datetime.now(UTC) - payload.fetched_at < timedelta(seconds=10)


def test_an_answer_without_an_announced_end_says_so(server: LyingServer, fetch: Fetcher):
    url = server.says("/endless", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + CSV)
    payload = fetch(asked(url))
    assert (payload.content, payload.read_to_end) == (CSV, False)


def test_a_proxy_is_asked_and_private_targets_behind_it_are_still_refused(server: LyingServer):
    proxied = Fetcher(contact="", limits=QUICK, proxy=server.url(""))
    with pytest.raises(UnsafeError):
        proxied(asked("http://127.0.0.1:9/file"))
    server.says("http://8.8.8.8/file", answer(CSV))
    assert proxied(asked("http://8.8.8.8/file")).content == CSV


def test_what_is_tried_again_goes_to_the_log_and_not_to_the_output(server, fetch, caplog, capfd):
    url = server.says("/moody", answer(b"", "503 Service Unavailable"), answer(CSV))
    assert fetch(asked(url)).content == CSV
    assert "stamina" in {entry.name for entry in caplog.records}
    assert capfd.readouterr() == ("", "")


def test_a_host_that_keeps_failing_is_not_asked_for_a_while(server, fetch):
    url = server.says("/down", answer(b"", "503 Service Unavailable"))
    for _ in range(2):
        with pytest.raises(BusyError, match="HTTP 503"):
            fetch(asked(url))
    times = server.times_asked("/down")
    with pytest.raises(BusyError, match="given a rest"):
        fetch(asked(url))
    assert server.times_asked("/down") == times
