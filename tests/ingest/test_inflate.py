"""Compression undone in small pieces."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import CutShortError, RefusedError, TooLargeError
from ingest.inflate import inflated


def plain(pieces: list[bytes], limit: int = 10**7, encoding: str = "gzip") -> bytes:
    return b"".join(inflated(pieces, encoding, limit, "url"))


@given(st.binary(max_size=3000), st.integers(min_value=1, max_value=50))
def test_any_bytes_in_any_pieces_come_back(content: bytes, size: int):
    packed = gzip.compress(content)
    assert plain([packed[at : at + size] for at in range(0, len(packed), size)]) == content


def test_files_that_follow_one_another_are_one():
    assert plain([gzip.compress(b"one") + gzip.compress(b"two"), gzip.compress(b"three")]) == b"onetwothree"


def test_highly_compressed_bytes_come_whole():
    assert plain([gzip.compress(bytes(1_000_000))]) == bytes(1_000_000)


def test_a_bomb_is_stopped_at_the_limit_not_after_it():
    came = 0
    pieces = inflated([gzip.compress(bytes(100_000_000))], "gzip", 1_000_000, "url")
    with pytest.raises(TooLargeError):  # noqa: PT012  the count goes on until it raises
        for piece in pieces:
            came += len(piece)
    assert came <= 1_000_000


@pytest.mark.parametrize("cut", [0, 1, 9, 15, 25])
def test_a_cut_stream_is_cut_short(cut: int):
    with pytest.raises(CutShortError):
        plain([gzip.compress(b"some words that are long enough")[:cut]])


def test_bytes_that_are_not_compressed_are_damaged():
    with pytest.raises(CutShortError, match="damaged"):
        plain([b"plain text"])


def test_identity_passes_and_the_unknown_is_refused():
    assert plain([b"a", b"b"], encoding="identity") == b"ab"
    with pytest.raises(RefusedError, match="zstd"):
        plain([b"a"], encoding="zstd")
