"""Bring a publisher's bytes: over https or from a mirror folder, bounded in time, size and direction."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import stamina
import stamina.instrumentation

from ingest.addresses import check_url, public_addresses
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
from ingest.headers import http_day, instant, retry_seconds
from ingest.hosts import Hosts
from ingest.inflate import inflated
from ingest.mirror import from_mirror
from ingest.source import Payload, Request
from ingest.wire import Deadline, GuardedBackend, trusted

_MOVED = frozenset({301, 302, 303, 307, 308})
_WAIT = frozenset({408, 425, 429, 500, 502, 503, 504})
_GOOD = frozenset({200, 201, 203})


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long, in seconds, and how often to try.

    *patience* bounds all attempts together, unless the body flows at *pace* bytes a second; then *longest*.
    """

    connect: float = 8.0
    idle: float = 10.0
    patience: float = 25.0
    pace: int = 4096
    longest: float = 240.0
    attempts: int = 2
    first_wait: float = 1.0
    redirects: int = 5


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What the publisher said of the bytes that are already here, for a conditional GET."""

    etag: str = ""
    last_modified: datetime | None = None


class Fetcher:
    """Hold how this office reaches the world: contact, mirror folder, proxy, its own authority, limits.

    What is tried again is said to the log and nowhere else.
    """

    def __init__(
        self,
        *,
        contact: str,
        mirror: Path | None = None,
        proxy: str | None = None,
        ca_file: Path | None = None,
        limits: Limits | None = None,
        allowed_addresses: Collection[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.user_agent = f"GBA-Monitor/1.0 (+{contact})" if contact else "GBA-Monitor/1.0"
        self.mirror = mirror
        self.proxy = proxy
        self.ca_file = ca_file
        self.limits = limits or Limits()
        self.allowed_addresses = frozenset(allowed_addresses)
        self.clock = clock
        self.hosts = Hosts()
        stamina.instrumentation.set_on_retry_hooks([stamina.instrumentation.LoggingOnRetryHook])

    def __call__(self, request: Request, *, seen: Validators | None = None, key: str = "") -> Payload | None:
        """Return the payload, or None where the publisher says it has not changed since *seen*.

        Raises FetchError by kind; only the transient kinds were tried again. A host is asked one thing at a
        time, and given a rest when it keeps failing.
        """
        if self.mirror is not None:
            return from_mirror(request, self.mirror, self.clock())
        if not key and "{key}" in "".join((request.url, *request.headers.values())):
            raise NotConfiguredError(f"{request.url}: needs a key; set the source's GBA_KEY_… setting")
        with self.hosts.turn(request.url):
            return self._patiently(request, seen, key)

    def _patiently(self, request: Request, seen: Validators | None, key: str) -> Payload | None:
        started = Deadline(self.limits.patience)
        attempts = stamina.retry_context(
            on=lambda error: _worth_waiting(error, started),
            attempts=self.limits.attempts,
            timeout=self.limits.patience,
            wait_initial=self.limits.first_wait,
            wait_jitter=self.limits.first_wait,
        )
        for attempt in attempts:
            with attempt:
                return self._attempt(request, seen, key, started)
        raise AssertionError("stamina lets the last error through")

    def _attempt(
        self, request: Request, seen: Validators | None, key: str, deadline: Deadline
    ) -> Payload | None:
        try:
            with self._client(deadline) as client:
                return self._follow(client, request, seen, key, deadline)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise StalledError(f"{request.url}: no answer in time ({type(error).__name__})") from error
        except (httpcore.ConnectError, httpcore.ProxyError) as error:
            if isinstance(error.__cause__ or error.__context__, ssl.SSLCertVerificationError):
                raise RefusedError(f"{request.url}: its certificate is not trusted ({error})") from error
            raise UnreachableError(f"{request.url}: unreachable ({error})") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise CutShortError(f"{request.url}: the answer broke off ({error})") from error
        except httpx.InvalidURL as error:
            raise UnsafeError(f"{request.url}: expected an address, found {error}") from error

    def _client(self, deadline: Deadline) -> httpx.Client:
        backend = GuardedBackend(deadline, self.allowed_addresses, urlsplit(self.proxy or "").hostname)
        trust = trusted(self.ca_file)
        if self.proxy:
            pool = httpcore.HTTPProxy(self.proxy, ssl_context=trust, network_backend=backend)
        else:
            pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=backend)
        limits = self.limits
        return httpx.Client(
            transport=_Transport(pool),
            timeout=httpx.Timeout(limits.idle, connect=limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    def _follow(
        self, client: httpx.Client, request: Request, seen: Validators | None, key: str, deadline: Deadline
    ) -> Payload | None:
        url = request.url.replace("{key}", key)
        first_host = urlsplit(url).netloc
        for _hop in range(self.limits.redirects + 1):
            self._check(url, request, key, deadline)
            headers = self._headers(request, seen, key, at_home=urlsplit(url).netloc == first_host)
            content = request.body or None
            with client.stream(request.method, url, headers=headers, content=content) as answer:
                if answer.status_code not in _MOVED:
                    return self._payload(answer, request, seen, deadline)
                url = _next(url, answer, request)
        raise RefusedError(
            f"{request.url}: more than {self.limits.redirects} redirects, the last to {_shown(url, key)}"
        )

    def _check(self, url: str, request: Request, key: str, deadline: Deadline) -> None:
        shown = _shown(url, key)
        check_url(url, plain_http=request.plain_http, allowed=self.allowed_addresses, shown=shown)
        if self.proxy:
            # The proxy connects for us, so look where it would go, as far as this office can see.
            parts = urlsplit(url)
            seconds = min(self.limits.connect, deadline.left())
            public_addresses(
                parts.hostname or "",
                parts.port or 443,
                seconds=seconds,
                allowed=self.allowed_addresses,
                must_resolve=False,
            )

    def _headers(
        self, request: Request, seen: Validators | None, key: str, *, at_home: bool
    ) -> dict[str, str]:
        headers = {"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        if seen and seen.etag:
            headers["If-None-Match"] = seen.etag
        if seen and seen.last_modified:
            headers["If-Modified-Since"] = http_day(seen.last_modified)
        if at_home:  # another host gets neither keys nor anything else that was meant for the first
            headers |= {name: value.replace("{key}", key) for name, value in request.headers.items()}
        return headers

    def _payload(
        self, answer: httpx.Response, request: Request, seen: Validators | None, deadline: Deadline
    ) -> Payload | None:
        if answer.status_code == 304 and seen is not None:
            return None
        _refuse_status(answer, request, self.clock())
        length = answer.headers.get("content-length", "")
        if length.isdigit() and int(length) > request.max_bytes:
            raise TooLargeError(
                f"{request.url}: expected at most {request.max_bytes} bytes, found {length} announced"
            )
        encoding = answer.headers.get("content-encoding", "identity").strip().lower()
        pieces = self._pieces(answer, request, deadline)
        content = b"".join(inflated(pieces, encoding, request.max_bytes, request.url))
        if not content:
            raise RefusedError(f"{request.url}: expected a file, found an empty answer")
        return Payload(
            content=content,
            url=request.url,
            media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
            fetched_at=self.clock(),
            last_modified=instant(answer.headers.get("last-modified")),
            etag=answer.headers.get("etag", ""),
            read_to_end=bool(length) or "transfer-encoding" in answer.headers or encoding == "gzip",
        )

    def _pieces(self, answer: httpx.Response, request: Request, deadline: Deadline) -> Iterator[bytes]:
        started = time.monotonic()
        came = 0
        for piece in answer.iter_raw():
            came += len(piece)
            if came > request.max_bytes:
                raise TooLargeError(f"{request.url}: expected at most {request.max_bytes} bytes, found more")
            now = time.monotonic()
            if came >= self.limits.pace * max(now - started, 1.0):
                deadline.at = max(deadline.at, min(now + self.limits.idle, started + self.limits.longest))
            yield piece


class _Transport(httpx.BaseTransport):
    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _worth_waiting(error: Exception, deadline: Deadline) -> bool | float:
    if not isinstance(error, FetchError) or not error.transient or not deadline.left():
        return False
    wait = getattr(error, "retry_after", None)
    if wait is None:
        return True
    # 0 would read as "do not retry"
    return max(wait, 0.001) if wait < deadline.left() else False


def _refuse_status(answer: httpx.Response, request: Request, now: datetime) -> None:
    status = answer.status_code
    if status in _WAIT:
        wait = retry_seconds(answer.headers.get("retry-after"), now)
        later = f", asks to wait {wait:.0f} s" if wait is not None else ""
        raise BusyError(f"{request.url}: expected the file, found HTTP {status}{later}", wait)
    if status not in _GOOD:
        raise RefusedError(f"{request.url}: expected the file, found HTTP {status}")


def _next(url: str, answer: httpx.Response, request: Request) -> str:
    target = answer.headers.get("location", "")
    if not target:
        raise RefusedError(f"{request.url}: a redirect (HTTP {answer.status_code}) that says nowhere to go")
    if request.method != "GET" and answer.status_code not in {307, 308}:
        raise RefusedError(f"{request.url}: a {request.method} was redirected (HTTP {answer.status_code})")
    return urljoin(url, target)


def _shown(url: str, key: str) -> str:
    return url.replace(key, "{key}") if key else url
