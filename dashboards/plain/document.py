"""A whole document without any script: header, languages, day, content, footer, as text of HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dash import html

from dashboards.desk import Filters, address, as_of_text
from dashboards.fragments import markup
from dashboards.frames import as_of_said
from dashboards.i18n import HTML_LANG, LANGUAGES
from dashboards.panel import View
from metrics.asof import now_as_of

EARLIEST = "2015-01-01"

DOCUMENT = """<!doctype html>
<html lang="{lang}" class="no-script">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<meta name="description" content="{description}">
{alternates}
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{style}">
</head>
<body>
<a href="#main" class="skip">{skip}</a>
{head}
<main id="main" class="page plain-page" tabindex="-1">
{main}
</main>
{foot}
</body>
</html>
"""


class NotMarkupError(TypeError):
    """A part of a plain document needs more than markup: a chart, or a style of its own."""


def document(
    path: str, title: str, description: str, main: Sequence[Any], view: View, files: Mapping[str, str]
) -> str:
    """Return the document at *path* that holds *main*; *files* are the addresses of style sheet and icon."""
    return DOCUMENT.format(
        lang=view.words.html_lang,
        title=escape(f"{title} · {view.t('ui.product_name')}"),
        description=escape(description),
        alternates=_alternates(path, view),
        icon=files["icon.svg"],
        style=files["style.css"],
        skip=escape(view.t("ui.skip")),
        head=_text(_header(path, view)) + _band(path, view),
        main=_text([html.Div([html.H1(title)], className="page-head"), *main]),
        foot=_text(_foot(view)),
    )


def _text(content: Any) -> str:
    text = markup(content)
    if text is None:
        raise NotMarkupError("expected markup alone, found a live part: leave charts out of plain documents")
    return text


def _alternates(path: str, view: View) -> str:
    links = []
    for lang in LANGUAGES:
        href = escape(_address(path, view.filters, lang=lang))
        links.append(f'<link rel="alternate" hreflang="{HTML_LANG[lang]}" href="{href}">')
    return "\n".join(links)


def _address(path: str, filters: Filters, **changes: Any) -> str:
    return address(path, filters, **({"places": (), "start": None, "end": None, "per": ""} | changes))


def _header(path: str, view: View) -> Any:
    brand = html.A(view.t("ui.product_name"), href=view.href("/plain"), className="brand")
    links = []
    for lang in LANGUAGES:
        chosen = {"aria-current": "true"} if lang == view.words.lang else {}
        links.append(
            html.A(
                view.t(f"switch.{lang}"),
                href=_address(path, view.filters, lang=lang),
                lang=HTML_LANG[lang],
                hrefLang=HTML_LANG[lang],
                title=view.t(f"switch.{lang}_name"),
                **chosen,
            )
        )
    return html.Header(
        [brand, html.Nav(links, className="languages", **{"aria-label": view.t("ui.language")})],
        className="head",
    )


def _band(path: str, view: View) -> str:
    """Write the day whose knowledge is shown, and a form to ask for another: a plain one, which any browser sends."""
    as_of = view.filters.as_of
    said = (
        view.t("ui.today", date=view.words.day(as_of.day))
        if as_of.current
        else view.t("ui.as_known_on", date=as_of_said(view))
    )
    children: list[Any] = [html.P(html.Strong(said), className="band-now")]
    if not as_of.current:
        today = _address(path, view.filters, as_of=now_as_of(as_of.instant))
        children.append(html.A(view.t("ui.back_to_today"), href=today))
    look = "band" if as_of.current else "band band-past"
    label = escape(view.t("ui.as_of_band"))
    inside = f'<div class="band-in">{_text(children)}{_day_form(path, view)}</div>'
    return f'<section class="{look}" aria-label="{label}">{inside}</section>'


def _day_form(path: str, view: View) -> str:
    day = escape(as_of_text(view.filters.as_of)[:10])
    bounds = f'min="{EARLIEST}" max="{view.today.isoformat()}"'
    fields = [f'<input type="date" id="as-of" name="as_of" {bounds} value="{day}">']
    if view.words.lang != LANGUAGES[0]:
        fields.append(f'<input type="hidden" name="lang" value="{view.words.lang}">')
    label = escape(view.t("ui.another_day"))
    return (
        f'<form action="{escape(path)}" method="get" class="day-form"><label for="as-of">{label}</label>'
        f"{''.join(fields)}<button>{escape(view.t('plain.show'))}</button></form>"
    )


def _foot(view: View) -> Any:
    return html.Footer(
        [
            html.P(html.Strong(view.t("ui.product_name"))),
            html.P(view.t("ui.published_by_sources")),
            html.Nav(
                [
                    html.A(view.t("plain.index"), href=view.href("/plain")),
                    html.A(view.t("plain.whole"), href=view.href("/")),
                ],
                className="foot-links",
                **{"aria-label": view.t("ui.more")},
            ),
        ],
        className="foot",
    )
