"""How meetings are called."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.meeting_names import date_said, full_name, short_name
from metrics.meetings import Gathering
from tests.dashboards.panels.drawn import view_of

WORKING = Gathering(
    id="m_20260301",
    names={"zh-Hant": "工作會議"},
    date=date(2026, 3, 1),
    precision="month",
    place="",
    as_of=date(2026, 3, 1),
    kept=True,
)


@pytest.mark.parametrize(
    ("lang", "first"), [("en", "Meeting 1"), ("zh-Hant", "第1次會議"), ("zh-Hans", "第1次会议")]
)
def test_the_expert_groups_meetings_go_by_number_and_others_by_name(opening_desk, lang, first):
    view = view_of(opening_desk, Filters(lang=lang))
    numbered = Gathering(id="x", names={"en": "X"}, date=WORKING.date, precision="day", place="",
                         as_of=WORKING.as_of, number=1)  # fmt: skip
    assert short_name(numbered, view) == first
    assert short_name(WORKING, view) == full_name(WORKING, view) == "工作會議"


def test_a_date_is_as_exact_as_it_is_known(opening_desk):
    view = view_of(opening_desk, Filters())
    assert date_said(WORKING, view) == "Mar 2026"
