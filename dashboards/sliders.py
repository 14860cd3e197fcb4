"""Sliders: a native range over named stops, put in place by a script; moving it writes the address."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from dashboards.i18n import Words

LEAST_APART = 4.5
"""Percent of the slider's length that the words of two ticks keep between them."""

CLOSE = 7.5
"""Percent that they keep on a slider of half the width, where the words of close ticks are left out."""


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark under the slider at *place* (percent of its length): a meeting, a year, a stop.

    The words of a *close* one have room on a wide slider alone.
    """

    place: float
    text: str = ""
    kind: str = "stop"
    close: bool = False


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A slider over *stops*: what the script is told of them, the one chosen (*value*), the ticks below."""

    name: str
    label: str
    value: str
    stops: Mapping[str, str]
    ticks: Sequence[Tick] = ()
    said: str = ""
    look: str = "plain"
    data: Mapping[str, str] = field(default_factory=dict)


def share(place: int, many: int) -> float:
    """Return where stop *place* of *many* lies, in percent of the slider's length."""
    return round(place / (many - 1) * 100, 2) if many > 1 else 0.0


def named_stops(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return *pairs* (value, text) as the script reads them."""
    return {"data-stops": json.dumps(pairs, ensure_ascii=False)}


def day_stops(days: Sequence[date], today: str) -> dict[str, str]:
    """Return *days*, ascending, as the script reads them: the first, then the days between one and the next.

    The stop after the last day has the empty value and is named *today*.
    """
    steps = [str((after - before).days) for before, after in pairwise(days)]
    return {"data-days": " ".join([days[0].isoformat(), *steps]), "data-today": today}


def slider(slide: Slide, words: Words) -> Component:
    """Return *slide* with its button for playing, for a form of ``parts.asking``."""
    data = {"data-field": slide.name, "data-kind": "range", "data-value": slide.value}
    ticks = [
        html.Span(
            html.Span(tick.text, className="tick-text"),
            className=f"tick tick-{tick.kind}" + (" tick-close" if tick.close else ""),
            style={"left": f"{tick.place:g}%"},
        )
        for tick in slide.ticks
    ]
    way = html.Span(
        [
            html.Span(className="field", **(data | dict(slide.stops) | dict(slide.data))),
            html.Span(ticks, className="ticks", **{"aria-hidden": "true"}),
        ],
        className="slider-way",
    )
    return html.Div(
        [
            _button(words, slide.label),
            html.Label([html.Span(slide.label, className="field-label"), way], className="slider-label"),
            html.Span(slide.said, className="slider-said", **{"aria-hidden": "true"}),
        ],
        className=f"slider slider-{slide.look}",
    )


def _button(words: Words, label: str) -> Component:
    """Return the button that plays and pauses; it bears the words of each of its states."""
    said = {
        "play": words.t("slider.play", what=label),
        "pause": words.t("slider.pause", what=label),
        "step": words.t("slider.step", what=label),
    }
    return html.Button(
        html.Span(className="play-shape", **{"aria-hidden": "true"}),
        type="button",
        className="play",
        title=said["play"],
        **{"aria-label": said["play"], **{f"data-{name}": text for name, text in said.items()}},
    )


def apart(ticks: Sequence[Tick]) -> list[Tick]:
    """Return *ticks* with the words left out of those too near the one before, and the close ones told as such."""
    kept: list[Tick] = []
    last = last_wide = float("-inf")
    for tick in ticks:
        if not tick.text:
            kept.append(tick)
        elif tick.place - last < LEAST_APART:
            kept.append(replace(tick, text=""))
        else:
            close = tick.place - last_wide < CLOSE
            kept.append(replace(tick, close=close))
            last, last_wide = tick.place, last_wide if close else tick.place
    return kept
