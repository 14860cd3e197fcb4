"""What proxies say about a request: believed from those we trust, struck out from everybody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
MOST_NAME = 255
ADDRESS = "gba.address"
NAMED = "gba.named"

Networks = Sequence[IPv4Network | IPv6Network]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def environ_key(header: str) -> str:
    """Return the name under which WSGI keeps *header*."""
    return "HTTP_" + header.upper().replace("-", "_")


def is_trusted(address: str, networks: Networks) -> bool:
    """Say whether *address* belongs to a trusted proxy."""
    parsed = _parsed(address)
    return parsed is not None and any(
        parsed in network for network in networks if network.version == parsed.version
    )


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def client_address(remote: str, forwarded_for: str, networks: Networks) -> str:
    """Return where a request comes from: the last address in the chain that is not one of our own proxies.

    What stands further left was written by the client and is not believed.
    """
    address = remote
    for hop in reversed(forwarded_for.split(",")) if forwarded_for else ():
        if not is_trusted(address, networks):
            break
        parsed = _parsed(hop)
        if parsed is None:
            break
        address = str(parsed)
    return address


def named_person(value: str) -> str:
    """Return the person that a proxy's header names, or "" when it cannot be one name.

    Two headers of one name arrive joined by a comma: that is somebody trying, and names nobody.
    """
    # WSGI hands headers over as Latin-1.
    try:
        text = value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = all(c.isprintable() and c not in ",;<>\"' " for c in name)
    return name if plain and 0 < len(name) <= MOST_NAME else ""


@dataclass(frozen=True, kw_only=True)
class ProxyDoor:
    """Stands before the application: strikes out what only a trusted proxy may say, and notes what it said.

    Leaves in the environment ``gba.address`` (the client's) and ``gba.named`` (the person, "" for none).
    *header* names the header with the person, "" when no proxy signs people in.
    """

    inner: Wsgi
    networks: Networks
    header: str = ""

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        remote = environ.get("REMOTE_ADDR", "")
        said = environ.pop(environ_key(self.header), "") if self.header else ""
        forwarded = {key: environ.pop(key, "") for key in FORWARDED}
        trusted = is_trusted(remote, self.networks)
        environ[NAMED] = named_person(said) if trusted else ""
        environ[ADDRESS] = remote
        if trusted:
            environ[ADDRESS] = client_address(remote, forwarded["HTTP_X_FORWARDED_FOR"], self.networks)
            if forwarded["HTTP_X_FORWARDED_PROTO"].strip().lower() == "https":
                environ["wsgi.url_scheme"] = "https"
        return self.inner(environ, start)
