"""Handing messages over: to a mail server and a webhook that behave, and to ones that do not."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from types import SimpleNamespace

import httpx
import pytest

from dashboards.outbox import sending
from dashboards.outbox.sending import NotSentError, mail_of, sender
from dashboards.outbox.settings import OutboxFields
from metrics.warehouse.outbox import Message

MESSAGE = Message(
    message_id="digest:chan:2026-11-21",
    kind="digest",
    recipient="chan",
    channel="mail",
    address="chan@example.org",
    lang="zh-Hant",
    subject="大灣區監測：\r\nBcc: x@y.org",
    body="第三項：8.5萬 → 9萬\n",
    made_at=datetime(2026, 11, 21, 0, 5, tzinfo=UTC),
)


class _Line(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a mail needs; ``server.refuse`` answers one command otherwise."""

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word in self.server.refuse:
                self.say(self.server.refuse[word])
            elif word == "DATA":
                self.say("354 go on")
                lines = []
                while (one := self.rfile.readline()) != b".\r\n":
                    lines.append(one)
                self.server.got.append(b"".join(lines))
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(**refuse: str) -> Iterator[SimpleNamespace]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Line) as server:
        server.daemon_threads = True
        server.refuse, server.got = refuse, []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.server_address[1]
        settings = OutboxFields(smtp=f"smtp://127.0.0.1:{port}", mail_from="GBA Monitor <gba@example.org>")
        try:
            yield SimpleNamespace(settings=settings, got=server.got)
        finally:
            server.shutdown()
            thread.join()


def test_a_mail_arrives_in_its_language_and_no_header_can_be_slipped_in():
    with mail_server() as there:
        sender(there.settings)(MESSAGE)
    (raw,) = there.got
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["To"] == "chan@example.org"
    assert mail["Bcc"] is None
    assert mail["Subject"] == "大灣區監測： Bcc: x@y.org"
    assert mail.get_content().replace("\r\n", "\n") == MESSAGE.body
    assert mail["Content-Language"] == "zh-Hant"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_same_message_carries_the_same_number():
    assert (
        mail_of(MESSAGE, "gba@example.org")["Message-ID"] == mail_of(MESSAGE, "gba@example.org")["Message-ID"]
    )


@pytest.mark.parametrize(
    ("refuse", "again"),
    [
        ({"RCPT": "450 later"}, True),
        ({"RCPT": "550 no such mailbox"}, False),
        ({"MAIL": "451 busy"}, True),
        ({"DATA": "554 not wanted"}, False),
        ({"MAIL": "421 closing"}, True),
    ],
)
def test_a_refusal_says_whether_trying_again_may_help(refuse, again):
    with mail_server(**refuse) as there, pytest.raises(NotSentError) as error:
        sender(there.settings)(MESSAGE)
    assert error.value.again is again
    assert there.got == []


def test_a_server_that_is_away_is_tried_again():
    settings = OutboxFields(smtp="smtp://127.0.0.1:1", mail_from="gba@example.org")
    with pytest.raises(NotSentError, match="cannot be reached") as error:
        sender(settings)(MESSAGE)
    assert error.value.again


def test_a_distant_server_without_encryption_gets_nothing(monkeypatch):
    monkeypatch.setattr(sending, "LOOPBACK", frozenset())
    with mail_server() as there, pytest.raises(NotSentError, match="no encryption"):
        sender(there.settings)(MESSAGE)
    assert there.got == []


@pytest.mark.parametrize(
    ("status", "sent", "again"),
    [(204, True, False), (302, False, False), (400, False, False), (429, False, True), (503, False, True)],
)
def test_a_webhook_is_told_once_each_and_never_follows(monkeypatch, status, sent, again):
    calls = []

    def post(url, *, content, headers, timeout, follow_redirects):
        calls.append((url, json.loads(content), headers["Idempotency-Key"], follow_redirects))
        return httpx.Response(status, headers={"Location": "http://127.0.0.1/"})

    monkeypatch.setattr(httpx, "post", post)
    message = Message(
        **{**{name: getattr(MESSAGE, name) for name in MESSAGE.__slots__}, "channel": "webhook"}
    )
    settings = OutboxFields(webhook="https://hooks.example.org/secret-part")
    if sent:
        sender(settings)(message)
    else:
        with pytest.raises(NotSentError) as error:
            sender(settings)(message)
        assert error.value.again is again
        assert "secret-part" not in str(error.value)
    ((_, body, key, follows),) = calls
    assert (body["text"], key, follows) == (MESSAGE.body, MESSAGE.message_id, False)
