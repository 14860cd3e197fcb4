"""Static files: read once, named by their content, compressed once, kept by browsers for a year.

What lasts is compressed with Brotli too, for the browsers that take it: a tenth less on the wire than gzip.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import brotli
from flask import Request, Response

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
WORTH_COMPRESSING = 512
SOON = 5  # gzip's effort for what somebody waits for: half the time of the highest, a few per cent more bytes
BROTLI = 9  # the highest before it takes seconds a file, which every start would wait for
_BROTLI_NAMED = re.compile(r"(?:^|[\s,])br(?=\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$))))")
PAGES = (
    "before.js", "renew.js", "panels.js", "page.js", "charts.js", "held.js", "sliders.js", "marking.js", "doings.js",
    "drawing.js", "briefing.js", "explore.js", "printing.js",
)  # fmt: skip
SERVED = frozenset({".css", ".js", ".svg", ".png", ".ico", ".json", ".geojson", ".webmanifest"})
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".geojson": "application/geo+json",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """Bytes ready to send: plain and, where it pays, gzipped and (*small*) in Brotli's form."""

    body: bytes
    zipped: bytes | None
    etag: str
    content_type: str
    small: bytes | None = None


def file_of(body: bytes, content_type: str, effort: int = SOON) -> File:
    """Return *body* ready to send, gzipped with *effort* (1 to 9)."""
    zipped = gzip.compress(body, effort, mtime=0) if len(body) >= WORTH_COMPRESSING else None
    if zipped is not None and len(zipped) >= len(body):
        zipped = None
    return File(body=body, zipped=zipped, etag=fingerprint(body), content_type=content_type)


def lasting(body: bytes, content_type: str) -> File:
    """Return *body* ready to send for as long as the process lives, in every form that browsers take."""
    file = file_of(body, content_type, effort=9)
    return replace(file, small=brotli.compress(body, quality=BROTLI)) if file.zipped else file


def fingerprint(body: bytes) -> str:
    """Return the short name of *body*."""
    return hashlib.sha256(body).hexdigest()[:16]


def response(file: File, request: Request, cache: str, status: int = 200) -> Response:
    """Answer *request* with *file*: 304 when the browser has it, else in the shortest form that it takes."""
    held = "HTTP_IF_NONE_MATCH" in request.environ
    if status == 200 and held and request.if_none_match.contains_weak(file.etag):
        answer = Response(status=304)
    else:
        body, form = _taken(file, request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = Response(body, status=status, content_type=file.content_type)
        if form:
            answer.headers.add("Content-Encoding", form)
    if file.zipped:
        answer.headers.add("Vary", "Accept-Encoding")
    answer.headers.add("ETag", f'W/"{file.etag}"')
    answer.headers.add("Cache-Control", cache)
    return answer


def _taken(file: File, accepted: str) -> tuple[bytes, str]:
    """Return *file* in the shortest form that *accepted* names, and the name of that form ("" for plain)."""
    if file.small is not None and _BROTLI_NAMED.search(accepted):
        return file.small, "br"
    if file.zipped is not None and "gzip" in accepted:
        return file.zipped, "gzip"
    return file.body, ""


@dataclass(frozen=True, kw_only=True)
class Assets:
    """The files of ``assets/``: *served* by address, *addresses* by name (``page.js``, ``style.css``).

    Every style sheet is part of ``style.css``, in the order of the names; the scripts that every page has are
    ``pages.js``, in the order of ``PAGES``, so that a first visit asks for one file instead of ten.
    """

    served: Mapping[str, File]
    addresses: Mapping[str, str]


def load_assets(folder: Path) -> Assets:
    """Read the files of *folder* (not of its sub-folders); raise FileNotFoundError when it is not there."""
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in SERVED}
    sheets = [name for name in found if name.endswith(".css")]
    if sheets:
        found["style.css"] = b"\n".join(found.pop(name) for name in sheets)
    if all(name in found for name in PAGES):
        found["pages.js"] = b";\n".join(found[name] for name in PAGES)
    served: dict[str, File] = {}
    addresses: dict[str, str] = {}
    for name, body in found.items():
        file = lasting(body, content_type(name))
        stem, dot, ending = name.rpartition(".")
        addresses[name] = f"/assets/{stem}.{file.etag}{dot}{ending}"
        served[addresses[name]] = file
    return Assets(served=MappingProxyType(served), addresses=MappingProxyType(addresses))


def content_type(name: str) -> str:
    """Return the media type of a file by its name."""
    suffix = Path(name).suffix
    return _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
