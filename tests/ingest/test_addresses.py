"""Where a fetch may go."""

from __future__ import annotations

import ipaddress
import socket
import threading

import pytest

from ingest.addresses import check_url, is_public, public_addresses
from ingest.errors import StalledError, UnreachableError, UnsafeError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_a_private_address_is_not_public_however_wrapped(address: str):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_a_public_address_is_public(address: str):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "example.org/x",
        "https:///x",
        "https://user:word@example.org/",
        "https://example.org:99999/",
        "https://[::1]/",
        "https://192.168.0.1/",
        "",
    ],
)
def test_other_addresses_than_https_to_a_public_host_are_refused(url: str):
    with pytest.raises(UnsafeError):
        check_url(url)


def test_http_is_for_those_who_declare_it():
    check_url("http://example.org/", plain_http=True)
    check_url("https://example.org/")


def _resolver(*addresses: str):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    return lambda *_args, **_more: rows


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "getaddrinfo", _resolver("8.8.8.8", "10.0.0.7"))
    with pytest.raises(UnsafeError, match=r"10\.0\.0\.7"):
        public_addresses("rebind.example", 443, seconds=1)
    monkeypatch.setattr(socket, "getaddrinfo", _resolver("8.8.8.8", "8.8.4.4"))
    assert public_addresses("fine.example", 443, seconds=1) == ["8.8.8.8", "8.8.4.4"]


def test_a_name_without_an_address_is_unreachable(monkeypatch: pytest.MonkeyPatch):
    def nothing(*_args, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    with pytest.raises(UnreachableError, match="no such host"):
        public_addresses("none.example", 443, seconds=1)
    assert public_addresses("none.example", 443, seconds=1, must_resolve=False) == []


def test_a_resolver_that_sleeps_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    wake = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: wake.wait(5) and [])
    with pytest.raises(StalledError, match="not resolved"):
        public_addresses("slow.example", 443, seconds=0.1)
    wake.set()
