"""What the operator measures: requests with their own number in the journal, and ``/metrics`` for Prometheus."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Any, Protocol

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from dashboards.telemetry_settings import TelemetryFields, networks

log = logging.getLogger("web")
SLOW = 2.0  # seconds from which a request stands in the journal though it went well
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
PLAIN = "text/plain; version=0.0.4; charset=utf-8"
_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)


class Fact(Protocol):
    """One gauge read when it is asked for: a value for each tuple of its labels' values."""

    name: str
    said: str
    labels: tuple[str, ...]
    values: Mapping[tuple[str, ...], float]


Facts = Callable[[], Sequence[Fact]]


class _Facts:
    """A collector that asks for the facts when it is read; where that fails it says only that it did."""

    def __init__(self, ask: Facts) -> None:
        self._ask = ask

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            facts = list(self._ask())
        except Exception:
            log.exception("the facts for /metrics could not be read")
            facts = []
        up = GaugeMetricFamily("gba_warehouse_up", "Whether the warehouse answers")
        up.add_metric([], float(bool(facts)))
        yield up
        for fact in facts:
            family = GaugeMetricFamily(fact.name, fact.said, labels=fact.labels)
            for labels, value in fact.values.items():
                family.add_metric(list(labels), value)
            yield family


class Measures:
    """Holds what one worker measures; *shared* workers add up through files that Prometheus' library keeps."""

    def __init__(self, facts: Facts, *, shared: bool) -> None:
        self.registry = CollectorRegistry()
        kept = CollectorRegistry() if shared else self.registry  # shared ones are read from the files instead
        self.requests = Counter(
            "gba_requests", "Requests answered", ["address", "method", "status"], registry=kept
        )
        self.seconds = Histogram(
            "gba_request_seconds", "Seconds until answered", ["address"], buckets=BUCKETS, registry=kept
        )
        self.busy = Gauge(
            "gba_requests_in_progress", "Requests in hand", multiprocess_mode="livesum", registry=kept
        )
        self.made = Counter("gba_answers_made", "Whole pages made anew", registry=kept)
        self.held = Gauge(
            "gba_answers_bytes", "Bytes of pages kept", multiprocess_mode="livesum", registry=kept
        )
        if shared:
            multiprocess.MultiProcessCollector(self.registry)
        self.registry.register(_Facts(facts))

    def made_anew(self, held: int) -> None:
        """Count a page that was made; the cache holds *held* bytes now."""
        self.made.inc()
        self.held.set(held)

    def begin(self) -> None:
        """Give the request at hand its number, a sound one from outside where there is one."""
        given = request.headers.get("X-Request-ID", "")
        g.number = given if _NUMBER.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()
        structlog.contextvars.bind_contextvars(request=g.number)
        self.busy.inc()

    def finish(self, answer: Response) -> Response:
        """Measure the request at hand; one that failed or took long stands in the journal."""
        took = time.perf_counter() - g.began
        address = request.url_rule.rule if request.url_rule else "static"
        self.requests.labels(address, request.method, str(answer.status_code)).inc()
        self.seconds.labels(address).observe(took)
        answer.headers["X-Request-ID"] = g.number
        if answer.status_code >= 500 or took >= SLOW:
            log.warning("%s %s: %d in %.2f s", request.method, request.path, answer.status_code, took)
        return answer

    def over(self, _error: BaseException | None) -> None:
        """Forget the request at hand."""
        if "began" in g:
            self.busy.dec()
            structlog.contextvars.unbind_contextvars("request")

    def read(self, allowed: Sequence[Any]) -> Response:
        """Answer ``/metrics``, to *allowed* networks alone."""
        if not _among(request.remote_addr, allowed):
            said = "The figures of operation are for the operator.\n"
            return Response(said, 403, content_type="text/plain")
        headers = {"Cache-Control": "no-store"}
        return Response(generate_latest(self.registry), content_type=PLAIN, headers=headers)


def attach(server: Flask, settings: TelemetryFields, facts: Facts, *, shared: bool) -> None:
    """Give every request a number, measure it, and serve ``/metrics`` to those in *settings* alone."""
    measures = Measures(facts, shared=shared)
    allowed = networks(settings.metrics_from)
    server.before_request_funcs.setdefault(None, []).insert(0, measures.begin)  # refusals count too
    server.after_request(measures.finish)
    server.teardown_request(measures.over)
    if "answers" in server.extensions:
        server.extensions["answers"].heard = measures.made_anew
    server.add_url_rule("/metrics", "metrics", lambda: measures.read(allowed))


def _among(address: str | None, allowed: Sequence[Any]) -> bool:
    try:
        found = ip_address(address or "")
    except ValueError:
        return False
    return any(found in network for network in allowed)
