"""What the panels of the sources say, as tables that leave the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboards.i18n import Words
from dashboards.panel import View

Write = Callable[[Any, View], str]


def states_table(states: Mapping[str, str]) -> Callable[[pd.DataFrame, View], pd.DataFrame]:
    """Return the table of how many sources are in each state of *states*, and how many records are held back."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        counts = frame["state"].value_counts()
        rows = [(view.t(name), float(counts.get(state, 0)), state) for state, name in states.items()]
        rows.append((view.t("sources.held"), float(frame["held"].sum()), "held_back"))
        return pd.DataFrame(rows, columns=["name", "value", "state_id"]).assign(absence="")

    return table


def quarantine_table(reasons: Callable[[str, Words], str]) -> Callable[[pd.DataFrame, View], pd.DataFrame]:
    """Return the table of what is held back, by source and reason (*reasons* writes one)."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "source": frame["title"],
                "rule": [reasons(rule, view.words) for rule in frame["rule"]],
                "records": frame["n"].astype("float64"),
                "since": [view.words.instant(since) for since in frame["since"]],
                "source_id": frame["source_id"],
            }
        )

    return table
