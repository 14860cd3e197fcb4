"""Who holds a lease, and whether that process is still there."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys

from ingest.holder import is_gone, this_process


def test_this_process_is_here_and_says_for_what():
    assert str(os.getpid()) in this_process("scheduler")
    assert this_process("scheduler").endswith("(scheduler)")
    assert not is_gone(this_process("scheduler"))
    assert not is_gone(this_process())


def test_a_killed_process_of_this_host_is_gone_even_before_it_is_buried():
    child = subprocess.Popen(
        [sys.executable, "-c", "from ingest.holder import *; print(this_process(), flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        holder = child.stdout.readline().strip()
        assert not is_gone(holder)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(holder)
    assert is_gone(holder)


def test_a_number_given_to_a_new_process_does_not_keep_the_old_one_alive():
    assert is_gone(re.sub(r"begun \d+", "begun 1", this_process()))


def test_of_another_host_nothing_is_known():
    assert not is_gone(this_process().replace(socket.gethostname(), "elsewhere", 1))
    assert not is_gone("somebody")
