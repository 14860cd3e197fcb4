"""Every form of a pack carries the same record."""

from __future__ import annotations

from dashboards.briefings.packs.forms import FORMS
from dashboards.briefings.packs.reading import read


def test_all_forms_carry_the_same_figures(meeting_forms):
    assert set(meeting_forms) == set(FORMS) == {"pptx", "pdf", "html"}
    records = [read(body).record for body in meeting_forms.values()]
    assert records[0] == records[1] == records[2]
