"""The image engine: a queue that answers everybody, a Chromium that may die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboards.exports.chromium import Canvas
from dashboards.exports.engine import Engine, ImageError, Limits
from tests.dashboards.exports.chromiums import gone, group, needs_chromium

CHART = {"data": [{"type": "bar", "x": [1, 2], "y": [3, 4]}], "layout": {"template": {}}}
SMALL = Canvas(width=200, height=120)
PNG = b"\x89PNG"


def test_without_chromium_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    bare = Engine()
    assert not bare.able
    with pytest.raises(ImageError, match="install the package chromium") as told:
        bare.draw(CHART, SMALL)
    assert told.value.reason == "picture.no_chromium"


def test_a_program_that_is_no_browser_is_given_up_after_a_few_tries(tmp_path) -> None:
    false = tmp_path / "chromium"
    false.write_text("#!/bin/sh\necho started >> " + str(tmp_path / "starts") + "\nexit 1\n")
    false.chmod(0o755)
    broken = Engine(path=str(false), limits=Limits(start=5, draw=2, wait=40, tries=2))
    with pytest.raises(ImageError):
        broken.draw(CHART, SMALL)
    assert (tmp_path / "starts").read_text().count("started") == 2
    broken.close()


@needs_chromium
def test_twenty_at_once_all_arrive_and_a_chromium_killed_in_the_middle_is_replaced(engine) -> None:
    engine.draw(CHART, SMALL)
    first = engine.pid
    with ThreadPoolExecutor(20) as many:
        asked = [many.submit(engine.draw, CHART, SMALL) for _ in range(20)]
        time.sleep(0.3)
        os.killpg(first, signal.SIGKILL)
        images = {one.result() for one in asked}
    assert len(images) == 1
    assert images.pop().startswith(PNG)
    assert engine.pid != first
    assert gone(first)


@needs_chromium
def test_a_page_that_dies_under_a_living_chromium_is_replaced_too(engine) -> None:
    whole = engine.draw(CHART, SMALL)
    for pid in group(engine.pid):
        with open(f"/proc/{pid}/cmdline", "rb") as told:  # noqa: PTH123
            if b"--type=renderer" in told.read():
                os.kill(pid, signal.SIGKILL)
    assert engine.draw(CHART, SMALL) == whole


@needs_chromium
def test_a_chart_that_cannot_be_drawn_fails_alone(engine) -> None:
    before = engine.draw(CHART, SMALL)
    with pytest.raises(ImageError):
        engine.draw({"data": "nonsense", "layout": []}, SMALL)
    assert engine.draw(CHART, SMALL) == before


@needs_chromium
def test_it_rests_when_idle_and_when_another_process_waits(tmp_path) -> None:
    one = Engine(tmp_path, limits=Limits(idle=1))
    one.draw(CHART, SMALL)
    first = one.pid
    until = time.monotonic() + 15
    while one.pid is not None and time.monotonic() < until:
        time.sleep(0.1)
    assert one.pid is None
    assert gone(first)
    assert one.draw(CHART, SMALL).startswith(PNG)
    one.close()
    assert one.pid is None


@needs_chromium
def test_a_third_engine_waits_until_an_idle_one_gives_its_seat_up(tmp_path) -> None:
    engines = [Engine(tmp_path) for _ in range(3)]
    for one in engines:
        assert one.draw(CHART, SMALL).startswith(PNG)
    time.sleep(1.2)
    assert sum(one.pid is not None for one in engines) <= 2
    for one in engines:
        one.close()


@needs_chromium
def test_closing_ends_every_process_and_another_picture_starts_them_anew(tmp_path) -> None:
    engine = Engine(tmp_path)
    engine.draw(CHART, SMALL)
    leader = engine.pid
    assert len(group(leader)) > 1
    engine.close()
    assert gone(leader)
    assert engine.draw(CHART, SMALL).startswith(PNG)
    engine.close()


DRAWS = """
import sys, time
from dashboards.exports.chromium import Canvas
from dashboards.exports.engine import Engine
engine = Engine()
engine.draw({"data": [], "layout": {}}, Canvas(width=99, height=99))
print(engine.pid, flush=True)
if sys.argv[1] == "hang":
    time.sleep(60)
"""


@needs_chromium
@pytest.mark.faults
@pytest.mark.parametrize("how", ["end", "hang"])
def test_no_chromium_outlives_the_process_that_started_it(how: str) -> None:
    with subprocess.Popen([sys.executable, "-c", DRAWS, how], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        leader = int(process.stdout.readline())
        if how == "hang":
            process.kill()
        process.wait(20)
        assert gone(leader)


@needs_chromium
def test_no_thread_is_left_after_closing() -> None:
    before = set(threading.enumerate())
    engine = Engine()
    for _ in range(3):
        engine.draw(CHART, SMALL)
        engine.close()
    until = time.monotonic() + 10
    while (left := set(threading.enumerate()) - before) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == set()
