import os
import signal
import sys
import time

from ingest.standby import Standby

PATIENT = [sys.executable, "-c", "import time; time.sleep(60)"]


def wait_until(true, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def gone(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_scheduler_that_dies_is_started_again_and_it_is_said():
    said = []
    standby = Standby(PATIENT, said.append, first_pause=0.05)
    standby.start()
    try:
        first = standby.process_id
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: standby.process_id not in {None, first})
        assert said == ["scheduler: its process ended with -9; starting it again"]
    finally:
        standby.stop()


def test_stop_ends_the_process_and_nothing_starts_it_again():
    standby = Standby(PATIENT, lambda _: None, first_pause=0.05)
    standby.start()
    child = standby.process_id
    standby.stop()
    standby.stop()
    assert gone(child)
    time.sleep(0.2)
    assert standby.process_id is None
