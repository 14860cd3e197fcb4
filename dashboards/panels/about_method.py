"""The progress method as it is applied: statuses, pace, edges and the rule of a work item, with their thresholds."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import View
from dashboards.panels.about_parts import bullets, paragraphs, rows, section
from metrics.progress_values import (
    APPROX_MARGIN,
    AT_RISK_FROM,
    BEHIND_SHARE,
    MODELS,
    ON_TRACK_FROM,
    STATUSES,
    STEADY_BAND,
    VERY_LATE_DAYS,
)

_MEANT = {
    "achieved": "about.status_achieved",
    "on_track": "about.status_on_track",
    "at_risk": "about.status_at_risk",
    "off_track": "about.status_off_track",
    "missed": "about.status_missed",
    "unverified": "about.status_unverified",
    "not_proven": "about.status_not_proven",
    "not_assessed": "about.status_not_assessed",
}
_EDGES = (
    "about.edge_too_early",
    "about.edge_compound",
    "about.edge_outlook",
    "about.edge_lost",
    "about.edge_approx",
    "about.edge_open",
    "about.edge_reference",
    "about.edge_expires",
)
_RULES = (
    "about.rule_off_track",
    "about.rule_at_risk",
    "about.rule_achieved",
    "about.rule_on_track",
    "about.rule_unverified",
    "about.rule_not_assessed",
)


def thresholds(view: View) -> dict[str, str]:
    """Return the thresholds of the method as the reader's language writes them, from the code that applies them."""
    words = view.words
    return {
        "on_track": words.number(ON_TRACK_FROM, decimals=2),
        "at_risk": words.number(AT_RISK_FROM, decimals=2),
        "days": words.number(float(VERY_LATE_DAYS)),
        "behind": words.percent(BEHIND_SHARE * 100),
        "margin": words.percent(APPROX_MARGIN * 100),
        "band": words.percent(STEADY_BAND * 100),
    }


def method_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write how a measure is judged: pace, models, statuses, edges."""
    known = thresholds(view)
    models = view.words.listing(view.t(f"why.model_{model}") for model in MODELS)
    return [
        *paragraphs(("about.method_measure",), view),
        html.P(view.t("why.formula_pace"), className="formula"),
        html.P(view.t("about.method_models", models=models)),
        rows([(parts.status_chip(one, view.words), view.t(_MEANT[one], **known)) for one in STATUSES]),
        html.H3(view.t("about.edges"), className="group-title"),
        bullets([view.t(key, **known) for key in _EDGES]),
    ]


def item_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write how the word of a work item follows from its measures and milestones."""
    known = thresholds(view)
    return [
        *paragraphs(("about.item_word",), view),
        bullets([view.t(key, **known) for key in _RULES], ordered=True),
        *paragraphs(("about.item_override", "about.item_travel"), view, **known),
    ]


METHOD = section("method", "about.method", method_body, size="wide")
ITEM = section("work-item-rule", "about.item", item_body, size="third")
