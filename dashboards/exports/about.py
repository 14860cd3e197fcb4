"""What a panel says besides its figures: whose it is, what was asked, what its figures mean, where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.exports.asked_said import option_said
from dashboards.i18n import Words

if TYPE_CHECKING:
    from dashboards.exports.telling import Telling


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """What an indicator means, in the reader's language; "" where nothing is said."""

    indicator_id: str
    name: str
    unit: str
    definition: str
    comparability: str
    owner: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A publication that figures stand in; *published* is a written date."""

    publisher: str
    title: str
    published: str
    tier: str
    url: str


def about(telling: Telling) -> list[tuple[str, str]]:
    """Return what a file says on its first page: pairs of what and its words, without what there is not."""
    words = telling.words
    pairs = (
        (words.t("download.product"), words.t("ui.product_name")),
        (words.t("download.panel"), telling.title),
        (words.t("column.unit"), telling.unit),
        (words.t("download.audience"), audience_said(telling.audience, words)),
        (words.t("download.as_known_on"), telling.as_of),
        (words.t("download.data_to"), telling.data_to),
        (words.t("download.flags"), words.listing(telling.flags)),
        (words.t("download.note"), telling.note),
        (words.t("correction.title"), "\n".join(telling.corrections)),
        (words.t("download.empty"), telling.empty),
        (words.t("download.sources"), words.listing(telling.sources)),
        (words.t("download.lines"), words.number(float(len(telling.rows)))),
        (words.t("download.permalink"), telling.permalink),
        (words.t("download.stamp"), str(telling.stamp)),
        (words.t("download.cite"), telling.citation),
    )
    return [(label, said) for label, said in pairs if said]


def audience_said(audience: str, words: Words) -> str:
    """Return whom figures are for, in words."""
    return words.t(f"audience.{audience}")


def audience_line(audience: str, words: Words) -> str:
    """Return whom figures are for, as a line of its own."""
    return words.t("figure.named", name=words.t("download.audience"), figure=audience_said(audience, words))


def filters_said(filters: Filters, desk: Desk, as_of: str) -> tuple[tuple[str, str], ...]:
    """Return what was asked: pairs of what and its words; what was not narrowed says that it holds all."""
    words = desk.words[filters.lang]
    everything = words.t("download.all")
    per = f"download.per_{filters.per}" if filters.per else "download.absolute"
    days = ("download.from", filters.start), ("download.to", filters.end)
    return (
        (words.t("ui.language"), words.t(f"switch.{filters.lang}_name")),
        (words.t("download.as_known_on"), as_of),
        (words.t("column.place"), words.listing(words.t(f"place.{one}") for one in filters.places) or everything),
        *((words.t(key), words.day(day) if day else everything) for key, day in days),
        (words.t("download.per"), words.t(per)),
        *(option_said(name, value, words) for name, value in filters.options),
    )  # fmt: skip


def definitions(indicators: Iterable[str], desk: Desk, words: Words) -> tuple[Definition, ...]:
    """Return what *indicators* mean; an id that the catalogue does not have is left out."""
    known = desk.catalogue.by_id

    def said(key: str) -> str:
        return words.t(key) if words.has(key) else ""

    return tuple(
        Definition(
            indicator_id=one,
            name=said(f"indicator.{one}"),
            unit=said(f"unit.{known[one].unit}"),
            definition=said(f"definition.{one}"),
            comparability=said(f"comparability.{one}"),
            owner=said(f"organisation.{known[one].owner}"),
        )
        for one in indicators
        if one in known
    )


def cited(rows: pd.DataFrame, words: Words) -> tuple[Cited, ...]:
    """Return the publications behind the figures of *rows* (a telling's), each once, in their order."""
    names = (
        "source",
        "source_title",
        "published_on",
        "published_precision",
        "tier_words",
        "source_url",
        "value",
    )
    if not set(names) <= set(rows.columns):
        return _named_alone(rows)
    shown = rows.loc[rows["value"].notna(), list(names[:-1])].drop_duplicates(list(names[:2]))
    return tuple(
        Cited(
            publisher=publisher,
            title=title,
            published=words.day(on, precision or "day") if on and title else "",
            tier=tier,
            url=url,
        )
        for publisher, title, on, precision, tier, url in shown.itertuples(index=False)
    )


def _named_alone(rows: pd.DataFrame) -> tuple[Cited, ...]:
    names = rows["source"].unique() if "source" in rows.columns else ()
    return tuple(Cited(publisher=name, title="", published="", tier="", url="") for name in names if name)
