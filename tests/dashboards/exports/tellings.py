"""Tellings to try the forms with: of a page's panel, and made up of hostile cells."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboards.desk import Filters
from dashboards.exports.columns import Column
from dashboards.exports.telling import Telling, tell
from dashboards.pages.connectivity import PAGE
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW


def of_panel(desk, lang: str = "en", panel_id: str = "fiveg-map", **asked) -> Telling:
    panel = next(one for one in PAGE.panels if one.id == panel_id)
    filters = Filters(lang=lang, as_of=now_as_of(NOW), **asked)
    return tell(PAGE, panel, desk, filters, shapes=Shapes(), origin="https://gba.example")


def of_cells(desk, texts, numbers, days) -> Telling:
    columns = (
        Column(id="said", label="Said", kind="text"),
        Column(id="value", label="Value", kind="number"),
        Column(id="day", label="Day", kind="date"),
        Column(id="some_id", label="Code", kind="code"),
    )
    rows = pd.DataFrame(
        {
            "said": pd.Series(texts, dtype="object"),
            "value": pd.Series(numbers, dtype="float64"),
            "day": pd.Series(days, dtype="object"),
            "some_id": pd.Series(texts, dtype="object"),
        }
    )
    return replace(of_panel(desk), columns=columns, rows=rows)
