"""What holds for every figure: the rules of truth, the as-of, corrections, and what the marks mean."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import View
from dashboards.panels.about_parts import bullets, paragraphs, rows, section
from metrics.notices import CORRECTIONS, LEAST_DAYS, MOST_DAYS, REVISIONS
from metrics.warehouse.values import TIERS

_TRUTHS = (
    "about.truth_qualifiers",
    "about.truth_bases",
    "about.truth_absence",
    "about.truth_kept",
    "about.truth_expires",
    "about.truth_dates",
    "about.truth_explained",
    "about.truth_province",
    "about.truth_tiers",
)
_TIERS = {
    "official": "about.tier_official",
    "reprint_of_official": "about.tier_reprint",
    "press": "about.tier_press",
    "third_party": "about.tier_third",
}
_QUALIFIERS = {
    "exact": "about.qualifier_exact",
    "over": "about.qualifier_over",
    "at_least": "about.qualifier_at_least",
    "approx": "about.qualifier_approx",
    "under": "about.qualifier_under",
    "at_most": "about.qualifier_at_most",
}
_FLAGS = {
    "provisional": "about.flag_provisional",
    "estimated": "about.flag_estimated",
    "revised": "about.flag_revised",
    "series_break": "about.flag_break",
    "derived": "about.flag_derived",
    "not_published": "about.flag_not_published",
    "not_in_scope": "about.flag_not_in_scope",
    "withheld": "about.flag_withheld",
    "no_data": "about.flag_no_data",
    "zero": "about.flag_zero",
}
_CHANGES = {
    "updated": "about.change_updated",
    "sharpened": "about.change_sharpened",
    "confirmed": "about.change_confirmed",
    "other_source": "about.change_other",
    "restored": "about.change_restored",
    "corrected": "about.change_corrected",
    "withdrawn": "about.change_withdrawn",
}


def truth_body(_frame: pd.DataFrame, view: View) -> Component:
    """Write the rules of truth."""
    return bullets([view.t(key) for key in _TRUTHS])


def as_of_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write what "as known on" means: two clocks, and how to ask for a day."""
    keys = ("about.as_of_two_clocks", "about.as_of_day", "about.as_of_about")
    example = html.Code("?as_of=2025-05-15")
    return [*paragraphs(keys, view), html.P([view.t("about.as_of_address"), " ", example])]


def corrections_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write which changes of a figure are revisions, which corrections, and how long a notice stands."""
    days = {
        "least": view.words.number(float(LEAST_DAYS)),
        "most": view.words.number(float(MOST_DAYS)),
    }
    return [
        *paragraphs(("about.changes_revisions",), view),
        rows([(view.t(f"revision.{kind}"), view.t(_CHANGES[kind])) for kind in REVISIONS]),
        *paragraphs(("about.changes_corrections",), view),
        rows([(view.t(f"revision.{kind}"), view.t(_CHANGES[kind])) for kind in CORRECTIONS]),
        *paragraphs(("about.changes_notice", "about.changes_straddle"), view, **days),
    ]


def marks_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write what qualifiers, flags and tiers mean, each with its own look."""
    example = 4_000_000.0
    qualifiers = [
        (view.words.compact(example, qualifier=one), view.t(key)) for one, key in _QUALIFIERS.items()
    ]
    flags = [(parts.flag_chip(flag, view.words), view.t(key)) for flag, key in _FLAGS.items()]
    tiers = [(html.Span(view.t(f"tier.{tier}"), className="flag"), view.t(_TIERS[tier])) for tier in TIERS]
    return [
        html.H3(view.t("about.qualifiers"), className="group-title"),
        rows(qualifiers),
        html.H3(view.t("about.flags"), className="group-title"),
        rows(flags),
        html.H3(view.t("about.tiers"), className="group-title"),
        rows(tiers),
    ]


TRUTH = section("truth", "about.truth", truth_body)
AS_OF = section("as-of", "about.as_of", as_of_body)
CHANGES = section("corrections", "about.changes", corrections_body)
MARKS = section("marks", "about.marks", marks_body)
