"""The catalogue of indicators: each with its newest figure, or that there is none yet, by work item and topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.indicator_words import link_to, owner_name, period, short_figure, unit_names
from dashboards.panels.switches import option_href, switch
from metrics.asof import HONG_KONG
from metrics.indicators import DOMAINS, Indicator
from metrics.queries import TIER_ORDER
from metrics.search import Finder

PATH = "/indicators"
WORK_ITEMS = ("1", "2", "3", "4", "5")
HAS, HAS_NOT = "yes", "none"
LIVE = "live"
MOST_WORDS = 80


def asked_words(text: str) -> str:
    """Read what is looked for: spaces made one; raise ValueError for nothing or too much of it."""
    words = " ".join(text.split())
    if not words or len(words) > MOST_WORDS:
        raise ValueError(f"expected up to {MOST_WORDS} characters, found {len(words)}")
    return words


@dataclass(kw_only=True)
class Register:
    """Holds what one answer knows of the catalogue: which indicators are asked for, and the newest of each."""

    desk: Desk
    filters: Filters

    @cached_property
    def seen(self) -> list[Indicator]:
        """Every indicator that this viewer may see, in the order of the catalogue."""
        return [one for one in self.desk.catalogue if self.desk.metrics.may_see(one.id)]

    @cached_property
    def newest(self) -> Mapping[str, dict[str, Any]]:
        """The newest figure of each indicator that has one, by id: a warehouse row with ``places``, how many report."""
        frame = self.desk.metrics.latest([one.id for one in self.seen], self.filters.as_of)
        if frame.empty:
            return {}
        places = frame.groupby("indicator_id")["place_id"].nunique()
        order = {place.id: at for at, place in enumerate(self.desk.atlas)}
        ordered = frame.assign(
            whole=frame["breakdown"].ne(""),
            rank=frame["tier"].map(TIER_ORDER),
            at=frame["place_id"].map(order).fillna(len(order)),
        ).sort_values(["period_end", "whole", "rank", "at"], ascending=[False, True, True, True])
        first = ordered.drop_duplicates("indicator_id").drop(columns=["whole", "rank", "at"])
        rows = first.assign(places=first["indicator_id"].map(places)).to_dict("records")
        return {row["indicator_id"]: row for row in rows}

    @cached_property
    def heard(self) -> Mapping[str, datetime]:
        """When the newest reading of each live indicator was taken, of those received by then."""
        live = [one.id for one in self.seen if one.frequency == LIVE]
        warehouse, day = self.desk.metrics.warehouse, self.filters.as_of.day
        months = warehouse.rollup(live, every="month", end=day) if live else pd.DataFrame()
        if months.empty:
            return {}
        months = months[months["last_at"] <= pd.Timestamp(self.filters.as_of.instant)]
        return {
            one: at.to_pydatetime() for one, at in months.groupby("indicator_id")["last_at"].max().items()
        }

    def has(self, indicator: Indicator) -> bool:
        """Say whether there is a figure or a reading of *indicator*."""
        return indicator.id in self.newest or indicator.id in self.heard

    @cached_property
    def chosen(self) -> list[Indicator]:
        """The indicators that the address asks for; those found by words come best first."""
        words, figures = self.filters.option("find"), self.filters.option("figures")
        found = _found(self.desk, self.seen, words) if words else self.seen
        return [
            one
            for one in found
            if self.filters.option("work_item", str(one.work_item)) == str(one.work_item)
            and self.filters.option("topic", one.domain) == one.domain
            and (not figures or self.has(one) == (figures == HAS))
        ]


def _found(desk: Desk, seen: Sequence[Indicator], words: str) -> list[Indicator]:
    about = {one.id: _texts_about(one, desk) for one in seen}
    return Finder(seen, about).find(words)


def _texts_about(indicator: Indicator, desk: Desk) -> list[str]:
    """Return the words beside its names by which an indicator is found: its owner's name in every language."""
    if not indicator.owner:
        return []
    return [*desk.catalogue.organisations.get(indicator.owner).names.values()]


def list_panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the filters, then a panel a work item; of what was looked for one panel with the best first."""
    register = Register(desk=desk, filters=filters)
    if filters.option("find"):
        return (_filters_panel(register), _panel("found", _found_title, register, register.chosen))
    by_item = [
        (number, [one for one in register.chosen if one.work_item == number])
        for number in desk.agenda.work_items
    ]
    panels = [
        _panel(f"work-item-{number}", partial(_item_title, number), register, mine)
        for number, mine in by_item
        if mine
    ]
    return (_filters_panel(register), *(panels or [_panel("none", _found_title, register, [])]))


def _item_title(number: int, view: View) -> str:
    return view.t("change.item", n=number, title=view.t(f"work_item.{number}"))


def _found_title(view: View) -> str:
    words = view.filters.option("find")
    return view.t("catalogue.found", words=words) if words else view.t("catalogue.title")


def _panel(panel_id: str, title: Any, register: Register, mine: Sequence[Indicator]) -> Panel:
    return Panel(
        id=f"indicators-{panel_id}",
        title=title,
        query=partial(_frame, register, mine),
        body=partial(_body, register, mine),
        table=partial(_table, register, mine),
        unit=partial(_count, register, mine),
        empty="catalogue.nothing",
        size="full",
    )


def _frame(register: Register, mine: Sequence[Indicator], desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row an indicator: the warehouse's columns of its newest figure, ``value`` missing where none is."""
    empty = desk.metrics.nothing()
    rows = [register.newest.get(one.id, {"indicator_id": one.id}) for one in mine]
    frame = pd.DataFrame(rows, columns=[*empty.columns]) if rows else empty
    return frame.assign(work_item=[one.work_item for one in mine], topic=[one.domain for one in mine])


def _table(register: Register, mine: Sequence[Indicator], frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the list as a table: each indicator with its newest figure, or what the list says in its place."""
    known = [register.newest.get(one.id) for one in mine]
    figures = [
        view.words.number(row["value"], qualifier=row["qualifier"]) if row else _instead(register, one, view)
        for one, row in zip(mine, known, strict=True)
    ]
    return frame.drop(columns=["work_item", "topic"]).assign(
        work_item=[str(one.work_item) for one in mine],
        frequency=[view.t(f"frequency.{one.frequency}") for one in mine],
        owner=[owner_name(one, view) if one.owner else "" for one in mine],
        figure=figures,
    )


def _instead(register: Register, indicator: Indicator, view: View) -> str:
    """Write what stands in place of a figure: the newest reading's time, or that there are no data."""
    heard = register.heard.get(indicator.id)
    if heard is None:
        return view.t("flag.no_data")
    return view.t("catalogue.newest_reading", when=view.words.instant(heard.astimezone(HONG_KONG)))


def _count(register: Register, mine: Sequence[Indicator], view: View) -> str:
    known = sum(register.has(one) for one in mine)
    return view.t(
        "catalogue.count", n=view.words.number(float(len(mine))), known=view.words.number(float(known))
    )


def _body(register: Register, mine: Sequence[Indicator], _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write what was found flat; else by topic, where nothing narrows the list those that lead and the rest folded."""
    if view.filters.option("find"):
        return [_lines(register, mine, view)]
    narrowed = bool(view.filters.options)
    leading = [] if narrowed else [one for one in mine if one.leads]
    rest = sorted((one for one in mine if narrowed or not one.leads), key=_by_topic)
    topics = {topic: [*ones] for topic, ones in groupby(rest, key=lambda one: one.domain)}
    found: list[Component] = [_lines(register, leading, view)] if leading else []
    for topic, ones in topics.items():
        name, lines = view.t(f"topic.{topic}"), _lines(register, ones, view)
        if narrowed:
            found += [html.H3(name, className="group-title"), lines] if len(topics) > 1 else [lines]
        else:
            text = view.t("catalogue.fold", topic=name, count=_count(register, ones, view))
            found.append(html.Details([html.Summary(text), lines], className="explain"))
    return found


def _by_topic(indicator: Indicator) -> tuple[int, bool]:
    return DOMAINS.index(indicator.domain), not indicator.leads


def _lines(register: Register, mine: Iterable[Indicator], view: View) -> Component:
    return html.Ul([_line(register, one, view) for one in mine], className="register")


def _line(register: Register, indicator: Indicator, view: View) -> Component:
    about = [view.t(f"frequency.{indicator.frequency}"), unit_names(indicator, view)]
    if indicator.owner:
        about.append(owner_name(indicator, view))
    name: list[Component] = [
        link_to(indicator.id, view),
        html.Span(" · ".join(about), className="register-about"),
    ]
    if indicator.audience != "public":
        name.insert(1, html.Span(view.t(f"audience.{indicator.audience}"), className="flag"))
    return html.Li(
        [html.Div(name), html.Div(_newest(register, indicator, view), className="register-figure")]
    )


def _newest(register: Register, indicator: Indicator, view: View) -> list[Component]:
    row = register.newest.get(indicator.id)
    if row is None:
        if indicator.id not in register.heard:
            return [parts.flag_chip("no_data", view.words)]
        said = _instead(register, indicator, view)
        return [html.Strong(view.t("frequency.live")), html.Span(said, className="register-about")]
    where = view.t(f"place.{row['place_id']}")
    if row["places"] > 1:
        where = view.t("catalogue.and_places", place=where, n=int(row["places"]) - 1)
    said = [where, period(row, view)]
    if row["tier"] != "official":
        said.append(view.t(f"tier.{row['tier']}"))
    return [html.Strong(short_figure(row, view)), html.Span(" · ".join(said), className="register-about")]


def _filters_panel(register: Register) -> Panel:
    return Panel(
        id="indicator-filters",
        title="catalogue.filters",
        query=lambda desk, _filters: desk.metrics.nothing(),
        body=partial(_filters_body, register),
        size="full",
        framed=False,
        draws_empty=True,
        speaks=False,
    )


def _filters_body(register: Register, _frame: pd.DataFrame, view: View) -> list[Component]:
    known = sum(map(register.has, register.seen))
    counts = {HAS: known, HAS_NOT: len(register.seen) - known}
    figures = [
        (
            view.t(key, n=view.words.number(float(counts[value]))),
            option_href(view, PATH, "figures", value),
            view.filters.option("figures") == value,
        )
        for value, key in ((HAS, "catalogue.with_figures"), (HAS_NOT, "catalogue.none_yet"))
    ]
    items = _choices("work_item", [(n, _short(n, view)) for n in WORK_ITEMS], view)
    topics = _choices("topic", [(topic, view.t(f"topic.{topic}")) for topic in DOMAINS], view)
    everything = (
        view.t("catalogue.all", n=view.words.number(float(len(register.seen)))),
        option_href(view, PATH, "figures", ""),
        not view.filters.option("figures"),
    )
    return [
        _search(view),
        switch(view.t("catalogue.status"), [everything, *figures]),
        switch(view.t("catalogue.work_item"), items),
        switch(view.t("catalogue.topic"), topics),
    ]


def _short(number: str, view: View) -> str:
    return view.t("format.pair", a=number, b=view.t(f"work_item.{number}"))


def _choices(name: str, values: Sequence[tuple[str, str]], view: View) -> list[tuple[str, str, bool]]:
    chosen = view.filters.option(name)
    every = (view.t("catalogue.every"), option_href(view, PATH, name, ""), not chosen)
    return [every, *((text, option_href(view, PATH, name, value), value == chosen) for value, text in values)]


def _search(view: View) -> Component:
    keep = option_href(view, PATH, "find", "").partition("?")[2]
    field = parts.field("find", "search", label=view.t("catalogue.search"), value=view.filters.option("find"))
    return parts.asking(PATH, [field], keep=keep, label=view.t("catalogue.search"))
