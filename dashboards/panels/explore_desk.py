"""What the explorer is worked with: search, indicators, places, period, method, chart, breakdowns, saved views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import View
from dashboards.panels.explore_asked import (
    CHARTS,
    PATH,
    PLACE_GROUPS,
    VALUES,
    asked_for,
    changed,
    is_opening,
    listed,
    toggled,
)
from dashboards.panels.explore_read import place_said
from dashboards.panels.explore_search import search, with_indicators
from dashboards.panels.explore_views import views
from metrics.explore import CHANGES, EVERY, PER
from metrics.warehouse.values import breakdown_parts

KINDS = ("city", "crossing", "district", "region", "province")
MOST_OPEN = 14
"""How many places of a kind stand open; more are folded away until one of them is chosen."""


def desk_of(desk: Desk, view: View) -> Component:
    """Return the controls of the explorer; every one of them writes the address."""
    filters = asked_for(view.filters, desk)
    indicators = listed(filters, "indicators")
    series = desk.metrics.warehouse.series(list(indicators))
    blocks = [
        _block(view, "explore.indicators", [*search(desk, view), _chosen(view, indicators)]),
        _folded(view, "worked_out", [_settings(view, filters, series)]),
        _folded(view, "places", _places(desk, view, filters, series)),
        _folded(view, "views", [views(desk, view)]),
    ]
    if is_opening(view.filters):
        blocks.insert(0, parts.note(view.t("explore.opening")))
    return html.Div(blocks, className="explore-desk")


def _block(view: View, title: str, content: Sequence[Component]) -> Component:
    return html.Section([html.H2(view.t(title)), *content], className="explore-block")


def _folded(view: View, name: str, content: Sequence[Component]) -> Component:
    """Return a block that folds; a script folds it at first where the window is narrow."""
    summary = html.Summary(html.H2(view.t(f"explore.{name}")))
    data = {"data-stay": name, "data-fold": "narrow"}
    return html.Details([summary, *content], open=True, className="explore-block", **data)


def _chosen(view: View, indicators: tuple[str, ...]) -> Component:
    items = []
    for one in indicators:
        name = view.t(f"indicator.{one}")
        rest = tuple(held for held in indicators if held != one)
        away = html.A(
            "×", href=with_indicators(view, rest), className="away",
            **{"aria-label": view.t("explore.remove", name=name), "title": view.t("explore.remove", name=name)},
        )  # fmt: skip
        items.append(html.Li([html.Span(name), away] if rest else [html.Span(name)]))
    return html.Ul(items, className="chosen", **{"aria-label": view.t("explore.chosen")})


def _places(desk: Desk, view: View, filters: Filters, series: pd.DataFrame) -> list[Component]:
    """Return the groups, and each place that has a series of what is chosen, to be added or taken out."""
    group = filters.option("group")
    every = not filters.places and not group
    choices = [(view.t("explore.all_places"), changed(filters, places=(), options={"group": ""}), every)]
    choices += [
        (view.t(f"explore.group_{one}"), changed(filters, places=(), options={"group": one}),
         group == one and not filters.places)
        for one in PLACE_GROUPS
    ]  # fmt: skip
    found = [parts.chips(choices, label=view.t("explore.place_groups"))]
    there = {*series["place_id"], *filters.places}
    for kind in KINDS:
        places = [place.id for place in desk.atlas if place.kind == kind and place.id in there]
        if places:
            found.append(_of_kind(kind, places, view, filters))
    return found


def _of_kind(kind: str, places: Sequence[str], view: View, filters: Filters) -> Component:
    chips = parts.chips(
        [
            (place_said(one, view.style, places),
             changed(filters, places=toggled(filters.places, one), options={"group": ""}),
             one in filters.places)
            for one in places
        ],
        label=view.t(f"explore.kind_{kind}"),
    )  # fmt: skip
    chosen = sum(one in filters.places for one in places)
    count = view.t("explore.chosen_of", n=chosen, all=len(places)) if chosen else str(len(places))
    summary = html.Summary([view.t(f"explore.kind_{kind}"), html.Span(count, className="soft")])
    return html.Details(
        [summary, chips], open=bool(chosen) or len(places) <= MOST_OPEN, **{"data-stay": f"places-{kind}"}
    )


def _settings(view: View, filters: Filters, series: pd.DataFrame) -> Component:
    """Return one form for period, frequency, rates, change, chart, breakdowns, bases and the other as-of."""
    option = filters.option
    choose = partial(_choice, view)
    fields = [
        choose("chart", "explore.chart", "explore.chart_", CHARTS, option("chart")),
        choose("every", "explore.every", "explore.every_", EVERY, option("every")),
        _day(view, "from", filters.start),
        _day(view, "to", filters.end),
        choose("per", "explore.per", "explore.per_", tuple(PER), filters.per),
        choose("change", "explore.change", "explore.change_", CHANGES, option("change")),
    ]
    if option("change") == "index":
        fields.append(_date(view, "base", option("base")))
    fields += _breakdowns(view, filters, series)
    bases = [one for one in dict.fromkeys(series["counting_basis"]) if view.words.has(f"basis.{one}")]
    if len(bases) > 1 or option("basis"):
        fields.append(choose("basis", "explore.basis", "basis.", tuple(bases), option("basis")))
    fields.append(_date(view, "against", option("against")[:10]))
    names = {"from", "to", "per", *(one for one in dict(filters.options) if one != "indicators")} - _KEPT
    address = changed(filters, start=None, end=None, per="", options=dict.fromkeys(names, ""))
    form = parts.asking(PATH, fields, keep=address.partition("?")[2], label=view.t("explore.worked_out"))
    form.className += " explore-settings"
    return form


_KEPT = frozenset({"group", "q"})


def _choice(
    view: View, name: str, label: str, prefix: str, values: Sequence[str], held: str, none: str = ""
) -> Component:
    empty = none or f"explore.{name}_any"
    choices = [("", view.t(empty)), *((one, view.t(f"{prefix}{one}")) for one in values)]
    if held and held not in values:  # several at once, as an address may ask
        choices.append((held, view.words.listing(_said(view, prefix, held))))
    return parts.choice(name, choices, label=view.t(label), value=held)


def _said(view: View, prefix: str, held: str) -> list[str]:
    """Return what several values of one option are called."""
    keys = [f"{prefix}{one.rpartition(':')[2]}" for one in held.split(",")]
    return [view.t(key) if view.words.has(key) else key.removeprefix(prefix) for key in keys]


def _breakdowns(view: View, filters: Filters, series: pd.DataFrame) -> list[Component]:
    keys = {key for text in series["breakdown"].unique() for key in breakdown_parts(text) if key in VALUES}
    held, narrowed = filters.option("split"), filters.option("parts")
    if not keys and not held and not narrowed:
        return []
    ordered = [key for key in VALUES if key in keys]
    splits = [("", view.t("explore.split_any")), *((key, view.t(f"explore.split_{key}")) for key in ordered)]
    if len(ordered) > 1:
        both = ",".join(ordered)
        splits.append((both, view.words.listing(view.t(f"explore.split_{key}") for key in ordered)))
    some = [("", view.t("explore.parts_any"))]
    some += [(f"{key}:{one}", view.t(f"part.{one}")) for key in ordered for one in VALUES[key]]
    for choices, value, prefix in ((splits, held, "explore.split_"), (some, narrowed, "part.")):
        if value and value not in dict(choices):
            choices.append((value, view.words.listing(_said(view, prefix, value))))
    return [
        parts.choice("split", splits, label=view.t("explore.split"), value=held),
        parts.choice("parts", some, label=view.t("explore.parts"), value=narrowed),
    ]


def _day(view: View, name: str, day) -> Component:
    return _date(view, name, day.isoformat() if day else "")


def _date(view: View, name: str, value: str) -> Component:
    full = (value + "-01-01")[:10] if value else ""
    most = view.today.isoformat()
    said = view.words.day(date.fromisoformat(full)) if full else ""
    return parts.field(
        name, "date", label=view.t(f"explore.{name}"), value=full, least="1980-01-01", most=most, said=said
    )
