"""Answers: made once, kept within bounds, waited for together."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboards.answers import Answer, AnswerCache
from dashboards.files import File


def answer(size: int, *, keep: bool = True) -> Answer:
    return Answer(file=File(body=b"x" * size, zipped=None, etag="e", content_type="t"), keep=keep)


class Slow:
    """A making under way from the moment it has ``begun`` until it may ``go_on``."""

    def __init__(self, size: int) -> None:
        self.size, self.begun, self.go_on = size, threading.Event(), threading.Event()

    def __call__(self) -> Answer:
        self.begun.set()
        self.go_on.wait(10)
        return answer(self.size)


def test_an_answer_is_made_once() -> None:
    cache = AnswerCache()
    made = []
    for _ in range(3):
        cache.get("key", lambda: made.append(1) or answer(10))
    assert len(made) == 1
    assert len(cache) == 1


def test_many_who_ask_at_once_wait_for_one() -> None:
    cache = AnswerCache()
    made = []
    start = threading.Barrier(8)

    def make() -> Answer:
        made.append(1)
        time.sleep(0.05)
        return answer(10)

    def ask(_: int) -> Answer:
        start.wait()
        return cache.get("key", make)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert len(made) == 1
    assert len({id(one) for one in answers}) == 1


def test_a_failure_is_told_to_all_and_forgotten() -> None:
    cache = AnswerCache()

    def fail() -> Answer:
        raise RuntimeError("no warehouse")

    with pytest.raises(RuntimeError, match="no warehouse"):
        cache.get("key", fail)
    assert cache.get("key", lambda: answer(3)).size == 3


def test_the_longest_unused_leaves_first() -> None:
    cache = AnswerCache(most_bytes=100)
    cache.get("a", lambda: answer(40))
    cache.get("b", lambda: answer(40))
    cache.get("a", lambda: answer(1))
    cache.get("c", lambda: answer(40))
    made = []
    cache.get("a", lambda: made.append("a") or answer(40))
    cache.get("b", lambda: made.append("b") or answer(40))
    assert made == ["b"]
    assert cache.bytes_held <= 100


def test_bytes_are_counted_with_their_compressed_form() -> None:
    both = Answer(file=File(body=b"12345", zipped=b"123", etag="e", content_type="t"))
    assert both.size == 8


def test_what_is_too_large_or_not_well_is_not_kept() -> None:
    cache = AnswerCache(most_bytes=100)
    cache.get("large", lambda: answer(101))
    cache.get("broken", lambda: answer(10, keep=False))
    assert len(cache) == 0
    assert cache.bytes_held == 0


def test_a_new_version_takes_the_place_of_the_one_before() -> None:
    heard: list[int] = []
    cache = AnswerCache(heard=heard.append)
    cache.get("a", lambda: answer(30), version=1)
    newer = cache.get("a", lambda: answer(20), version=2)
    assert newer.size == 20
    assert (len(cache), cache.bytes_held, heard) == (1, 20, [30, 20])


def flipping(cache: AnswerCache):
    """Return what a second viewer is given while a first makes the answer of version 2."""
    old = cache.get("a", lambda: answer(10), version=1)
    make = Slow(20)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "a", make, 2)
        make.begun.wait(10)
        second = pool.submit(cache.get, "a", make, 2)
        time.sleep(0.05)
        waited = not second.done()
        make.go_on.set()
        return old, first.result(), second.result(), waited


def test_while_a_new_version_is_made_others_are_given_the_one_before() -> None:
    old, first, second, waited = flipping(AnswerCache())
    assert (first.size, second is old, waited) == (20, True, False)


def test_an_answer_that_was_not_the_newest_lately_is_not_given_again() -> None:
    ticking = iter(range(0, 10_000, 60))
    _, first, second, waited = flipping(AnswerCache(clock=lambda: float(next(ticking))))
    assert (first.size, second.size, waited) == (20, 20, True)


def test_whoever_is_alone_after_a_load_sees_the_new_facts() -> None:
    cache = AnswerCache()
    for version in range(5):
        assert cache.get("a", lambda size=version: answer(size + 1), version=version).size == version + 1


def test_in_a_crowd_every_page_is_made_once_and_nobody_waits() -> None:
    cache = AnswerCache()
    made: list[str] = []
    for name in "abcd":
        cache.get(name, lambda: answer(1), version=1)
    slow = Slow(2)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(cache.get, "a", slow, 2)
        slow.begun.wait(10)
        for name in "bcdbcd":
            assert cache.get(name, lambda name=name: made.append(name) or answer(2), version=2).size == 1
        slow.go_on.set()
        assert first.result().size == 2
    deadline = time.monotonic() + 10
    while [cache.get(name, lambda: answer(3), version=2).size for name in "abcd"] != [2, 2, 2, 2]:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert made == ["b", "c", "d"]


def test_what_fails_in_the_background_is_tried_again_by_the_next_who_asks(caplog) -> None:
    cache = AnswerCache()
    for name in "ab":
        cache.get(name, lambda: answer(1), version=1)
    slow = Slow(2)

    def fail() -> Answer:
        raise RuntimeError("no warehouse")

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(cache.get, "a", slow, 2)
        slow.begun.wait(10)
        assert cache.get("b", fail, version=2).size == 1
        slow.go_on.set()
        first.result()
    deadline = time.monotonic() + 10
    while "could not be made" not in caplog.text:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert cache.get("b", lambda: answer(4), version=2).size == 4


def test_however_many_ask_only_a_few_answers_are_made_at_a_time() -> None:
    cache = AnswerCache(at_once=2)
    counting, busy, most = threading.Lock(), 0, 0

    def make() -> Answer:
        nonlocal busy, most
        with counting:
            busy += 1
            most = max(most, busy)
        time.sleep(0.02)
        with counting:
            busy -= 1
        return answer(1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: cache.get(number, make), range(24)))
    assert most == 2
    assert len(cache) == 24


def test_when_loads_come_faster_than_pages_each_is_made_of_the_newest_facts_alone() -> None:
    ticks = [0.0]
    cache = AnswerCache(clock=lambda: ticks[0])
    made: list[int] = []
    for name in "ab":
        cache.get(name, lambda: answer(1), version=1)
    slow = Slow(2)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "a", slow, 2)
        slow.begun.wait(10)
        cache.get("a", slow, version=3)  # the background is busy with a page
        time.sleep(0.05)
        for version in (2, 3, 4):
            kept = cache.get("b", lambda size=version: made.append(size) or answer(size), version=version)
            assert kept.size == 1
        ticks[0] = 1000.0  # the one before is too old to be given now: whoever asks waits
        waiting = pool.submit(cache.get, "b", lambda: answer(99), 2)
        time.sleep(0.05)
        assert not waiting.done()
        slow.go_on.set()
        assert first.result().size == 2
        assert waiting.result(10).size == 4  # newer facts than asked for, never older ones
    assert made == [4]
    assert cache.get("b", lambda: answer(99), version=4).size == 4
    assert not cache._making
    assert not cache._orders
