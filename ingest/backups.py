"""Backups: warehouse and archive in one file, written while the product runs, whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.errors import ArchiveError
from metrics.warehouse import transfer
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.warehouse import Warehouse

FORM = "gba-monitor-backup-1"
MANIFEST, DATABASE, PAYLOADS = "manifest.json", "warehouse.db", "archive/"
Step = Callable[[str, int, int], None]


class BackupError(RuntimeError):
    """A backup that cannot be written or read; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a backup holds: *rows* by table, *payloads*, the *content* hash of the warehouse, when it was made."""

    rows: dict[str, int]
    payloads: int
    content: str
    made_at: str


def silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def backup(warehouse: Warehouse, archive: Archive, file: Path, now: datetime, step: Step = silent) -> Told:
    """Write warehouse and archive into the new *file* and say what it holds; *step* hears of the progress.

    The warehouse is copied first and the archive after it, so that every payload it names is there already.
    Raises BackupError where *file* exists or the disk refuses; then nothing is left under its name.
    """
    if file.exists():
        raise BackupError(f"{file} is there already; name a new file, so that no backup is lost")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            database = Path(folder) / DATABASE
            step("copying the warehouse", 0, 1)
            rows = transfer.backup(warehouse, database)
            told = Told(
                rows=rows,
                content=transfer.file_hash(database),
                payloads=len(_kept(archive)),
                made_at=now.isoformat(),
            )
            _write(part, told, database, archive, step)
        _put(part, file)
    except (OSError, WarehouseError) as error:
        raise BackupError(
            f"{file}: could not be written ({error}); look at the disk and try again"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return told


def _kept(archive: Archive) -> list[Path]:
    return sorted(archive.root.glob("??/*.gz"))


def _write(part: Path, told: Told, database: Path, archive: Archive, step: Step) -> None:
    with part.open("wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
        made = part.with_name(f"{part.name}.manifest")
        try:
            made.write_text(json.dumps({"form": FORM, **vars(told)}, indent=2), encoding="utf-8")
            tar.add(made, MANIFEST)
        finally:
            made.unlink(missing_ok=True)
        tar.add(database, DATABASE)
        files = _kept(archive)
        for number, place in enumerate(files, 1):
            try:
                tar.add(place, PAYLOADS + str(place.relative_to(archive.root)))
            except FileNotFoundError:
                continue  # retention took it meanwhile, so nothing of this backup names it
            step("copying the archive", number, len(files))
        tar.close()
        raw.flush()
        os.fsync(raw.fileno())


def _put(part: Path, file: Path) -> None:
    """Give *part* its name for good, or take the name away again."""
    part.replace(file)
    try:
        _settle(file.parent)
    except OSError:
        file.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def restore(file: Path, warehouse: Warehouse, archive: Archive, step: Step = silent) -> Told:
    """Read the backup *file* into the empty *warehouse* and its *archive*, and prove that the content is equal.

    Payloads that are there already stay. Raises BackupError for a file that is no backup or is damaged, and
    WarehouseError where the warehouse holds anything.
    """
    with tempfile.TemporaryDirectory(prefix="gba-restore-") as folder:
        database = Path(folder) / DATABASE
        told = _unpacked(file, database, archive, step)
        step("reading the warehouse", 0, 1)
        transfer.restore(database, warehouse)
    found = transfer.content_hash(warehouse)
    if found != told.content:
        raise BackupError(
            f"{file}: after restoring, the content is {found[:12]}, the backup says {told.content[:12]}; "
            "restore into an empty warehouse again, or from an older backup"
        )
    return told


def inspect(file: Path) -> Told:
    """Return what *file* says it holds, every payload proven against its name and the content hashed anew.

    Raises BackupError naming the first thing that is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="gba-inspect-") as folder:
        database = Path(folder) / DATABASE
        told = _unpacked(file, database, Archive(Path(folder) / "archive"), silent)
        found = transfer.file_hash(database)
    if found != told.content:
        raise BackupError(f"{file}: its warehouse is not what its manifest says; use an older backup")
    return told


def is_backup(file: Path) -> bool:
    """Say whether *file* is a backup by its first entry."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            first = tar.next()
            return first is not None and first.name == MANIFEST
    except (OSError, tarfile.TarError):
        return False


def _unpacked(file: Path, database: Path, archive: Archive, step: Step) -> Told:
    """Lay the database of *file* at *database* and its payloads into *archive*; return what the manifest says."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            told = _manifest(file, tar)
            got = 0
            for member, content in _entries(file, tar):
                if member == DATABASE:
                    database.write_bytes(content())
                else:
                    _lay(file, archive, member, content())
                    got += 1
                    step("reading the archive", got, told.payloads)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise BackupError(f"{file}: not a whole backup ({error}); use another one") from error
    if not database.exists():
        raise BackupError(f"{file}: expected {DATABASE} in it, found none; the file is cut off, use another")
    return told


def _manifest(file: Path, tar: tarfile.TarFile) -> Told:
    first = tar.next()
    content = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if content is None:
        raise BackupError(f"{file}: expected a backup of this product, found another kind of file")
    try:
        read: dict[str, Any] = json.loads(content.read())
        if read.pop("form") != FORM:
            raise BackupError(f"{file}: a backup of another form; restore it with the product that wrote it")
        return Told(**read)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{file}: its manifest cannot be read ({error}); use another backup") from error


def _entries(file: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name and the bytes of each entry; names that no backup of ours holds are refused."""
    for member in tar:
        if member.name == MANIFEST:
            continue
        known = member.name == DATABASE or member.name.startswith(PAYLOADS)
        if not (known and member.isreg()):
            raise BackupError(f"{file}: holds {member.name!r}, which no backup does; do not use it")
        opened = tar.extractfile(member)
        assert opened is not None  # noqa: S101 - a regular file has content
        yield member.name, opened.read


def _lay(file: Path, archive: Archive, member: str, content: bytes) -> None:
    """Put one payload where its hash says, once its bytes are proven to be those of its name."""
    sha256 = Path(member).name.removesuffix(".gz")
    try:
        if PAYLOADS + archive.stored_as(sha256) != member:
            raise ArchiveError("its folder is not that of its hash")
        archive.lay(sha256, content)
    except ArchiveError as error:
        raise BackupError(f"{file}: {member}: {error}; use another backup") from error


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of a backup's bytes, to write down beside it."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
