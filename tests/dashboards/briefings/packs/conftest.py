"""Every form of one pack of a meeting and of one of two panels, made once."""

from __future__ import annotations

import pytest

from dashboards.briefings.packs.forms import FORMS
from dashboards.briefings.packs.values import no_progress
from tests.dashboards.briefings.packs.packing import MAP, RANKING, of_meeting, of_panels


@pytest.fixture(scope="package")
def meeting_forms(opening_desk):
    made = of_meeting(opening_desk, "zh-Hant", "en")
    return {name: form.write(made, None, no_progress) for name, form in FORMS.items()}


@pytest.fixture(scope="package")
def panel_forms(opening_desk):
    made = of_panels(opening_desk, MAP, RANKING)
    return {name: form.write(made, None, no_progress) for name, form in FORMS.items()}
