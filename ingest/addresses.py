"""Which addresses may be fetched: https (or declared http) to hosts whose every address is public."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Collection
from urllib.parse import urlsplit

from ingest.errors import StalledError, UnreachableError, UnsafeError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def check_url(
    url: str, *, plain_http: bool = False, allowed: Collection[str] = (), shown: str | None = None
) -> None:
    """Raise UnsafeError unless *url* is of a kind that is fetched; a host given as a number must be public.

    Messages name it as *shown*, so that no key of a source gets into them.
    """
    shown = shown or url
    schemes = ("https", "http") if plain_http else ("https",)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnsafeError(f"{shown!r}: expected an address, found {error}") from None
    if parts.scheme not in schemes:
        raise UnsafeError(f"{shown}: expected {' or '.join(schemes)}, found {parts.scheme or 'no scheme'!r}")
    if not parts.hostname or parts.username is not None or port == 0:
        raise UnsafeError(f"{shown}: expected a host without user name, found {parts.netloc!r}")
    number = _as_number(parts.hostname)
    if number is not None and not _may_reach(number, allowed):
        raise UnsafeError(f"{shown}: leads to {number}, which is not a public address")


def public_addresses(
    host: str, port: int, *, seconds: float, allowed: Collection[str] = (), must_resolve: bool = True
) -> list[str]:
    """Return the addresses of *host*.

    Raises UnsafeError if any of them is not public, UnreachableError if there is none.
    """
    try:
        found = _look_up(host, port, seconds)
    except OSError as error:
        if must_resolve:
            raise UnreachableError(f"{host}: no such host ({error})") from error
        return []
    for address in found:
        if not _may_reach(ipaddress.ip_address(address), allowed):
            raise UnsafeError(f"{host}: leads to {address}, which is not a public address")
    return found


def _look_up(host: str, port: int, seconds: float) -> list[str]:
    # The resolver knows no time limit; a thread that may be left behind does.
    answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows)))
        except UnicodeError as error:
            answer.put(OSError(str(error)))
        except OSError as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
    try:
        found = answer.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise StalledError(f"{host}: its name was not resolved within {seconds:.0f} s") from None
    if isinstance(found, OSError):
        raise found
    return found


def _as_number(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _may_reach(address: Address, allowed: Collection[str]) -> bool:
    return str(address) in allowed or is_public(address)


def is_public(address: Address) -> bool:
    """Tell whether *address* is one that the whole world can reach, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
