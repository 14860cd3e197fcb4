"""Answer from a folder instead of the network: for offices without one, and for tests."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.errors import TooLargeError, UnreachableError
from ingest.source import Payload, Request

_FILE = "file of "


def mirror_names(request: Request) -> tuple[str, ...]:
    """Return the file names under a mirror folder that may answer *request*, the most telling first."""
    parts = urlsplit(request.url)
    bare = f"{parts.hostname or ''}/{unquote(parts.path).lstrip('/')}"
    if parts.query:
        bare = f"{bare}?{parts.query}"
    if request.method == "GET":
        return (bare,)
    return (f"{bare}#{hashlib.sha256(request.body).hexdigest()[:12]}", bare)


def from_mirror(request: Request, folder: Path, now: datetime) -> Payload:
    """Return the payload that *folder* holds for *request*; a file that isn't there is unreachable.

    The file's own time is not believed, because copying changes it: the payload's time is *now*. It only tells one
    file from the next, as the payload's etag.
    """
    root = folder.resolve()
    names = mirror_names(request)
    for name in names:
        file = (root / name).resolve()
        if file.is_relative_to(root) and _is_file(file):
            return Payload(
                content=_whole_file(file, request),
                url=request.url,
                media_type=mimetypes.guess_type(urlsplit(request.url).path)[0] or "",
                fetched_at=now,
                etag=f'"{_FILE}{file.stat().st_mtime_ns}"',
                filed=True,
            )
    named = "for it" if len(names) == 1 else f"for it, such as {names[0]}"
    raise UnreachableError(f"{request.url}: unreachable: the mirror has no file {named}")


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a name longer than a folder can hold
        return False


def _whole_file(file: Path, request: Request) -> bytes:
    try:
        size = file.stat().st_size
        if size > request.max_bytes:
            raise TooLargeError(f"{file}: expected at most {request.max_bytes} bytes, found {size}")
        return file.read_bytes()
    except OSError as error:
        raise UnreachableError(f"{request.url}: unreachable: {error}") from error
