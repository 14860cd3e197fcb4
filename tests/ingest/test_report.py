"""What people are told about a run."""

from __future__ import annotations

import io

from rich.console import Console

from ingest.report import RunReport, exit_code, print_reports, progress

REPORTS = [
    RunReport(source_id="hk_immigration_daily", status="loaded", read=53904, figures=161712, new=161712),
    RunReport(source_id="other", status="failed", failed=1, message="https://[x]: unreachable"),
]


def shown(terminal: bool) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=160, color_system=None)
    print_reports(REPORTS, console)
    return console.file.getvalue()


def test_a_pipe_gets_plain_columns():
    lines = shown(terminal=False).splitlines()
    head = ["source", "status", "read", "figures", "new", "unchanged", "quarantined", "failed"]
    assert lines[0].split()[:8] == head
    counts = ["53,904", "161,712", "161,712", "0", "0", "0"]
    assert lines[1].split() == ["hk_immigration_daily", "loaded", *counts]
    assert lines[2].endswith("https://[x]: unreachable")
    assert all(line.isascii() for line in lines)


def test_a_terminal_gets_a_table():
    assert "┃" in shown(terminal=True)
    assert "161,712" in shown(terminal=True)


def test_a_long_message_stays_one_line_in_a_pipe():
    console = Console(file=io.StringIO(), width=40)
    print_reports([RunReport(source_id="s", status="failed", message="word " * 50)], console)
    assert len(console.file.getvalue().splitlines()) == 2


def test_a_failure_is_an_exit_code_and_a_missing_key_is_not():
    assert exit_code(REPORTS) == 1
    assert exit_code(REPORTS[:1]) == 0
    assert exit_code([RunReport(source_id="s", status="not_configured")]) == 0


def test_the_bar_is_silent_in_a_pipe_and_moves_on_a_terminal():
    for terminal in (False, True):
        console = Console(file=io.StringIO(), force_terminal=terminal, width=100)
        with progress(1, console) as step:
            step("a", "fetch")
            step("a", "load")
        assert ("load" in console.file.getvalue()) is terminal
