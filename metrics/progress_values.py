"""What the progress method takes in and says, as plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

ON_TRACK_FROM = 0.95
AT_RISK_FROM = 0.60
VERY_LATE_DAYS = 90
BEHIND_SHARE = 0.25
APPROX_MARGIN = 0.01
STEADY_BAND = 0.005

MODELS = ("linear", "compound", "coverage", "yes_no", "milestone")
JUDGED = ("achieved", "on_track", "at_risk", "off_track", "missed")  # best first
STATUSES = (*JUDGED, "unverified", "not_proven", "not_assessed")
MILESTONE_STATES = ("done", "late", "dropped", "due", "planned", "unverified")
WORDS = ("off_track", "at_risk", "achieved", "on_track", "unverified", "not_assessed")
TRAVEL_WORDS = ("improving", "steady", "worsening", "no_newer_figure", "not_comparable")

REASONS = (
    "reached",
    "reached_by_due",
    "reached_late",
    "reached_first_shown_after_due",
    "pledge_kept",
    "pace_on_track",
    "pace_at_risk",
    "pace_off_track",
    "reached_then_lost",
    "short_at_due",
    "pledge_not_kept",
    "nothing_published",
    "no_figure_since_due",
    "too_old_at_due",
    "open_figure",
    "approx_at_target",
    "no_target",
    "reference",
    "not_in_scope",
    "no_direction",
    "no_figure",
    "stale",
    "no_due_date",
    "not_yet_done",
    "no_baseline",
    "compound_needs_positive_baseline",
    "too_early",
    "no_newer_figure",
    "no_path",
)
MILESTONE_REASONS = (
    "milestone_done",
    "milestone_met",
    "milestone_undone",
    "milestone_dropped",
    "milestone_due",
    "milestone_planned",
    "milestone_unverified",
)
WORK_ITEM_REASONS = (
    "milestone_very_late",
    "quarter_behind",
    "something_behind",
    "all_achieved",
    "none_behind",
    "awaiting_publication",
    "nothing_assessed",
)
FORMULAS = ("linear", "compound", "coverage", "threshold", "none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One figure of a measure's own series."""

    period_end: date
    value: float
    qualifier: str = "exact"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureFacts:
    """Everything that a verdict on one measure may rest on, as known at the asked instant.

    ``history`` holds the earlier figures of the same series since the baseline or the announcement, oldest
    first. ``coverage`` takes ``covered`` of ``of``; ``yes_no`` and ``milestone`` take ``actual`` 1 or 0. A
    figure dated before ``reach_from`` (a target for one year) shows pace but cannot reach the target. After
    ``fresh_until`` the data are older than their cycle; after ``judged_until`` they judge nothing more.
    """

    measure_id: str = ""
    kind: str | None = None
    direction: str = "higher_is_better"
    model: str = "linear"
    baseline: float | None = None
    baseline_on: date | None = None
    target: float | None = None
    target_qualifier: str = "exact"
    due_on: date | None = None
    actual: float | None = None
    actual_qualifier: str = "exact"
    actual_on: date | None = None
    tier: str = "official"
    history: tuple[Point, ...] = ()
    fresh_until: date | None = None
    judged_until: date | None = None
    reach_from: date | None = None
    in_scope: bool = True
    covered: int | None = None
    of: int | None = None
    rests_on_estimated: bool = False

    @property
    def value(self) -> float | None:
        """Return the figure to judge."""
        return self.covered if self.actual is None else self.actual

    @property
    def goal(self) -> float | None:
        """Return the value to reach: the target, all places of a coverage, or "yes"."""
        if self.target is None and self.model in {"yes_no", "milestone"} and self.kind:
            return 1.0
        return self.of if self.target is None else self.target


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """How fast it goes and would have to go, in units a day (``compound``: as a rate of growth a day).

    ``projected_on`` is the day on which the target would be met at the current pace; None if never.
    """

    required_per_day: float | None = None
    current_per_day: float | None = None
    projected_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A status with its reason: ``reason_key`` is one of REASONS, ``inputs`` what it was reached from, by name.

    ``on_last_data`` is the date of figures older than their own cycle, else None; ``formula`` one of FORMULAS.
    """

    measure_id: str
    status: str
    reason_key: str
    model: str
    formula: str
    inputs: Mapping[str, object]
    expected: float | None = None
    pace: float | None = None
    outlook: Outlook | None = None
    on_last_data: date | None = None
    due_on: date | None = None
    rests_on_estimated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneFacts:
    """What is known of a milestone; ``outcome`` None until one was published.

    ``kind`` event, target or plan; ``first_due_on`` the first date announced where it was moved.
    """

    milestone_id: str
    kind: str = "target"
    due_on: date | None = None
    first_due_on: date | None = None
    outcome: str | None = None  # happened, met, missed, dropped
    outcome_known_on: date | None = None
    happened_on: date | None = None
    rests_on_estimated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneVerdict:
    """The state of a milestone, one of MILESTONE_STATES, and why.

    ``committed`` is false for events that nobody had announced as a target or a plan; ``days_late`` counts
    only where it is known to be undone.
    """

    milestone_id: str
    state: str
    reason_key: str
    inputs: Mapping[str, object]
    committed: bool = True
    days_late: int = 0
    rests_on_estimated: bool = False


OVERRIDE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"work_item": WORDS, "measure": STATUSES, "milestone": MILESTONE_STATES}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """A word set by a person about a work item, measure or milestone, shown beside the computed one.

    *reasons* are by language; it stands from *since* to *until*, both included.
    """

    kind: str = "work_item"
    word: str
    by: str
    reasons: Mapping[str, str]
    since: date = date.min
    until: date

    def __post_init__(self) -> None:
        known = OVERRIDE_WORDS[self.kind]
        if self.word not in known:
            raise ValueError(f"override {self.word!r} is no status; expected one of {', '.join(known)}")
        if not self.by.strip() or not any(text.strip() for text in self.reasons.values()):
            raise ValueError("an override needs the name of who set it and a reason")


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkItemVerdict:
    """The one word of a work item, computed, with what decided it.

    ``counts`` by measure status, ``milestone_counts`` by milestone state; ``deciding`` the ids of the nodes
    that decided, measures or milestones. ``override`` stands beside ``word`` and never replaces it.
    """

    word: str
    reason_key: str
    reason_args: Mapping[str, object]
    counts: Mapping[str, int]
    milestone_counts: Mapping[str, int]
    deciding: tuple[str, ...] = ()
    rests_on_estimated_dates: bool = False
    override: Override | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Travel:
    """Where a measure without a target goes: one of TRAVEL_WORDS. It is no status and not coloured as one."""

    word: str
    inputs: Mapping[str, object] = field(default_factory=dict)
