"""Indicators: the catalogue of everything that is counted, found by words, work item, topic and state."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels.indicator_list import HAS, HAS_NOT, PATH, WORK_ITEMS, asked_words, list_panels
from metrics.indicators import DOMAINS

PAGE = Page(
    id="indicators",
    path=PATH,
    order=70,
    title="catalogue.title",
    lead="catalogue.lead",
    panels=list_panels,
    options={
        "find": lambda _desk: asked_words,
        "figures": (HAS, HAS_NOT),
        "work_item": WORK_ITEMS,
        "topic": DOMAINS,
    },
)
