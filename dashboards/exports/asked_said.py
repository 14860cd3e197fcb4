"""What a page was asked beside places and period, in the reader's words: its own parameters and their values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from dashboards.i18n import Words

NAMES: Mapping[str, str] = MappingProxyType({
    "against": "explore.against", "base": "explore.base", "basis": "column.basis", "change": "explore.change",
    "chart": "explore.chart", "every": "explore.every", "feed": "transport.feed", "figures": "catalogue.status",
    "find": "asked.any_words", "group": "explore.place_groups", "indicators": "explore.indicators",
    "leaf": "asked.leaf", "mark": "asked.mark", "parts": "explore.parts", "q": "asked.any_words",
    "show": "services.measure", "split": "explore.split", "topic": "catalogue.topic", "view": "marking.map",
    "work_item": "catalogue.work_item", "year": "asked.year",
})  # fmt: skip
"""What a page's own parameter is called."""

VALUES: Mapping[str, str] = MappingProxyType({
    "basis": "basis.", "change": "explore.change_", "chart": "explore.chart_", "every": "explore.every_",
    "feed": "transport.feed_", "figures": "asked.figures_", "group": "explore.group_", "indicators": "indicator.",
    "mark": "place.", "parts": "part.", "show": "services.short_", "split": "explore.split_", "topic": "topic.",
    "view": "marking.",
})  # fmt: skip
"""What the term of a value begins with; other values say themselves."""

_DAYS = frozenset({"against", "base"})


def option_said(name: str, value: str, words: Words) -> tuple[str, str]:
    """Return a page's own parameter and its value (several: with commas between) in words."""
    label = words.t(NAMES[name]) if name in NAMES else name
    if name in _DAYS:
        return label, _day(value, words)
    if name not in VALUES:
        return label, value
    return label, words.listing(_value(VALUES[name], one, words) for one in value.split(","))


def _value(start: str, value: str, words: Words) -> str:
    """Return one value in words; of ``direction:arrival`` the part after the colon."""
    key = start + value.rpartition(":")[2]
    return words.t(key) if words.has(key) else value


def _day(text: str, words: Words) -> str:
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:  # a year, a month or an instant: read everywhere as it stands
        return text
