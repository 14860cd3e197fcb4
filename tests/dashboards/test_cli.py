"""The commands that serve pages: what they ask of the wiring, and that nothing stays behind."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboards import serving
from dashboards.cli import cli


class Made:
    """Stands for the wiring, and for the scheduler beside the pages; remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str):
        return lambda *_given: (self.asked.append(name), self)[1]


@pytest.fixture
def served(monkeypatch):
    """Serve nothing; give what the server was told."""
    told: dict = {}

    def serve(create, **options):
        told.update(options)
        create()
        (options["measures"] / "counter_1.db").write_bytes(b"")
        if told.get("fail"):
            raise OSError("stopped")

    monkeypatch.setattr(serving, "serve", serve)
    return told


def call(wiring: Made, *words: str):
    return CliRunner().invoke(cli, list(words), obj=wiring)


def test_run_starts_the_scheduler_beside_the_pages_and_stops_it(served):
    wiring = Made()
    assert call(wiring, "run", "--port", "0x1f").exit_code == 2
    answer = call(wiring, "run", "--port", str(free_port()))
    assert answer.exit_code == 0, answer.output
    assert wiring.asked == ["scheduler", "journal", "prepare", "start", "web", "stop"]
    assert served["workers"] == 2
    assert not served["measures"].exists()


def test_serve_has_no_scheduler_and_leaves_nothing_when_it_fails(served):
    wiring = Made()
    served["fail"] = True
    answer = call(wiring, "serve", "--workers", "3", "--port", str(free_port()))
    assert isinstance(answer.exception, OSError)
    assert wiring.asked == ["journal", "prepare", "web"]
    assert served["workers"] == 3
    assert not Path(served["measures"]).exists()


def test_an_address_that_is_taken_is_said_before_anything_is_started(served):
    wiring = Made()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        answer = call(wiring, "serve", "--port", str(other.getsockname()[1]))
    assert isinstance(answer.exception, serving.AddressTakenError)
    assert wiring.asked == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
