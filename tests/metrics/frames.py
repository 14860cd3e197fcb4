"""Frames of figures as the warehouse hands them out, for the tests of what is worked out from them."""

from __future__ import annotations

from typing import Any

import pandas as pd

DEFAULTS: dict[str, Any] = {
    "indicator_id": "fiveg_base_stations",
    "place_id": "shenzhen",
    "breakdown": "",
    "counting_basis": "as_published",
    "span": "point",
    "unit": "stations",
    "value": 100.0,
    "qualifier": "exact",
    "status": "final",
    "tier": "official",
    "source_id": "opening_figures",
    "figure_ref": "",
    "known_at": "2026-01-01",
}
NAMING = ("indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit")


def frame(*rows: dict[str, Any], **shared: Any) -> pd.DataFrame:
    """Return rows with the columns and dtypes of the warehouse; ``end`` (and ``start``) name the period."""
    full = [{**DEFAULTS, **shared, **row} for row in rows]
    table = pd.DataFrame(full, columns=[*DEFAULTS, "start", "end"])
    table["period_end"] = pd.to_datetime(table.pop("end")).astype("datetime64[us]")
    table["period_start"] = (
        pd.to_datetime(table.pop("start")).astype("datetime64[us]").fillna(table["period_end"])
    )
    table["known_at"] = pd.to_datetime(table["known_at"], utc=True).astype("datetime64[us, UTC]")
    table["value"] = table["value"].astype("float64")
    table["series_id"] = pd.Series(
        [hash(names) for names in zip(*(table[key] for key in NAMING), strict=True)], dtype="int64"
    )
    return table.astype({key: "str" for key in DEFAULTS if key not in ("value", "known_at")})


def said(table: pd.DataFrame) -> list[tuple[float | None, str, str]]:
    """Return value (None for no figure), qualifier and reason of each row."""
    values = [None if pd.isna(value) else round(value, 6) for value in table["value"]]
    return list(zip(values, table["qualifier"], table["reason"], strict=True))
