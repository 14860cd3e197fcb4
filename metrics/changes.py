"""How figures moved: from period to period, from year to year, from one as-of to the next.

Only like is set against like: one series, hence one counting basis, unit and kind of span, and within it periods
of the same make, on the same side of any break. Frames are those of ``metrics.derive``, with ``earlier_value``,
``earlier_qualifier``, ``earlier_period_start`` and ``earlier_period_end`` beside.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from metrics.breaks import eras
from metrics.derive import ratio_qualifiers, sound_figures
from metrics.qualifiers import against

Form = Literal["absolute", "percent"]
_EARLIER = {key: f"earlier_{key}" for key in ("value", "qualifier", "period_start", "period_end")}


def from_previous(figures: pd.DataFrame, *, form: Form = "absolute") -> pd.DataFrame:
    """Return each figure's change from the period before it in its series, in the figure's unit or in ``%``.

    A running total of a year is set against the same months of another year, a total since a day against an
    earlier total since the same day, any other stretch against one of as many days.
    """
    rows = figures.reset_index(drop=True)
    order = rows.assign(make=_make(rows)).sort_values(["period_end", "period_start"], kind="stable")
    before = order.groupby(["series_id", "make"], sort=False)[list(_EARLIER)].shift(1)
    return _moved(rows.join(before.rename(columns=_EARLIER)), form)


def from_year_before(figures: pd.DataFrame, *, form: Form = "percent") -> pd.DataFrame:
    """Return each figure's change from the same period a year before, in the figure's unit or in ``%``.

    The same period ends on the same day of the year, or on the last day of the same month.
    """
    rows = figures.reset_index(drop=True)
    rows = rows.assign(make=_make(rows), anniversary=_year_before(rows["period_end"]))
    keys = ["series_id", "make"]
    base = rows[[*keys, *_EARLIER]].rename(columns=_EARLIER)
    base = base.sort_values("earlier_period_start").drop_duplicates(
        [*keys, "earlier_period_end"], keep="last"
    )
    found = rows.merge(
        base, left_on=[*keys, "anniversary"], right_on=[*keys, "earlier_period_end"], how="left"
    )
    return _moved(found.drop(columns=["make", "anniversary"]), form)


def between(now: pd.DataFrame, then: pd.DataFrame, *, form: Form = "absolute") -> pd.DataFrame:
    """Return how the newest figure of each series moved between two as-ofs.

    *now* and *then* hold one row per series, as known at the two instants. ``moved`` is ``newer`` where a later
    period came, ``revised`` where the same period was stated anew, else empty. A series that *then* lacks has the
    reason ``no_earlier``; one that did not move ``no_newer``; a period of another make ``not_comparable``.
    """
    earlier = then.assign(earlier_make=_make(then))[["series_id", "earlier_make", *_EARLIER]]
    rows = now.reset_index(drop=True).assign(make=_make)
    rows = rows.merge(earlier.rename(columns=_EARLIER), on="series_id", how="left")
    same = rows["period_end"].eq(rows["earlier_period_end"]) & rows["period_start"].eq(
        rows["earlier_period_start"]
    )
    stated_anew = rows["value"].ne(rows["earlier_value"]) | rows["qualifier"].ne(rows["earlier_qualifier"])
    known = rows["earlier_value"].notna()
    reason = np.select(
        [~known, same & ~stated_anew, ~same & rows["make"].ne(rows["earlier_make"])],
        ["no_earlier", "no_newer", "not_comparable"],
        "",
    )
    moved = np.select([known & same & stated_anew, known & ~same], ["revised", "newer"], "")
    return _moved(rows.assign(moved=moved).drop(columns=["make", "earlier_make"]), form, reason)


def _make(figures: pd.DataFrame) -> pd.Series:
    """Return what two periods of one series must share for a change between them to mean anything."""
    start, end = figures["period_start"], figures["period_end"]
    months = end.dt.strftime("%m-%d").mask(end.dt.is_month_end, end.dt.strftime("%m-end"))
    days = (end - start).dt.days.astype("str")
    make = pd.Series("", index=figures.index, dtype="str")
    for span, spelt in (("year_to_date", months), ("since", start.dt.strftime("%Y-%m-%d")), ("other", days)):
        make = make.mask(figures["span"].eq(span), spelt.astype("str"))
    return make + " " + eras(figures).astype("str")


def _year_before(ends: pd.Series) -> pd.Series:
    earlier = ends - pd.DateOffset(years=1)
    return earlier.mask(ends.dt.is_month_end, earlier + pd.offsets.MonthEnd(0))


def _moved(rows: pd.DataFrame, form: Form, reason: np.ndarray | None = None) -> pd.DataFrame:
    value, base = rows["value"], rows["earlier_value"]
    if reason is None:
        reason = np.where(base.isna(), "no_earlier", "")
    before = rows["earlier_qualifier"].where(base.notna(), "exact")
    if form == "percent":
        reason = np.where((reason == "") & base.le(0), "zero_base", reason)
        result = rows.assign(
            value=(value / base.where(base.gt(0)) - 1) * 100,
            qualifier=ratio_qualifiers(value, rows["qualifier"], before),
            unit="%",
        )
    else:
        said = [against(*pair) or "" for pair in zip(rows["qualifier"], before, strict=True)]
        result = rows.assign(value=value - base, qualifier=pd.Series(said, index=rows.index, dtype="str"))
    return sound_figures(result, reason)
