"""Memory is given back once a burst of makings is over: never during one, and not for every page."""

from __future__ import annotations

import gc
import time
import weakref

from dashboards.answers import Answer, AnswerCache
from dashboards.files import file_of
from dashboards.tidying import Tidying, one_heap, tidy


class Ring:
    """Refers to itself, as a drawn chart does."""

    def __init__(self) -> None:
        self.me = self


def until(holds, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def test_what_refers_to_itself_is_gone_after_tidying() -> None:
    gc.disable()
    try:
        ring = weakref.ref(Ring())
        assert ring() is not None
        one_heap()
        tidy()
        assert ring() is None
    finally:
        gc.enable()


def test_a_burst_is_tidied_up_behind_once_and_the_next_one_again() -> None:
    times: list[float] = []
    tidying = Tidying(quiet=0.5, every=0.6, tidy=lambda: times.append(time.monotonic()))
    began = time.monotonic()
    for _ in range(5):
        tidying.stir()
    assert until(lambda: bool(times))
    assert times[0] - began >= 0.4  # not while pages are being made
    time.sleep(1.5)
    assert len(times) == 1  # nothing was made since
    tidying.stir()
    assert until(lambda: len(times) == 2)


def test_makings_without_end_do_not_put_it_off_for_ever() -> None:
    times: list[float] = []
    tidying = Tidying(quiet=0.05, every=0.3, tidy=lambda: times.append(time.monotonic()))

    def stirring() -> bool:
        tidying.stir()
        return bool(times)

    assert until(stirring)


def test_the_cache_says_when_a_page_was_made_and_is_silent_when_it_was_kept() -> None:
    said: list[str] = []
    cache = AnswerCache(after=lambda: said.append("made"))
    for _ in range(3):
        cache.get("a", lambda: Answer(file=file_of(b"x", "text/plain")), version=1)
    assert said == ["made"]
