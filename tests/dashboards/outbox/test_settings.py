"""Where word goes out."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from dashboards.outbox.settings import OutboxFields, is_address, server_of


def test_nothing_goes_out_until_it_is_set():
    assert not OutboxFields().mails
    assert not OutboxFields().hooks
    assert not OutboxFields(smtp="smtps://mail.example.org").mails  # whose mail would it be?
    assert OutboxFields(smtp="smtps://mail.example.org", mail_from="GBA <gba@example.org>").mails
    assert OutboxFields(webhook="https://hooks.example.org/abc").hooks


def test_a_mail_server_is_read_with_its_user_and_its_usual_port():
    server = server_of("smtp://gba%40office:p%2Fw@mail.example.org")
    assert (server.host, server.port, server.sealed) == ("mail.example.org", 587, False)
    assert (server.user, server.password) == ("gba@office", "p/w")
    assert server_of("smtps://mail.example.org:2465").port == 2465
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(
    "told",
    [
        {"smtp": "http://mail.example.org"},
        {"smtp": "smtp://"},
        {"smtp": "smtp://host:99999"},
        {"mail_from": "nobody"},
        {"mail_from": "a@b.org\nBcc: c@d.org"},
        {"webhook": "http://hooks.example.org"},
        {"webhook": "https://"},
    ],
)
def test_what_cannot_be_is_refused_at_the_start_without_saying_a_secret(told):
    with pytest.raises(ValidationError) as error:
        OutboxFields(**told)
    assert all(fault["msg"].startswith("Value error, expected") for fault in error.value.errors())


@pytest.mark.parametrize("text", ["a@example.org", "first.last+tag@sub.example.gov.hk"])
def test_addresses(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "a@", "@b.org", "a@b", "a b@c.org", "a@b@c.org", "<a@b.org>", "ä@b.org"),
        *("a@b.org\r\nBcc: x@y.org", "a@b.org,c@d.org", "a" * 250 + "@b.org"),
    ],
)
def test_what_is_no_address_or_more_than_one(text):
    assert not is_address(text)
