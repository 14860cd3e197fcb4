"""The command that sends word out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from dashboards.outbox import post
from dashboards.outbox.cli import cli
from dashboards.outbox.post import Round
from dashboards.outbox.settings import OutboxFields

HOOK = OutboxFields(webhook="https://hooks.example.org/x")


def call(settings: OutboxFields):
    room = SimpleNamespace(settings=settings)
    return CliRunner().invoke(cli, [], obj=SimpleNamespace(post_room=lambda: room))


def test_where_nothing_is_set_it_says_what_to_set():
    answer = call(OutboxFields())
    assert (answer.exit_code, "GBA_SMTP" in answer.output) == (0, True)


@pytest.mark.parametrize(
    ("done", "code"), [(Round(written=2, sent=2), 0), (Round(again=1), 1), (Round(given_up=1), 1)]
)
def test_it_says_what_it_did_and_fails_where_something_did_not_go_out(monkeypatch, done, code):
    monkeypatch.setattr(post, "post", lambda _room, _now: done)
    answer = call(HOOK)
    assert answer.exit_code == code
    assert f"{done.sent} sent" in answer.output
