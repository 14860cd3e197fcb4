"""Undo a transfer's compression piece by piece, so that a small bomb never becomes a large one in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from ingest.errors import CutShortError, RefusedError, TooLargeError

_STEP = 65536


def inflated(pieces: Iterable[bytes], encoding: str, limit: int, url: str) -> Iterator[bytes]:
    """Yield the plain bytes of *pieces*; TooLargeError beyond *limit*, CutShortError without an end."""
    if encoding in {"", "identity"}:
        yield from pieces
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise RefusedError(f"{url}: expected gzip or plain bytes, found content encoding {encoding!r}")
    came = 0
    for plain in _gunzipped(pieces, url):
        came += len(plain)
        if came > limit:
            raise TooLargeError(f"{url}: expected at most {limit} bytes after decompression, found more")
        yield plain


def _gunzipped(pieces: Iterable[bytes], url: str) -> Iterator[bytes]:
    member = _member()
    try:
        for piece in pieces:
            if member.eof and piece:  # gzip files may follow one another
                member = _member()
            yield from _plain(member, piece)
            while member.eof and member.unused_data:
                rest, member = member.unused_data, _member()
                yield from _plain(member, rest)
    except zlib.error as error:
        raise CutShortError(f"{url}: the compressed answer is damaged ({error})") from error
    if not member.eof:
        raise CutShortError(f"{url}: the compressed answer ends before its end")


def _plain(member: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    plain = member.decompress(piece, _STEP)
    yield plain
    # A full step may leave more output waiting even where no input is left over.
    while member.unconsumed_tail or (len(plain) == _STEP and not member.eof):
        plain = member.decompress(member.unconsumed_tail, _STEP)
        yield plain


def _member() -> zlib._Decompress:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)
