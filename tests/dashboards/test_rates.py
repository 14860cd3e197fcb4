"""How much one viewer may ask for at a time."""

from __future__ import annotations

import pytest

from dashboards import rates
from dashboards.rates import RATES, Buckets, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


SLOW = Rate(name="slow", prefixes=("/x",), per_minute=60, burst=3)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_burst_passes_and_then_one_a_second(clock):
    buckets = Buckets(rates=[SLOW], now=clock)
    assert [buckets.take("a", "GET", "/x", {}) for _ in range(5)] == [0, 0, 0, 1, 1]
    clock.now += 1
    assert [buckets.take("a", "GET", "/x", {}) for _ in range(2)] == [0, 1]
    clock.now += 3600
    assert [buckets.take("a", "GET", "/x", {}) for _ in range(4)] == [0, 0, 0, 1]


def test_one_viewer_does_not_use_up_anothers(clock):
    buckets = Buckets(rates=[SLOW], now=clock)
    for _ in range(9):
        buckets.take("a", "GET", "/x", {})
    assert buckets.take("b", "GET", "/x", {}) == 0


def test_refused_requests_do_not_put_off_the_next(clock):
    buckets = Buckets(rates=[SLOW], now=clock)
    for _ in range(500):
        buckets.take("a", "GET", "/x", {})
    clock.now += 1
    assert buckets.take("a", "GET", "/x", {}) == 0


@pytest.mark.parametrize(
    ("method", "path", "query", "names"),
    [
        ("GET", "/", {}, []),
        ("GET", "/sign-in", {}, []),
        ("POST", "/sign-in", {}, ["sign_in"]),
        ("POST", "/sign-in/password", {}, ["sign_in"]),
        ("GET", "/sign-in/done", {}, ["provider"]),
        ("GET", "/api/v1/places", {}, ["api"]),
        ("GET", "/api/v1/panels/a", {"format": "csv"}, ["api"]),
        ("GET", "/api/v1/panels/a", {"format": "png"}, ["exports", "api"]),
        ("GET", "/api/v1/briefings/a", {"format": "pptx"}, ["exports", "api"]),
    ],
)
def test_costly_requests_are_told_from_cheap_ones(method, path, query, names):
    assert [rate.name for rate in RATES if rate.covers(method, path, query)] == names


def test_memory_stays_bounded_however_many_ask(clock, monkeypatch):
    monkeypatch.setattr(rates, "MOST_HELD", 50)
    buckets = Buckets(rates=[SLOW], now=clock)
    for n in range(500):
        buckets.take(f"address {n}", "GET", "/x", {})
        clock.now += 0.001
    assert len(buckets._left) <= 50


def test_clearing_away_keeps_those_who_have_asked_for_too_much(clock, monkeypatch):
    monkeypatch.setattr(rates, "MOST_HELD", 20)
    buckets = Buckets(rates=[SLOW], now=clock)
    for n in range(15):
        buckets.take(f"address {n}", "GET", "/x", {})
    clock.now += 100
    for _ in range(4):
        buckets.take("greedy", "GET", "/x", {})
    for n in range(6):
        buckets.take(f"other {n}", "GET", "/x", {})
    assert buckets.take("greedy", "GET", "/x", {}) > 0


def test_a_clock_that_is_set_back_takes_no_tokens_away(clock):
    buckets = Buckets(rates=[SLOW], now=clock)
    buckets.take("a", "GET", "/x", {})
    clock.now -= 3600
    assert [buckets.take("a", "GET", "/x", {}) for _ in range(3)] == [0, 0, 1]
