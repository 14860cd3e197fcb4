"""A short storm of the whole product, of a fixed seed; and that its checks would find what they look for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.faults.whole import Whole
from tests.faults.whole_seen import BASES, FIGURES, Seen, note, version_file, versions
from tests.faults.whole_storm import _check_readers, play

pytestmark = pytest.mark.faults


def answer(stamp: int, *found: int) -> dict:
    rows = [{"value": float(base + version)} for version in found for base in BASES]
    return {"stamp": stamp, "data": (rows * FIGURES)[:FIGURES]}


def checked(*seen: Seen) -> None:
    for one in seen:
        one.states["200"] += 1
    _check_readers(SimpleNamespace(seen=list(seen), happened=Counter()))  # type: ignore[arg-type]


@pytest.mark.timeout(300)
def test_whatever_befalls_the_product_its_history_is_whole(tmp_path: Path) -> None:
    happened = play(tmp_path, 20.0, 1)
    for deed, _ in Whole.BEFALLS:
        assert any(what.startswith(deed.__name__) for what in happened), f"no {deed.__name__} in this storm"
    assert happened["answers"] > 20
    assert happened["logical runs"] > 3
    assert happened["versions loaded"] >= 1
    assert happened["ended missed"] >= 1


@pytest.mark.timeout(300)
@pytest.mark.xdist_group("postgresql")
def test_on_postgresql_too(tmp_path: Path, empty_postgresql_url: str) -> None:
    happened = play(tmp_path, 12.0, 2, empty_postgresql_url)
    assert happened["answers"] > 10
    assert happened["versions loaded"] >= 1
    assert happened["fill_disk"] >= 1


def test_every_figure_of_a_file_tells_its_version() -> None:
    assert versions([base + 7.0 for base in BASES]) == {7}
    assert version_file(7) != version_file(8)


def test_an_answer_of_two_versions_is_found_out() -> None:
    seen = Seen(1)
    note(seen, answer(5, 1, 2))
    with pytest.raises(AssertionError, match=r"stamp 5: versions \[1, 2\]"):
        checked(seen)


def test_an_answer_that_lacks_figures_is_found_out() -> None:
    seen = Seen(1)
    told = answer(5, 1)
    note(seen, told | {"data": told["data"][1:]})
    with pytest.raises(AssertionError, match=f"{FIGURES - 1} figures"):
        checked(seen)


def test_a_stamp_that_goes_back_is_found_out() -> None:
    seen = Seen(1)
    for stamp in (5, 6, 5):
        note(seen, answer(stamp, 1))
    with pytest.raises(AssertionError, match="went back"):
        checked(seen)


def test_two_servers_that_say_otherwise_of_one_stamp_are_found_out() -> None:
    one, other = Seen(1), Seen(2)
    note(one, answer(5, 1))
    note(other, answer(5, 2))
    with pytest.raises(AssertionError, match="a stamp of two states"):
        checked(one, other)


def test_an_answer_that_no_reader_may_get_is_found_out() -> None:
    seen = Seen(1)
    seen.states["404"] += 1
    with pytest.raises(AssertionError, match="404"):
        checked(seen)
