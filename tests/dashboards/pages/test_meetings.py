"""The page of the meetings: all of it at every moment, in every language, for every audience."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.meetings import PAGE
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, OVERRIDE, with_kept

MOMENTS = {"now": NOW, "second meeting": on(2025, 5, 15), "empty": on(2005, 1, 1)}


@pytest.mark.parametrize("kept", [(), (MEETING, DECISION, ACTION, OVERRIDE)])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment, kept):
    desk = with_kept(opening_desk, *kept)
    assert failures(PAGE, desk, Filters(lang=lang, as_of=MOMENTS[moment])) == []
