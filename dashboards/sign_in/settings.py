"""What the operator says about sign-in, and everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr

MODES = ("open", "password", "proxy", "oidc")
LEAST_SECRET = 32
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,63}", re.ASCII)
_OURS = frozenset({"cookie", "host", "origin", "authorization", "forwarded"})


@dataclass(frozen=True, kw_only=True)
class AuthSettings:
    """How people sign in. *mode*: nobody does (open), with a password, through a proxy that names them, or at
    an OpenID provider.

    *secret_key* seals forms and must be the same in every web process. *public_url* is the address people type.
    From *trusted_proxies* (addresses or networks) alone are the client's address, the scheme and, in proxy mode,
    the person in *proxy_header* believed. *oidc_claim* names the claim that tells people apart: ``sub``, or
    ``email`` (which the provider must have verified). A session ends after *idle* without use, and after
    *absolute* in any case. *https_proxy* and *ca_file* are for reaching the provider.
    """

    mode: str = "open"
    secret_key: str = field(default="", repr=False)
    public_url: str = ""
    trusted_proxies: tuple[str, ...] = ()
    proxy_header: str = "X-Remote-User"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_claim: str = "sub"
    idle: timedelta = timedelta(hours=1)
    absolute: timedelta = timedelta(hours=12)
    https_proxy: str = field(default="", repr=False)
    ca_file: Path | None = None

    @property
    def https(self) -> bool:
        """Say whether people reach the product by https alone."""
        return self.public_url.startswith("https://")

    @property
    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Return the networks of the trusted proxies; raise ValueError for what is none."""
        return tuple(ip_network(text.strip(), strict=False) for text in self.trusted_proxies)


class SignInFields(BaseModel):
    """What the environment may say about sign-in, by the names it has there."""

    auth: Literal["open", "password", "proxy", "oidc"] = "open"
    secret_key: SecretStr = SecretStr("")
    public_url: str = ""
    trusted_proxies: str = ""
    proxy_header: str = "X-Remote-User"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_claim: str = "sub"
    session_idle_minutes: int = Field(60, ge=1, le=10_000)
    session_hours: int = Field(12, ge=1, le=1_000)

    @property
    def sign_in(self) -> AuthSettings:
        """How people sign in; ``https_proxy`` and ``ca_file`` are those of the whole product."""
        return AuthSettings(
            mode=self.auth,
            secret_key=self.secret_key.get_secret_value(),
            public_url=self.public_url,
            trusted_proxies=tuple(filter(None, self.trusted_proxies.replace(" ", "").split(","))),
            proxy_header=self.proxy_header,
            oidc_issuer=self.oidc_issuer,
            oidc_client_id=self.oidc_client_id,
            oidc_client_secret=self.oidc_client_secret.get_secret_value(),
            oidc_claim=self.oidc_claim,
            idle=timedelta(minutes=self.session_idle_minutes),
            absolute=timedelta(hours=self.session_hours),
            https_proxy=getattr(self, "https_proxy", ""),
            ca_file=getattr(self, "ca_file", None),
        )


def faults(settings: AuthSettings) -> list[str]:
    """Return every fault of *settings* in words, naming the setting; an empty list when there is none."""
    if settings.mode not in MODES:
        return [f"GBA_AUTH: expected one of {', '.join(MODES)}, found {settings.mode!r}"]
    found = [*_address_faults(settings), *_proxy_faults(settings)]
    if settings.mode != "open" and len(settings.secret_key) < LEAST_SECRET:
        found.append(
            f"GBA_SECRET_KEY: expected at least {LEAST_SECRET} characters when people sign in, found "
            f"{len(settings.secret_key)}; python3 -c 'import secrets; print(secrets.token_urlsafe(48))' makes one"
        )
    if not timedelta(0) < settings.idle <= settings.absolute:
        found.append(
            "GBA_SESSION_IDLE_MINUTES: expected more than 0 and not more than GBA_SESSION_HOURS, found "
            f"{settings.idle} and {settings.absolute}"
        )
    if settings.mode == "oidc":
        found += _oidc_faults(settings)
    return found


def _address_faults(settings: AuthSettings) -> Iterator[str]:
    url = settings.public_url
    if url:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and parts.hostname
        if not whole or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            yield f"GBA_PUBLIC_URL: expected an address such as https://gba.example.gov.hk, found {url!r}"
    elif settings.mode == "oidc":
        yield "GBA_PUBLIC_URL: expected the address people type, to which the provider sends them back; found none"


def _proxy_faults(settings: AuthSettings) -> Iterator[str]:
    try:
        networks = settings.networks
    except ValueError as error:
        yield f"GBA_TRUSTED_PROXIES: expected addresses or networks such as 10.0.0.0/24, found: {error}"
        return
    if any(network.prefixlen == 0 for network in networks):
        yield "GBA_TRUSTED_PROXIES: expected the proxies alone, found a network that holds every address"
    if settings.mode == "proxy":
        if not networks:
            yield "GBA_TRUSTED_PROXIES: expected the proxy that signs people in, found none; nobody could be trusted"
        name = settings.proxy_header
        if not _HEADER.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("x-forwarded-"):
            yield f"GBA_PROXY_HEADER: expected the name of a header of its own such as X-Remote-User, found {name!r}"


def _oidc_faults(settings: AuthSettings) -> Iterator[str]:
    if not is_safe_url(settings.oidc_issuer):
        yield (
            "GBA_OIDC_ISSUER: expected the provider's https address (http only on this machine), found "
            f"{settings.oidc_issuer!r}"
        )
    if not settings.oidc_client_id:
        yield "GBA_OIDC_CLIENT_ID: expected the id that the provider knows this product by, found none"
    if not settings.oidc_client_secret:
        yield "GBA_OIDC_CLIENT_SECRET: expected the secret that goes with GBA_OIDC_CLIENT_ID, found none"
    if settings.oidc_claim not in {"sub", "email"}:
        yield f"GBA_OIDC_CLAIM: expected sub or email, found {settings.oidc_claim!r}"


def is_safe_url(url: object) -> bool:
    """Say whether secrets may be sent to *url*: https, or http on this very machine."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
