"""The glossary: the terms of the product in its three languages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.i18n import HTML_LANG, LANGUAGES
from dashboards.panel import Panel, View

_TERMS: Mapping[str, tuple[str, ...]] = {
    "about.terms_status": (
        "status.achieved", "status.on_track", "status.at_risk", "status.off_track", "status.missed",
        "status.unverified", "status.not_proven", "status.not_assessed", "status.done", "status.late", "status.due",
        "status.planned",
    ),
    "about.terms_figures": (
        "flag.provisional", "flag.estimated", "flag.revised", "flag.rounded", "flag.series_break", "flag.derived",
        "flag.not_published", "flag.withheld", "flag.not_in_scope", "flag.stale", "flag.counting_basis",
        "revision.corrected", "revision.withdrawn", "tier.official", "tier.reprint_of_official", "tier.press",
        "tier.third_party",
    ),
    "about.terms_words": (
        "catalogue.title", "indicator_page.unit", "indicator_page.frequency", "indicator_page.method",
        "indicator_page.comparability", "indicator_page.revisions", "indicator_page.col_known",
        "indicator_page.col_recorded", "work_item_page.milestones", "work_item_page.initiatives",
        "work_item_page.col_baseline", "work_item_page.col_target",
    ),
}  # fmt: skip


def glossary_panel(desk: Desk) -> Panel:
    """Return the panel of the glossary."""
    return Panel(
        id="glossary",
        title="about.glossary",
        query=glossary_frame,
        body=partial(glossary_body, desk),
        size="full",
        sources=lambda _frame, view: [view.t("about.term_base")],
        table=lambda frame, _view: frame,
    )


def groups(desk: Desk) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the terms by the heading (a term key) they stand under."""
    cities = tuple(f"place.{city.id}" for city in desk.atlas.cities)
    crossings = tuple(f"place.{one.id}" for one in desk.atlas.crossings)
    items = tuple(f"work_item.{number}" for number in desk.agenda.work_items)
    initiatives = tuple(f"initiative.{one.id}" for one in desk.agenda.initiatives)
    owners = tuple(f"organisation.{one}" for one in _organisations(desk))
    return {
        "about.terms_items": items + initiatives,
        **_TERMS,
        "about.terms_cities": cities,
        "about.terms_crossings": crossings,
        "about.terms_organisations": owners,
    }


def _organisations(desk: Desk) -> Iterable[str]:
    """Return the organisations that answer for indicators, initiatives or sources, each once."""
    named = [one.owner for one in desk.catalogue if one.owner]
    named += [one.owner for one in desk.agenda.initiatives]
    named += [one.source.publisher for one in desk.health()]
    return dict.fromkeys(named)


def glossary_frame(desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a term: ``group`` (a term key), ``key``, and its text in each language (en, zh_hant, zh_hans)."""
    rows = [
        {
            "group": group,
            "key": key,
            **{lang.replace("-", "_").lower(): desk.words[lang].t(key) for lang in LANGUAGES},
        }
        for group, keys in groups(desk).items()
        for key in keys
    ]
    return pd.DataFrame(rows)


def glossary_body(_desk: Desk, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the terms in groups, each a table with a column for each language; the long groups are folded."""
    found: list[Component] = []
    for at, (group, mine) in enumerate(frame.groupby("group", sort=False)):
        title = view.t(str(group))
        count = view.t("about.n_terms", title=title, n=view.words.number(float(len(mine))))
        fold = html.Details(
            [html.Summary(count), _table(title, mine, view)], className="explain", open=at == 1
        )
        found.append(fold)
    return found


def _table(title: str, mine: pd.DataFrame, view: View) -> Component:
    head = html.Tr(
        [html.Th(view.t(f"switch.{lang}_name"), scope="col", lang=HTML_LANG[lang]) for lang in LANGUAGES]
    )
    lines = [
        html.Tr(
            [
                (html.Td if at else html.Th)(
                    row[lang.replace("-", "_").lower()],
                    lang=HTML_LANG[lang],
                    **({} if at else {"scope": "row"}),
                )
                for at, lang in enumerate(LANGUAGES)
            ]
        )
        for row in mine.to_dict("records")
    ]
    table = html.Table(
        [html.Caption(title, className="unseen"), html.Thead(head), html.Tbody(lines)],
        className="table glossary",
    )
    return html.Div(table, className="table-wrap", role="group", tabIndex=0, **{"aria-label": title})
