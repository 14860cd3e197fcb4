"""How often a host is asked, by a clock and a chance that the test sets."""

from __future__ import annotations

import threading

import pytest

from ingest.errors import BusyError, RefusedError, StalledError
from ingest.hosts import Hosts, Manners

URL, SAME, OTHER = "https://a.example.org/x", "https://A.example.org/y", "https://b.example.org/x"


class Time:
    """Holds a steady clock that only moves when told, or slept on."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def hosts(time: Time) -> Hosts:
    return Hosts(Manners(), clock=time, sleep=time.sleep, chance=lambda: 0.5)


def ask(hosts: Hosts, url: str, error: Exception | None = None) -> None:
    with hosts.turn(url):
        if error:
            raise error


def fail(hosts: Hosts, url: str = URL, error: Exception | None = None) -> None:
    error = error or StalledError("no answer")
    with pytest.raises(type(error)):
        ask(hosts, url, error)


def test_between_two_requests_of_a_host_lies_a_breath_and_none_between_two_hosts(hosts, time):
    for url in (URL, OTHER, SAME):
        ask(hosts, url)
    assert time.slept == [0.2]


def test_one_failure_alone_gives_no_rest_because_one_address_may_be_broken(hosts, time):
    fail(hosts)
    ask(hosts, SAME)
    fail(hosts)
    ask(hosts, SAME)


def test_failures_in_a_row_give_ever_longer_rests_up_to_the_longest(hosts, time):
    fail(hosts)
    rests = []
    for _ in range(7):
        fail(hosts)
        with pytest.raises(BusyError, match="given a rest") as refused:
            ask(hosts, SAME)
        rests.append(refused.value.retry_after)
        time.now += refused.value.retry_after + 0.001
    assert rests == pytest.approx([30, 60, 120, 240, 480, 900, 900])


def test_an_answer_ends_the_row_even_where_it_refuses(hosts, time):
    fail(hosts)
    fail(hosts, error=RefusedError("404"))
    fail(hosts)
    ask(hosts, URL)


def test_a_host_that_asks_for_patience_is_given_it_at_once(hosts, time):
    fail(hosts, error=BusyError("429", retry_after=75.0))
    with pytest.raises(BusyError, match=r"rest of 75 s more .it asked for that"):
        ask(hosts, SAME)
    ask(hosts, OTHER)
    time.now += 75.1
    ask(hosts, SAME)


def test_the_rest_varies_so_that_offices_do_not_come_back_together(time):
    lengths = []
    for chance in (0.0, 1.0):
        hosts = Hosts(Manners(), clock=time, sleep=time.sleep, chance=lambda chance=chance: chance)
        fail(hosts)
        fail(hosts)
        with pytest.raises(BusyError) as refused:
            ask(hosts, URL)
        lengths.append(refused.value.retry_after)
    assert lengths == pytest.approx([22.5, 37.5])


def test_two_threads_never_ask_one_host_at_the_same_time():
    hosts = Hosts(Manners(breath=0.0))
    inside, most = [], []

    def work() -> None:
        for _ in range(50):
            with hosts.turn(URL):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(most) == 200
    assert set(most) == {1}
