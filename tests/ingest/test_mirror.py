"""The mirror folder: a file for an address."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ingest.errors import TooLargeError, UnreachableError
from ingest.fetch import Fetcher
from ingest.mirror import mirror_names
from ingest.source import Request


def lay(root: Path, name: str, content: bytes = b"x") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content)


def test_an_address_is_read_from_host_and_path(tmp_path: Path):
    lay(tmp_path, "www.example.org/a/b.csv", b"a,b\n")
    payload = Fetcher(contact="", mirror=tmp_path)(Request(url="https://www.example.org/a/b.csv"))
    assert (payload.content, payload.media_type, payload.last_modified) == (b"a,b\n", "text/csv", None)


def test_a_query_is_part_of_the_name(tmp_path: Path):
    lay(tmp_path, "h.org/list?lang=en&x=1")
    assert Fetcher(contact="", mirror=tmp_path)(Request(url="https://h.org/list?lang=en&x=1")).content == b"x"


def test_a_post_is_told_by_its_bodys_hash_else_by_the_bare_path(tmp_path: Path):
    body = b'{"page":0}'
    request = Request(url="https://h.org/search", method="POST", body=body)
    assert mirror_names(request) == (f"h.org/search#{hashlib.sha256(body).hexdigest()[:12]}", "h.org/search")
    fetch = Fetcher(contact="", mirror=tmp_path)
    lay(tmp_path, "h.org/search", b"bare")
    assert fetch(request).content == b"bare"
    lay(tmp_path, mirror_names(request)[0], b"told")
    assert fetch(request).content == b"told"


def test_a_file_that_is_not_there_is_unreachable(tmp_path: Path):
    with pytest.raises(
        UnreachableError, match=r"h\.org/none\.csv: unreachable: the mirror has no file for it$"
    ):
        Fetcher(contact="", mirror=tmp_path)(Request(url="https://h.org/none.csv"))


def test_a_post_that_has_no_file_is_told_the_name_that_would_be_taken(tmp_path: Path):
    request = Request(url="https://h.org/search", method="POST", body=b"{}")
    with pytest.raises(UnreachableError, match=f"such as {mirror_names(request)[0]}$"):
        Fetcher(contact="", mirror=tmp_path)(request)


def test_a_file_is_told_from_the_next_that_takes_its_place(tmp_path: Path):
    fetch, request = Fetcher(contact="", mirror=tmp_path), Request(url="https://h.org/a")
    lay(tmp_path, "h.org/a")
    first, again = fetch(request), fetch(request)
    os.utime(tmp_path / "h.org/a", ns=(1, 1))
    assert first.filed
    assert (first.etag == again.etag, fetch(request).etag == first.etag) == (True, False)


@pytest.mark.parametrize("path", ["/../../secret", "/%2e%2e/%2e%2e/secret", "/", ""])
def test_no_address_leads_out_of_the_folder(tmp_path: Path, path: str):
    lay(tmp_path, "secret")
    folder = tmp_path / "mirror"
    lay(folder, "h.org/file")
    with pytest.raises(UnreachableError):
        Fetcher(contact="", mirror=folder)(Request(url=f"https://h.org{path}"))


def test_a_giant_in_the_folder_is_refused(tmp_path: Path):
    lay(tmp_path, "h.org/big", bytes(2000))
    with pytest.raises(TooLargeError):
        Fetcher(contact="", mirror=tmp_path)(Request(url="https://h.org/big", max_bytes=1000))


def test_an_address_longer_than_a_file_name_can_be_is_unreachable(tmp_path):
    with pytest.raises(UnreachableError, match="has no file"):
        Fetcher(contact="", mirror=tmp_path)(Request(url=f"https://example.org/list?url={'x' * 300}"))
