"""Seats shared by the processes of one machine."""

from __future__ import annotations

import signal
import subprocess
import sys

from dashboards.exports.seats import Seats

SITS = """
import sys, time
from pathlib import Path
from dashboards.exports.seats import Seats
seats = Seats(Path(sys.argv[1]), 1)
print(seats.take(), flush=True)
time.sleep(60)
"""


def test_no_more_seats_are_taken_than_there_are(tmp_path) -> None:
    three = [Seats(tmp_path, 2) for _ in range(3)]
    assert [one.take() for one in three] == [True, True, False]
    three[0].leave()
    assert three[2].take()


def test_who_has_a_seat_keeps_it_when_asking_again(tmp_path) -> None:
    one = Seats(tmp_path, 1)
    assert one.take()
    assert one.take()
    assert one.taken


def test_who_sits_sees_that_somebody_waits_and_stops_seeing_it(tmp_path) -> None:
    sitting, waiting = Seats(tmp_path, 1), Seats(tmp_path, 1)
    sitting.take()
    assert not sitting.wanted()
    waiting.take()
    assert sitting.wanted()
    waiting.leave()
    assert not sitting.wanted()


def test_a_killed_process_leaves_no_seat_taken(tmp_path) -> None:
    with subprocess.Popen([sys.executable, "-c", SITS, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        here = Seats(tmp_path, 1)
        assert not here.take()
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert here.take()


def test_the_room_of_a_seat_is_empty_whoever_sat_there_before(tmp_path) -> None:
    before = Seats(tmp_path, 1)
    before.take()
    (before.room() / "left").write_text("behind")
    before.leave()
    after = Seats(tmp_path, 1)
    after.take()
    assert list(after.room().iterdir()) == []
