"""What an indicator means: its names, definition, unit, owner, method, breaks; and where its newest figure stands."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.i18n import HTML_LANG, LANGUAGES
from dashboards.panel import Panel, View
from dashboards.panels.indicator_told import Told
from dashboards.panels.indicator_words import (
    PLAIN_BASIS,
    basis_name,
    full_figure,
    known_day,
    link_to,
    method_said,
    owner_name,
    period,
    series_name,
    short_figure,
    unit_names,
)
from dashboards.panels.work_item_words import with_tier
from metrics.quality import Freshness, freshness
from metrics.queries import TIER_ORDER


def about_panel(told: Told) -> Panel:
    """Return the panel of what the indicator means."""
    return Panel(
        id="meaning",
        title="indicator_page.meaning",
        query=lambda desk, _filters: desk.metrics.nothing(),
        body=partial(about_body, told),
        size="wide",
        draws_empty=True,
        speaks=False,
        sources=lambda _frame, view: [view.t("indicator_page.from_catalogue")],
    )


def now_panel(told: Told) -> Panel:
    """Return the panel of the newest figure and how old it may grow."""
    return Panel(
        id="newest",
        title="indicator_page.newest",
        query=partial(newest_frame, told),
        body=partial(now_body, told),
        size="third",
        corrected=False,
        indicators=(told.id,),
        empty="indicator_page.live_elsewhere" if told.live else "indicator_page.no_figure",
    )


def about_body(told: Told, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the definition, then the names in every language and the facts of the catalogue."""
    indicator = told.indicator
    words = view.words
    found: list[Component] = []
    if words.has(f"definition.{told.id}"):
        found.append(html.P(view.t(f"definition.{told.id}"), className="definition"))
    else:
        found.append(parts.note(view.t("indicator_page.no_definition")))
    pairs: list[tuple[Any, Any]] = [(view.t("indicator_page.names"), _names(told))]
    pairs += [
        (view.t("indicator_page.code"), html.Code(told.id)),
        (view.t("indicator_page.unit"), unit_names(indicator, view)),
        (view.t("indicator_page.frequency"), view.t(f"frequency.{indicator.frequency}")),
        (view.t("indicator_page.kind"), _kind(told, view)),
        (view.t("indicator_page.method"), _method(told, view)),
        (view.t("indicator_page.owner"), owner_name(indicator, view)),
    ]
    pairs += [(view.t("indicator_page.review"), said)] if (said := _reviewed(told, view)) else []
    pairs.append((view.t("indicator_page.work_item"), _work_item(told, view)))
    if indicator.audience != "public":
        pairs.append((view.t("indicator_page.audience"), view.t(f"audience.{indicator.audience}")))
    pairs += [(view.t("indicator_page.comparability"), said) for said in [_comparability(told, view)] if said]
    return [*found, parts.facts(pairs)]


def _names(told: Told) -> list[Component]:
    names = told.indicator.names
    return [html.Span(names[lang], lang=HTML_LANG[lang], className="name-line") for lang in LANGUAGES]


def _kind(told: Told, view: View) -> str:
    indicator = told.indicator
    stock = view.t("indicator_page.stock" if indicator.stock else "indicator_page.flow")
    return view.t("format.pair", a=stock, b=view.t(f"why.direction_{indicator.direction}"))


def _method(told: Told, view: View) -> list[Component | str]:
    derive = told.indicator.derive
    said: list[Component | str] = [method_said(told.indicator, view)]
    if derive:
        said += [" ", link_to(derive.of, view), " · ", link_to(derive.per, view)]
    return said


def _reviewed(told: Told, view: View) -> str:
    indicator = told.indicator
    if indicator.reviewed is None:
        return ""
    said = view.t("indicator_page.reviewed", date=view.words.day(indicator.reviewed))
    if indicator.next_review is None:
        return said
    return view.t(
        "format.pair",
        a=said,
        b=view.t("indicator_page.next_review", date=view.words.day(indicator.next_review)),
    )


def _work_item(told: Told, view: View) -> Component:
    number = told.indicator.work_item
    text = view.t("change.item", n=number, title=view.t(f"work_item.{number}"))
    return html.A(text, href=view.href(f"/work-items/{number}"))


def _comparability(told: Told, view: View) -> list[Component]:
    """Write what is said of comparability, the breaks, and the counting bases that figures come on."""
    key = f"comparability.{told.id}"
    lines = [html.P(view.t(key))] if view.words.has(key) else []
    for one in told.indicator.breaks:
        where = view.words.listing(view.t(f"place.{place}") for place in one.places)
        day = view.words.day(one.on)
        said = (
            view.t("indicator_page.break_at", date=day, places=where)
            if where
            else view.t("indicator_page.break", date=day)
        )
        lines.append(html.P([parts.flag_chip("series_break", view.words), " ", said]))
    bases = [basis for basis in told.latest["counting_basis"].unique() if basis != PLAIN_BASIS]
    if bases:
        names = view.words.listing(basis_name(basis, view) for basis in bases)
        lines.append(html.P(view.t("indicator_page.bases", names=names)))
    return lines


def newest_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return the newest figure of each place (warehouse columns), the newest period and the best tier first."""
    frame = told.latest
    order = {place.id: at for at, place in enumerate(told.desk.atlas)}
    ordered = frame.assign(
        part=frame["breakdown"].ne(""),
        rank=frame["tier"].map(TIER_ORDER),
        at=frame["place_id"].map(order).fillna(len(order)),
    ).sort_values(["period_end", "part", "rank", "at"], ascending=[False, True, True, True], kind="stable")
    return ordered.drop(columns=["part", "rank", "at"])


def now_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the newest figure, when it was published, and until when a status may rest on it."""
    row = frame.iloc[0].to_dict()
    said = [period(row, view), view.t("indicator_page.known_on", date=known_day(row, view))]
    detail = html.Span([html.Span(line) for line in said], className="lines-soft")
    label = with_tier(series_name(row, view), row["tier"], view)
    found: list[Component] = [parts.big_number(short_figure(row, view), label, detail=detail)]
    if short_figure(row, view) != full_figure(row, view):
        found.append(html.P(full_figure(row, view), className="soft"))
    found.append(
        html.P(fresh_said(freshness(frame, told.indicator, told.as_of.day), view), className="fresh-said")
    )
    restated = len({change.lane for change in told.changes})
    counts = (
        ("indicator_page.known_figures", told.count),
        ("indicator_page.known_places", frame["place_id"].nunique()),
        ("indicator_page.known_restated", restated),
    )
    return [*found, parts.facts([(view.t(key), view.words.number(float(n))) for key, n in counts])]


def fresh_said(fresh: Freshness, view: View) -> str:
    """Write how fresh the newest figure is by its own cycle."""
    if fresh.state == "none" or fresh.expires_on is None:
        return view.t("indicator_page.no_figure")
    key = {
        "fresh": "indicator_page.fresh",
        "on_last_data": "indicator_page.on_last_data",
        "stale": "indicator_page.stale",
    }
    return view.t(key[fresh.state], date=view.words.day(fresh.expires_on))
