"""Ask every address as somebody, and remember what of the answer tells whether it said too much."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

from tests.dashboards.sign_in.conftest import Browser
from tests.security.addresses import Address
from tests.security.house import SENTINEL, WORD, still

NEEDLES: Mapping[str, tuple[bytes, ...]] = {
    audience: (
        f"{value / 1000:.0f}".encode(),
        f"{value // 1000:,.0f},".encode(),
        WORD[audience].encode(),
        f"matrix_{audience}".encode(),
    )
    for audience, value in SENTINEL.items()
}
ARCHIVE = b"PK\x03\x04"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What an answer said: its status, the digest of its words, whose secrets stood in it, how it may be kept.

    Of a drawing it holds the words themselves.
    """

    status: int
    digest: str
    secrets: frozenset[str]
    etag: str
    kept: str
    location: str
    drawing: bytes = b""


def parting(one: Told, other: Told) -> str:
    """Return where two drawings part, what one says there and what the other."""
    pairs = zip(one.drawing, other.drawing, strict=False)
    shortest = min(len(one.drawing), len(other.drawing))
    at = next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), shortest)
    said = [told.drawing[max(at - 80, 0) : at + 80].decode("utf-8", "replace") for told in (one, other)]
    return f"at {at}: {said[0]!r} and {said[1]!r}"


def unpacked(body: bytes) -> bytes:
    """Return what stands in *body*, out of its archive where it is one."""
    if not body.startswith(ARCHIVE):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def secrets_in(body: bytes) -> frozenset[str]:
    """Return the audiences whose secrets stand in *body*."""
    return frozenset(one for one, needles in NEEDLES.items() if any(needle in body for needle in needles))


def _without(answer: Any, url: str) -> bytes:
    """Return the answer with its headers, without what only repeats the address that was asked."""
    body = unpacked(answer.data)
    said = "\n".join(value for name, value in answer.headers.items() if name != "Set-Cookie")
    whole = body + b"\n" + unquote(said).encode()
    for part in (url, unquote(url)):
        whole = whole.replace(part.encode(), b"").replace(escape(part).encode(), b"")
    return whole.replace(url.rpartition("/")[2].partition("?")[0].encode() or b"\0", b"")


def ask(browser: Browser, url: str, headers: Mapping[str, str] | None = None) -> Told:
    """Ask one address and return what it told."""
    answer = browser.client.get(url, headers=headers, environ_base={"REMOTE_ADDR": browser.address})
    return Told(
        status=answer.status_code,
        digest=hashlib.sha256(still(unpacked(answer.data))).hexdigest()[:16],
        secrets=secrets_in(_without(answer, url)),
        etag=answer.headers.get("ETag", ""),
        kept=answer.headers.get("Cache-Control", ""),
        location=answer.headers.get("Location", ""),
        drawing=still(answer.data) if answer.data.startswith(b"<svg") else b"",
    )


def ask_all(browser: Browser, every: Iterable[Address]) -> dict[str, Told]:
    """Ask every address; each from an address of its own, so that nobody is asked to wait."""
    told = {}
    for number, one in enumerate(every):
        browser.address = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
        told[one.url] = ask(browser, one.url)
    return told
