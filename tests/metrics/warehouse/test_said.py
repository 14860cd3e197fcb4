"""What a person says is stored with its audit entry and a newer stamp, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from metrics.warehouse.people import Deed
from metrics.warehouse.said import keep, need_texts, texts_of
from metrics.warehouse.tables_meetings import DECISION
from tests.metrics.warehouse.made import MAY, figure

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
ROW = {
    "decision_id": "d", "state": "taken", "meeting_id": "m", "work_item": 0, "texts": {"en": "x"}, "why": "",
    "audience": "public", "known_at": AT, "source_title": "", "source_url": "", "said_by": "a", "person_id": "",
}  # fmt: skip


def rows(warehouse) -> int:
    with warehouse.engine.sa.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(DECISION)).scalar_one()


@pytest.mark.engine
def test_row_audit_and_stamp_go_together_or_not_at_all(warehouse):
    deed = Deed(actor="a", action="decision")

    def refuse(_connection):
        raise LookupError("no")

    with pytest.raises(LookupError):
        keep(warehouse.engine, DECISION, ROW, deed, AT, check=refuse)
    broken = Deed(
        actor="a", action="decision", detail={1: 2, "x": 3}
    )  # cannot be sorted, so cannot be sealed
    with pytest.raises(TypeError):
        keep(warehouse.engine, DECISION, ROW, broken, AT)
    assert (rows(warehouse), len(warehouse.audit()), warehouse.stamp()) == (0, 0, 0)
    assert keep(warehouse.engine, DECISION, ROW, deed, AT) == AT
    assert (rows(warehouse), len(warehouse.audit())) == (1, 1)


@pytest.mark.engine
def test_a_word_is_recorded_after_the_figures_before_it_even_by_a_slow_clock(warehouse):
    warehouse.append([figure(1)], run_id="a")
    stamp = warehouse.stamp()
    recorded = keep(warehouse.engine, DECISION, ROW, Deed(actor="a", action="decision"), MAY)
    assert warehouse.stamp() == stamp + 1
    assert recorded > MAY
    warehouse.append([figure(2, MAY + timedelta(days=1))], run_id="b")
    assert warehouse.stamp() > stamp + 1


def test_texts_come_back_by_language_and_one_at_least_is_needed():
    assert texts_of('{"zh-Hant": "互認"}') == {"zh-Hant": "互認"}
    with pytest.raises(ValueError, match="write one"):
        need_texts({}, "decision d")
