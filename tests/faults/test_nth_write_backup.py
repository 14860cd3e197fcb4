"""Let the n-th write of a backup fail: the folder holds the backups it held, or one more that is whole."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from ingest.archive import Archive
from ingest.backups import BackupError, backup, fingerprint, inspect, restore
from metrics.warehouse.engines.sqlite import SQLite
from metrics.warehouse.people import People
from metrics.warehouse.transfer import content_hash
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.faults.test_nth_write import MOST, WRITES, content
from tests.ingest.making import NOON
from tests.metrics.warehouse.test_loading import load_a_payload
from tests.metrics.warehouse.test_people import ALICE, DEED, NOW

ENGINES = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("sqlite", "postgresql")]
pytestmark = [
    pytest.mark.faults,
    pytest.mark.engine,
    pytest.mark.parametrize("engine_url", ENGINES, indirect=True),
]
OLD, NEW = "monday.backup", "tuesday.backup"
FULL = OSError(errno.ENOSPC, "No space left on device")
DATABASE_FULL = sa.exc.OperationalError("a write", {}, sqlite3.OperationalError("database or disk is full"))


class Writes:
    """Count what is written, and let the *number*-th fail as a full disk fails."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.seen: list[str] = []

    def pass_by(self, what: str, error: Exception = FULL) -> None:
        self.seen.append(what)
        if len(self.seen) == self.number:
            raise error

    def around(self, name: str, real: Callable[..., Any], error: Exception = FULL) -> Callable[..., Any]:
        """Return *real*, that counts as one write before it is done."""

        def counted(*given: Any, **more: Any) -> Any:
            self.pass_by(name, error)
            return real(*given, **more)

        return counted


class Metered:
    """A file that is being written, each write of which is counted."""

    def __init__(self, raw: Any, writes: Writes) -> None:
        self._raw, self._writes = raw, writes

    def write(self, content: bytes) -> int:
        self._writes.pass_by("write")
        return self._raw.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def __enter__(self) -> Metered:
        return self

    def __exit__(self, *_error: object) -> None:
        self._raw.close()


@contextmanager
def failing(number: int) -> Iterator[Writes]:
    """Let the *number*-th thing that a backup writes fail: a statement, a commit, bytes, a rename, a flush to disk."""
    writes = Writes(number)
    opened = Path.open

    def statement(_connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
        if text.lstrip().startswith(WRITES):
            writes.pass_by(text, DATABASE_FULL)

    def open_(place: Path, mode: str = "r", *given: Any, **more: Any) -> Any:
        raw = opened(place, mode, *given, **more)
        return Metered(raw, writes) if mode == "wb" else raw

    def ended(_connection: Any) -> None:
        writes.pass_by("COMMIT", DATABASE_FULL)

    hooks = [("before_cursor_execute", statement), ("commit", ended)]
    patches = [
        mock.patch.object(Path, "open", open_),
        mock.patch.object(SQLite, "fill", writes.around("fill", SQLite.fill, DATABASE_FULL)),
        mock.patch.object(Path, "write_text", writes.around("write_text", Path.write_text)),
        mock.patch.object(Path, "replace", writes.around("replace", Path.replace)),
        mock.patch("os.replace", writes.around("replace", os.replace)),
        mock.patch("os.fsync", writes.around("fsync", os.fsync)),
    ]
    with ExitStack() as held:
        for what, told in hooks:
            sa.event.listen(sa.Engine, what, told)
            held.callback(sa.event.remove, sa.Engine, what, told)
        for patch in patches:
            held.enter_context(patch)
        yield writes


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "archive")
    for number in range(3):
        content = f"payload {number}".encode() * 400
        made.lay(hashlib.sha256(content).hexdigest(), gzip.compress(content))
    return made


@pytest.fixture
def source(warehouse: Warehouse) -> Warehouse:
    """Give a warehouse with figures, a person and their audit."""
    load_a_payload(warehouse, warehouse.open_run("made", trigger="hand", logical_time="one"))
    People(warehouse.engine).add(ALICE, DEED, NOW)
    return warehouse


@pytest.fixture
def kept(source: Warehouse, archive: Archive, tmp_path: Path) -> Path:
    """Give the folder of backups, with one of yesterday in it."""
    folder = tmp_path / "kept"
    backup(source, archive, folder / OLD, NOON)
    return folder


def test_whichever_write_of_a_backup_fails_there_is_the_old_one_or_a_whole_new_one(
    source: Warehouse, archive: Archive, kept: Path
) -> None:
    before, old = content(source), fingerprint(kept / OLD)
    kinds, said = set(), []
    for number in count(1):
        assert number < 2 * MOST, "it never comes to an end"
        with failing(number) as writes:
            try:
                told = backup(source, archive, kept / NEW, NOON)
            except BackupError as error:
                said.append(str(error))
            else:
                break
        kinds.add(writes.seen[-1].split()[0])
        assert [one.name for one in kept.iterdir()] == [OLD], f"left by write {number}: {writes.seen[-1]}"
        assert content(source) == before, f"the warehouse changed at write {number}: {writes.seen[-1]}"
    assert kinds >= {"CREATE", "INSERT", "COMMIT", "fill", "write", "write_text", "replace", "fsync"}
    assert [words for words in said if "look at the disk" not in words] == []
    assert fingerprint(kept / OLD) == old
    assert inspect(kept / NEW) == told
    assert told.content == content_hash(source)
    assert content(source) == before


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond *size* bytes, as on a disk with no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, told)


def test_on_a_disk_with_room_for_a_part_of_it_a_backup_leaves_nothing(
    source: Warehouse, archive: Archive, kept: Path, tmp_path: Path
) -> None:
    before, old = content(source), fingerprint(kept / OLD)
    whole = (kept / OLD).stat().st_size
    for part in range(12):
        with disk_of(whole * part // 12), pytest.raises(BackupError, match="look at the disk"):
            backup(source, archive, kept / NEW, NOON)
        assert [one.name for one in kept.iterdir()] == [OLD], f"left with room for {part}/12 of it"
    assert fingerprint(kept / OLD) == old
    assert content(source) == before
    backup(source, archive, kept / NEW, NOON)
    there = open_warehouse(f"sqlite:///{tmp_path}/restored.db")
    there.migrate()
    restore(kept / NEW, there, Archive(tmp_path / "restored"))
    assert content_hash(there) == content_hash(source)
    there.close()
