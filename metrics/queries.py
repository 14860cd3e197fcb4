"""Every question about figures that a page may ask, answered as one viewer may see it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from metrics.asof import AsOf
from metrics.notices import Change, Declared, changes
from metrics.parts import beside, newest, totals_of
from metrics.remembered import Made, Remembered
from metrics.warehouse.figure_counts import figure_counts
from metrics.warehouse.meetings import Kept, MeetingBook
from metrics.warehouse.overrides import OverrideBook, OverrideWord
from metrics.warehouse.values import TIERS

EVER = datetime(1900, 1, 1, tzinfo=UTC)  # before any figure

PUBLIC = frozenset({"public"})
TIER_ORDER: Mapping[str, int] = {tier: order for order, tier in enumerate(TIERS)}
# What a page says where there is no row: the first that holds.
ABSENT = "no_figure"


class NotForViewer(LookupError):  # noqa: N818 - it is an answer, not a fault
    """The indicator is for another audience; to this viewer it does not exist."""


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """The questions, over one warehouse, for one viewer's *audiences*."""

    warehouse: Any
    catalogue: Any
    agenda: Any
    atlas: Any
    audiences: Collection[str] = PUBLIC
    _cited: dict[int, Mapping[str, Mapping[str, Any]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _said: dict[int, tuple[Kept, tuple[OverrideWord, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    _worked_out: Remembered = field(default_factory=Remembered, repr=False, compare=False)

    def citations(self) -> Mapping[str, Mapping[str, Any]]:
        """Return where each published figure stands, by figure_ref: publisher, title, url, published_on, precision."""
        stamp = self.warehouse.stamp()
        found = self._cited.get(stamp)
        if found is None:
            found = self.warehouse.documents("citation")
            self._cited.clear()
            self._cited[stamp] = found
        return found

    def kept(self) -> Kept:
        """Return every word about meetings, decisions and actions that people keep, whoever may read it.

        ``metrics.meetings`` tells what of it this viewer may see.
        """
        return self._words()[0]

    def kept_overrides(self) -> tuple[OverrideWord, ...]:
        """Return every word about overrides, oldest first; ``metrics.overrides`` tells which is in force."""
        return self._words()[1]

    def _words(self) -> tuple[Kept, tuple[OverrideWord, ...]]:
        stamp = self.warehouse.stamp()
        found = self._said.get(stamp)
        if found is None:
            engine = self.warehouse.engine
            found = MeetingBook(engine).words(), OverrideBook(engine).words()
            self._said.clear()
            self._said[stamp] = found
        return found

    def figure_counts(self, as_of: AsOf) -> Mapping[str, int]:
        """Return how many figures there were of each indicator then, by id; of those the viewer may see."""
        stamp = self.warehouse.stamp() if as_of.stamp is None else as_of.stamp
        counts = self._worked_out.get(
            "counts", as_of, stamp, lambda: self.warehouse.read_with(figure_counts, as_of.instant, stamp)
        )
        # Who may see what is asked every time: what is kept for one viewer is never an answer to another.
        return {one: n for one, n in counts.items() if self.may_see(one)}

    def worked_out(self, what: str, as_of: AsOf, make: Callable[[], Made]) -> Made:
        """Return *what* of this viewer's audiences as known at *as_of*, made once while the stamp stands.

        It is shared: nobody may change it.
        """
        return self._worked_out.get((what, frozenset(self.audiences)), as_of, as_of.stamp, make)

    def allowed(self, indicators: str | Sequence[str]) -> list[str]:
        """Return *indicators* as a list; raise NotForViewer for one of another audience, KeyError if unknown."""
        asked = [indicators] if isinstance(indicators, str) else list(indicators)
        for indicator_id in asked:
            if self.catalogue.get(indicator_id).audience not in self.audiences:
                raise NotForViewer(indicator_id)
        return asked

    def may_see(self, indicator: str) -> bool:
        """Say whether *indicator* is known and for one of the viewer's audiences."""
        found = self.catalogue.by_id.get(indicator)
        return found is not None and found.audience in self.audiences

    def nothing(self) -> pd.DataFrame:
        """Return a frame of no figures, with all its columns."""
        return self.warehouse.latest([], as_of=EVER)

    def latest(
        self,
        indicators: str | Sequence[str],
        as_of: AsOf,
        *,
        places: Sequence[str] | None = None,
        **choose: Any,
    ) -> pd.DataFrame:
        """Return the newest figure of each series as known then; *choose* narrows by breakdown or spans."""
        asked = self.allowed(indicators)
        frame = self.warehouse.latest(asked, as_of=as_of.instant, stamp=as_of.stamp, places=places, **choose)
        made = self._made_of_parts(asked, as_of, places, **choose)
        return frame if made.empty else newest(beside(frame, made))

    def history(
        self,
        indicators: str | Sequence[str],
        as_of: AsOf,
        *,
        places: Sequence[str] | None = None,
        **choose: Any,
    ) -> pd.DataFrame:
        """Return every period of each series, its best figure as known then; *choose*: breakdown, spans,
        start, end."""
        asked = self.allowed(indicators)
        frame = self.warehouse.history(asked, as_of=as_of.instant, stamp=as_of.stamp, places=places, **choose)
        return beside(frame, self._made_of_parts(asked, as_of, places, **choose))

    def _made_of_parts(
        self, asked: Sequence[str], as_of: AsOf, places: Sequence[str] | None, **choose: Any
    ) -> pd.DataFrame:
        """Return the totals of those *asked* that come in parts; all places are read, as ``metrics.parts`` says."""
        parts = {one: self.catalogue.get(one).parts for one in asked if self.catalogue.get(one).parts}
        if not parts or choose.get("breakdown"):
            return self.nothing()
        period = {name: value for name, value in choose.items() if name != "breakdown"}
        known = self.warehouse.history(list(parts), as_of=as_of.instant, stamp=as_of.stamp, **period)
        made = totals_of(known, parts)
        return made if places is None else made[made["place_id"].isin(list(places))]

    def totals(
        self, indicator: str, as_of: AsOf, *, every: str, by: Sequence[str], **choose: Any
    ) -> pd.DataFrame:
        """Return sums of day figures as known then, by *by* (``place_id``, breakdown keys) and day, month, year."""
        (asked,) = self.allowed(indicator)
        return self.warehouse.totals(
            asked, as_of=as_of.instant, stamp=as_of.stamp, every=every, by=tuple(by), **choose
        )

    def vintages(
        self,
        indicators: str | Sequence[str],
        *,
        places: Sequence[str] | None = None,
        as_of: AsOf | None = None,
    ) -> pd.DataFrame:
        """Return every figure recorded for *indicators* (known by *as_of*), with when it was known and recorded."""
        clocks = {"as_of": as_of.instant, "stamp": as_of.stamp} if as_of else {}
        return self.warehouse.vintages(self.allowed(indicators), places=places, **clocks)

    def changes(
        self, indicators: str | Sequence[str], as_of: AsOf, *, stamp: int | None, declared: Iterable[Declared]
    ) -> tuple[Change, ...]:
        """Return every revision and correction of figures of *indicators* known by then; *declared* are our own."""
        asked, ours = self.allowed(indicators), tuple(declared)

        def made() -> tuple[Change, ...]:
            stories = self.warehouse.stories(asked, as_of=as_of.instant, stamp=stamp)
            return changes(stories, self.citations() if len(stories) else {}, ours)

        return self._worked_out.get(("changes", tuple(asked), ours), as_of, stamp, made)

    def one_each(
        self, indicators: str | Sequence[str], as_of: AsOf, *, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return at most one figure per indicator and place: the newest of the series that lead the indicator.

        Series of other counting bases or spans stay out; the column ``bases`` counts how many bases the place has.
        """
        frame = self.latest(indicators, as_of, places=places, breakdown="")
        if frame.empty:
            return frame.assign(bases=pd.Series(dtype="int64"))
        leading = {name: self._leading_spans(name, rows) for name, rows in frame.groupby("indicator_id")}
        pairs = zip(frame["indicator_id"], frame["span"], strict=True)
        frame = frame[[span in leading[indicator] for indicator, span in pairs]]
        one = ["indicator_id", "place_id"]
        bases = frame.groupby(one)["counting_basis"].transform("nunique")
        ordered = frame.assign(bases=bases, rank=frame["tier"].map(TIER_ORDER)).sort_values(
            ["period_end", "rank", "known_at", "series_id"], ascending=[False, True, False, True]
        )
        return ordered.drop_duplicates(one).drop(columns="rank").reset_index(drop=True)

    def _leading_spans(self, indicator: str, frame: pd.DataFrame) -> list[str]:
        """Return the spans that may stand side by side: the indicator's own cycle where figures have it."""
        own = {
            "yearly": "year",
            "half_yearly": "half",
            "quarterly": "quarter",
            "monthly": "month",
            "daily": "day",
        }
        spans = set(frame["span"])
        cycle = own.get(self.catalogue.get(indicator).frequency)
        if "point" in spans:
            return ["point"]
        return [cycle] if cycle in spans else sorted(spans)

    def across(self, indicator: str, as_of: AsOf, places: Sequence[str]) -> pd.DataFrame:
        """Return one row per place of *places*, in their order, whether or not there is a figure.

        Beside the warehouse's columns: ``state`` (figure, no_figure, not_in_scope, not_published, withheld,
        not_defined) and ``why`` (a reason key, "" where none); ``value`` is missing unless state is figure.
        """
        found = self.one_each(indicator, as_of, places=places)
        rows = found.set_index("place_id").reindex(list(places))
        absent = self.absences(indicator, as_of)
        has_figure = rows["value"].notna()
        states = [
            "figure" if has else absent.get(place, (ABSENT, ""))[0]
            for place, has in zip(rows.index, has_figure, strict=True)
        ]
        whys = [
            "" if has else absent.get(place, (ABSENT, ""))[1]
            for place, has in zip(rows.index, has_figure, strict=True)
        ]
        return rows.assign(state=states, why=whys).rename_axis("place_id").reset_index()

    def cities(self, indicator: str, as_of: AsOf) -> pd.DataFrame:
        """Return ``across`` for the 11 cities in their official order."""
        return self.across(indicator, as_of, [city.id for city in self.atlas.cities])

    def absences(self, indicator: str, as_of: AsOf) -> dict[str, tuple[str, str]]:
        """Return why a place has no figure of *indicator* as known then: place id -> (kind, reason key)."""
        return self.absences_of([indicator], as_of)[indicator]

    def absences_of(self, indicators: Sequence[str], as_of: AsOf) -> dict[str, dict[str, tuple[str, str]]]:
        """Return ``absences`` of each of *indicators*, from one reading of the scope."""
        scope = self.warehouse.scope(as_of.instant, stamp=as_of.stamp)
        if scope.empty:
            return {indicator: {} for indicator in indicators}
        day = pd.Timestamp(as_of.day)
        rows = scope[(scope["start"] <= day) & (scope["end"].isna() | (scope["end"] >= day))]
        said: dict[str, dict[str, tuple[str, str]]] = {}
        for row in rows[["indicator_id", "place_id", "kind", "why"]].to_dict("records"):
            said.setdefault(row["indicator_id"], {})[row["place_id"]] = (row["kind"], row["why"])
        # The narrowest word wins: one said of this very indicator over one said of all.
        return {
            indicator: said.get("*", {})
            | said.get(f"work_item:{self.catalogue.get(indicator).work_item}", {})
            | said.get(indicator, {})
            for indicator in indicators
        }

    def data_to(self, frame: pd.DataFrame) -> date | None:
        """Return the last day that the figures of *frame* speak of."""
        ends = frame["period_end"].dropna() if "period_end" in frame else []
        return max(ends).date() if len(ends) else None
