"""Whether everything is as it was written: each kind of damage is named, what retention removed is not damage."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.backups import silent
from ingest.registry import sources
from ingest.retention import drop_old
from ingest.verification import verify
from metrics.warehouse.tables_ledger import AUDIT
from tests.ingest.test_retention import loaded


def test_a_sound_house_has_no_faults_also_after_retention(tools, clock):
    known, _readings, _figures = loaded(tools, clock)
    tools.warehouse.append_audit(actor="a", action="export", subject="b")
    found = verify(known, tools, silent)
    assert (found.faults, found.payloads, found.dropped, found.audit_entries) == ([], 2, 0, 1)
    drop_old(known, tools, keep_days=90)
    found = verify(known, tools, silent)
    assert (found.faults, found.payloads, found.dropped) == ([], 1, 1)


def test_a_missing_and_a_damaged_payload_are_named(tools, clock):
    known, readings, figures = loaded(tools, clock)
    tools.archive.path(figures).unlink()
    tools.archive.path(readings).write_bytes(b"nonsense")
    faults = verify(known, tools, silent).faults
    assert len(faults) == 2
    assert any(figures[:12] in fault for fault in faults)
    assert any(readings[:12] in fault and "damaged" in fault for fault in faults)


def test_a_tampered_audit_entry_is_named(tools):
    for number in range(3):
        tools.warehouse.append_audit(actor="a", action="export", subject=str(number))
    with tools.warehouse.engine.writing() as connection:
        connection.execute(sa.update(AUDIT).where(AUDIT.c.number == 2).values(actor="somebody else"))
    (fault,) = verify(sources(), tools, silent).faults
    assert "audit entry 2" in fault
