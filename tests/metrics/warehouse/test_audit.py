from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from metrics.warehouse.tables_ledger import AUDIT, AUDIT_HEAD

pytestmark = pytest.mark.engine


@pytest.fixture
def audited(warehouse):
    for number in range(1, 6):
        assert (
            warehouse.append_audit(
                actor="陳", action="export", subject=f"panel {number}", detail={"as": number}
            )
            == number
        )
    return warehouse


def tamper(warehouse, *statements) -> list[str]:
    with warehouse.engine.writing("audit") as connection:
        for statement in statements:
            connection.execute(statement)
    return warehouse.verify_audit()


def test_an_untouched_chain_is_whole_and_tells_newest_first(audited):
    assert audited.verify_audit() == []
    frame = audited.audit(limit=2)
    assert frame["subject"].tolist() == ["panel 5", "panel 4"]
    assert frame["actor"].tolist() == ["陳", "陳"]
    assert str(frame["at"].dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize(
    "change", [{"subject": "other"}, {"actor": "李"}, {"detail": "{}"}, {"action": "view"}]
)
def test_a_tampered_row_is_named(audited, change):
    faults = tamper(audited, sa.update(AUDIT).where(AUDIT.c.number == 3).values(**change))
    assert faults == ["audit entry 3: its content is not what was sealed"]


def test_a_row_taken_out_is_named(audited):
    assert tamper(audited, sa.delete(AUDIT).where(AUDIT.c.number == 2)) == ["audit entry 2: missing"]


def test_a_tail_cut_off_is_named(audited):
    assert tamper(audited, sa.delete(AUDIT).where(AUDIT.c.number > 3)) == [
        "audit entry 4 to 5: missing at the end"
    ]


def test_a_row_sealed_anew_no_longer_leads_to_the_next(audited):
    from metrics.warehouse.audit import _seal

    with audited.engine.writing("audit") as connection:
        row = dict(connection.execute(sa.select(AUDIT).where(AUDIT.c.number == 3)).mappings().one())
    row["actor"] = "nobody"
    forged = {"actor": "nobody", "digest": _seal(row["previous"], row)}
    faults = tamper(audited, sa.update(AUDIT).where(AUDIT.c.number == 3).values(**forged))
    assert faults == ["audit entry 4: does not follow from the entry before it"]


def test_a_whole_chain_forged_is_told_by_where_it_was_last_sealed(audited):
    faults = tamper(audited, sa.update(AUDIT_HEAD).values(digest="00" * 32))
    assert faults == ["audit entry 5: is not where the chain was last sealed (5)"]


def test_many_who_write_at_once_write_one_chain(warehouse):
    def write(actor: str) -> None:
        for number in range(5):
            warehouse.append_audit(actor=actor, action="view", subject=str(number))

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert warehouse.verify_audit() == []
    assert sorted(warehouse.audit()["number"]) == list(range(1, 21))


def test_an_empty_chain_is_whole(warehouse):
    assert warehouse.verify_audit() == []
    assert warehouse.audit().empty
