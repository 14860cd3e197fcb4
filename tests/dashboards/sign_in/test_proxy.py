"""What proxies say is believed from those we trust alone."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from dashboards.sign_in.proxy import ADDRESS, NAMED, ProxyDoor, client_address, is_trusted, named_person

NETWORKS = (ip_network("10.0.0.0/24"), ip_network("fd00::/64"))


def through(environ: dict, header: str = "X-Remote-User") -> dict:
    seen = {}

    def inner(given, _start):
        seen.update(given)
        return [b""]

    ProxyDoor(inner=inner, networks=NETWORKS, header=header)({"wsgi.url_scheme": "http", **environ}, print)
    return seen


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("10.0.0.9", True),
        ("::ffff:10.0.0.9", True),
        ("fd00::1", True),
        ("10.0.1.9", False),
        ("192.0.2.7", False),
        ("", False),
        ("10.0.0.9.evil.example", False),
    ],
)
def test_trust_is_by_network(address, trusted):
    assert is_trusted(address, NETWORKS) is trusted


@pytest.mark.parametrize(
    ("remote", "chain", "address"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.0.0.9", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.9", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.9", "1.1.1.1, 198.51.100.1, 10.0.0.8", "198.51.100.1"),
        ("10.0.0.9", "garbled", "10.0.0.9"),
        ("10.0.0.9", "198.51.100.1, garbled", "10.0.0.9"),
        ("10.0.0.9", "", "10.0.0.9"),
    ],
)
def test_the_last_address_that_is_not_ours_is_the_clients(remote, chain, address):
    assert client_address(remote, chain, NETWORKS) == address


def test_a_trusted_proxy_names_the_person_the_client_and_the_scheme():
    seen = through(
        {
            "REMOTE_ADDR": "10.0.0.9",
            "HTTP_X_REMOTE_USER": "GOV\\Alice",
            "HTTP_X_FORWARDED_FOR": "198.51.100.1",
            "HTTP_X_FORWARDED_PROTO": "https",
        }
    )
    assert (seen[NAMED], seen[ADDRESS], seen["wsgi.url_scheme"]) == ("gov\\alice", "198.51.100.1", "https")


def test_from_anybody_else_nothing_of_it_arrives():
    seen = through(
        {
            "REMOTE_ADDR": "192.0.2.7",
            "HTTP_X_REMOTE_USER": "alice",
            "HTTP_X_FORWARDED_FOR": "10.0.0.9",
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_X_FORWARDED_HOST": "evil.example",
            "HTTP_FORWARDED": "for=10.0.0.9",
        }
    )
    assert (seen[NAMED], seen[ADDRESS], seen["wsgi.url_scheme"]) == ("", "192.0.2.7", "http")
    assert not [key for key in seen if key.startswith(("HTTP_X_", "HTTP_FORWARDED"))]


def test_what_the_door_notes_cannot_be_sent():
    seen = through(
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_GBA.NAMED": "alice", NAMED: "alice", ADDRESS: "10.0.0.9"}
    )
    assert (seen[NAMED], seen[ADDRESS]) == ("", "192.0.2.7")


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("alice", "alice"),
        (" Alice@EXAMPLE.gov.hk ", "alice@example.gov.hk"),
        ("陳大文".encode().decode("latin-1"), "陳大文"),
        ("alice,admin", ""),
        ("alice, admin", ""),
        ("alice;admin", ""),
        ("<script>", ""),
        ("two words", ""),
        ("a\x00b", ""),
        ("\xff\xfe", ""),
        ("x" * 256, ""),
        ("   ", ""),
        ("", ""),
    ],
)
def test_a_header_names_one_person_or_nobody(sent, name):
    assert named_person(sent) == name
