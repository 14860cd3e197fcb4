"""The archive: whole or not at all, and proven when read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.errors import ArchiveError
from tests.ingest.making import payload


def test_bytes_come_back_as_they_came(tmp_path: Path):
    archive = Archive(tmp_path)
    kept = payload(b"\x00\xff" * 1000)
    where = archive.keep(kept)
    assert where == f"{kept.sha256[:2]}/{kept.sha256}.gz"
    assert archive.read(kept.sha256) == kept.content


def test_the_same_bytes_are_kept_once_and_leave_no_scraps(tmp_path: Path):
    archive = Archive(tmp_path)
    for _ in range(3):
        archive.keep(payload(b"one"))
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_a_damaged_file_is_never_read_and_is_mended_by_the_good_bytes(tmp_path: Path):
    archive = Archive(tmp_path)
    kept = payload(b"figures")
    place = tmp_path / archive.keep(kept)
    for damage in (b"", b"not gzip", place.read_bytes()[:-5], gzip.compress(b"other")):
        place.write_bytes(damage)
        with pytest.raises(ArchiveError):
            archive.read(kept.sha256)
        archive.keep(kept)
        assert archive.read(kept.sha256) == b"figures"


def test_bytes_that_are_not_their_hash_are_refused(tmp_path: Path):
    with pytest.raises(ArchiveError, match="fetch them again"):
        Archive(tmp_path).keep(payload(b"one", sha256="0" * 64))


def test_a_missing_payload_and_a_wrong_name_are_said(tmp_path: Path):
    with pytest.raises(ArchiveError, match="not in the archive"):
        Archive(tmp_path).read("0" * 64)
    with pytest.raises(ArchiveError, match="64 hexadecimal"):
        Archive(tmp_path).read("../../etc/passwd")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ArchiveError, match="No space left"):
        Archive(tmp_path).keep(payload(b"one"))
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
