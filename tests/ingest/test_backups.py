"""Backups: whole or not there, restored equal, and every kind of damage named."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.backups import BackupError, backup, fingerprint, inspect, is_backup, restore
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.transfer import content_hash
from metrics.warehouse.warehouse import open_warehouse
from tests.ingest.making import NOON


@pytest.fixture
def written(tools, publisher, tmp_path):
    run(SOURCE, tools)
    file = tmp_path / "kept" / "monday.backup"
    told = backup(tools.warehouse, tools.archive, file, NOON)
    return file, told


@pytest.fixture
def empty(tmp_path):
    made = open_warehouse(f"sqlite:///{tmp_path}/empty.db")
    made.migrate()
    yield made, Archive(tmp_path / "other_archive")
    made.close()


def test_a_restored_backup_holds_every_figure_and_every_payload(tools, written, empty):
    file, told = written
    assert told.rows["observation"] == 36
    assert told.payloads == 1
    warehouse, archive = empty
    restore(file, warehouse, archive)
    assert content_hash(warehouse) == content_hash(tools.warehouse) == told.content
    assert archive.there() == tools.archive.there()
    assert warehouse.verify_audit() == []


def test_a_backup_appears_whole_and_leaves_nothing_beside_it(written):
    file, told = written
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert is_backup(file)
    assert inspect(file) == told
    assert len(fingerprint(file)) == 64


def test_no_backup_is_overwritten(tools, written):
    file, _ = written
    before = fingerprint(file)
    with pytest.raises(BackupError, match="is there already"):
        backup(tools.warehouse, tools.archive, file, NOON)
    assert fingerprint(file) == before


def test_a_full_disk_leaves_no_half_of_a_backup(tools, publisher, tmp_path, monkeypatch):
    run(SOURCE, tools)
    (tmp_path / "disk").mkdir()

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", full)
    with pytest.raises(BackupError, match="look at the disk"):
        backup(tools.warehouse, tools.archive, tmp_path / "disk" / "a.backup", NOON)
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_backup_is_only_read_into_an_empty_warehouse(tools, written):
    file, _ = written
    before = content_hash(tools.warehouse)
    with pytest.raises(WarehouseError, match="expected an empty one"):
        restore(file, tools.warehouse, tools.archive)
    assert content_hash(tools.warehouse) == before


def test_a_cut_off_backup_is_refused(written, empty):
    file, _ = written
    whole = file.read_bytes()
    for part in (0, 100, 600, len(whole) // 2, len(whole) - 12_000):
        file.write_bytes(whole[:part])
        with pytest.raises(BackupError):
            restore(file, *empty)


def test_a_payload_that_is_not_its_name_is_refused(written, empty):
    file, _ = written
    rewritten(file, lambda name, content: content[:-9] + b"\0" * 9 if name.endswith(".gz") else content)
    with pytest.raises(BackupError, match="use another backup"):
        restore(file, *empty)


def test_a_warehouse_changed_inside_the_backup_is_noticed(written, tmp_path):
    file, _ = written

    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        return json.dumps(json.loads(content) | {"content": "0" * 64}).encode()

    rewritten(file, change)
    with pytest.raises(BackupError, match="not what its manifest says"):
        inspect(file)


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "archive/../../x.gz", "archive/zz/" + "0" * 64 + ".gz"]
)
def test_an_entry_that_leads_elsewhere_is_refused(written, empty, tmp_path, name):
    file, _ = written
    intruder = tmp_path / "intruder"
    intruder.write_bytes(b"x")
    with tarfile.open(file, "a") as tar:
        tar.add(intruder, name)
    with pytest.raises(BackupError):
        restore(file, *empty)
    assert not (tmp_path / "outside").exists()


def test_other_files_are_no_backups(tmp_path, empty):
    other = tmp_path / "other"
    other.write_text("not a backup")
    assert not is_backup(other)
    with pytest.raises(BackupError):
        restore(other, *empty)


def rewritten(file: Path, change) -> None:
    """Write *file* anew, the content of each entry as *change* has it."""
    made = file.with_suffix(".new")
    with tarfile.open(file) as old, tarfile.open(made, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            part = file.with_suffix(".entry")
            part.write_bytes(content)
            new.add(part, member.name)
            part.unlink()
    made.replace(file)
