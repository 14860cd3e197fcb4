"""Who published the figures that are shown, in the reader's language, with the tier where it is not official."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboards.desk import Desk
from dashboards.i18n import Words

MOST_NAMED = 4
_NEEDED = ("source_id", "figure_ref", "tier", "value")


def publishers(frame: pd.DataFrame, desk: Desk, words: Words) -> list[str]:
    """Return the names behind the figures of *frame*, most figures first; beyond four, how many more there are."""
    if not set(_NEEDED) <= set(frame.columns):
        return []
    shown = frame.loc[frame["value"].notna(), list(_NEEDED)]
    told = desk.metrics.citations() if len(shown) else {}
    counts = shown.groupby(["source_id", "figure_ref", "tier"], sort=False).size()
    names: dict[str, int] = {}
    for (source, ref, tier), count in counts.items():
        name = _name(str(source), told.get(str(ref)), str(tier), desk, words)
        names[name] = names.get(name, 0) + int(count)
    ordered = sorted(names, key=lambda name: -names[name])
    if len(ordered) <= MOST_NAMED:
        return ordered
    return [*ordered[: MOST_NAMED - 1], words.t("ui.and_more_sources", n=len(ordered) - MOST_NAMED + 1)]


def _name(source: str, told: Mapping[str, Any] | None, tier: str, desk: Desk, words: Words) -> str:
    if told:
        name = desk.catalogue.organisations.name(told["publisher"], words.lang)
    else:
        name = words.t(f"source.{source}") if words.has(f"source.{source}") else source
    return words.tiered(name, tier)
