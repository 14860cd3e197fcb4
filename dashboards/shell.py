"""What is around every page: header, navigation, language, as-of band, footer; and the page put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.band import band
from dashboards.credits import publishers
from dashboards.desk import Desk, Fault, Filters
from dashboards.frames import Framed, framed
from dashboards.i18n import HTML_LANG, LANGUAGES
from dashboards.menu import menu_items
from dashboards.notices import PageNotices
from dashboards.panel import Page, View, panels_of, said
from dashboards.roles import all_may
from dashboards.style import Shapes, Style
from metrics.meetings import gatherings

MINUTE = 60


def layout() -> Component:
    """Return the landmarks that every page is put into; the one callback fills them."""
    return html.Div(
        [
            dcc.Location(id="address", refresh=False),
            dcc.Store(id="again", storage_type="memory"),
            html.Div(id="top"),
            html.Div(id="replay"),
            html.Div(id="notice", className="notice", role="status"),
            html.Main(id="main", className="page", tabIndex=-1),
            html.Footer(id="foot", className="foot"),
            html.Div(id="announcer", className="unseen", role="status"),
        ],
        id="shell",
    )


def view_of(desk: Desk, filters: Filters, today: date, shapes: Shapes) -> View:
    """Return the view that *filters* ask for."""
    words = desk.words[filters.lang]
    style = Style(words=words, theme=filters.theme, shapes=shapes)
    return View(
        words=words,
        style=style,
        filters=filters,
        today=today,
        publishers=lambda frame: publishers(frame, desk, words),
        meetings=lambda: gatherings(desk.metrics, filters.as_of),
    )


def page_parts(
    page: Page, pages: Sequence[Page], desk: Desk, view: View, frame: Callable[..., Framed] = framed
) -> tuple[dict[str, Any], bool]:
    """Return what the browser needs to show *page*, each panel put in its *frame*, and whether all of it is well."""
    panels = panels_of(page, desk, view.filters)
    path = path_of(page, view.filters)
    menu = partial(menu_items, path=path, formats=desk.formats)
    notices = PageNotices(desk=desk, filters=view.filters, panels=panels)
    view = replace(view, notices=notices, pages=pages, menu=menu)
    frames = [frame(panel, desk, view) for panel in panels]
    title, lead = said(page.title, view), said(page.lead, view)
    head: list[Any] = [html.H1(title), *([html.P(lead, className="lead")] if lead else [])]
    if page.intro:
        intro = page.intro(desk, view)
        head += intro if isinstance(intro, list) else [intro]
    body = html.Div([one.component for one in frames], className="panels")
    main = [html.Div(head, id="page-head", className="page-head"), body]
    charts = any(one.charts for one in frames)
    more = {"grids": any(one.grids for one in frames), "renew": _renews(page, desk, view)}
    shown = _shown(path, title, main, pages, desk, view, charts) | more
    return shown, all(one.well for one in frames)


def _renews(page: Page, desk: Desk, view: View) -> int:
    """Return after how many seconds the browser asks again, 0 for never: what was known is for ever what it was."""
    if not view.filters.as_of.current:
        return 0
    return page.renews(desk) if page.renews else MINUTE if page.shows_readings else 0


def fault_parts(
    path: str, faults: Sequence[Fault], pages: Sequence[Page], desk: Desk, view: View
) -> dict[str, Any]:
    """Return the page that says which parameters of the address cannot be used, and what could be."""
    said_of = [html.Li(view.t(fault.expected, name=fault.parameter)) for fault in faults]
    title = view.t("fault.title")
    main = [
        html.Div([html.H1(title)], className="page-head"),
        html.Div(
            [
                html.P(view.t("ui.wrong_address", value=fault_names(faults, view))),
                html.Ul(said_of),
                html.P(html.A(view.t("ui.back_to_overview"), href=view.href("/"))),
            ],
            className="plain",
        ),
    ]
    return _shown(path, title, main, pages, desk, view, charts=False)


def fault_names(faults: Sequence[Fault], view: View) -> str:
    """Return the names of the parameters at fault; their values are never repeated."""
    return view.words.listing(dict.fromkeys(fault.parameter for fault in faults))


def missing_parts(pages: Sequence[Page], desk: Desk, view: View) -> dict[str, Any]:
    """Return the page that says that there is none at this address."""
    title = view.t("ui.not_found")
    main = [
        html.Div(
            [html.H1(title), html.P(view.t("ui.not_found_help"), className="lead")], className="page-head"
        ),
        html.P(html.A(view.t("ui.back_to_overview"), href=view.href("/")), className="plain"),
    ]
    return _shown("/", title, main, pages, desk, view, charts=False)


def path_of(page: Page, filters: Filters) -> str:
    """Return the path of *page*, its item filled in."""
    stem, variable, _ = page.path.partition("<")
    return stem + filters.item if variable else page.path


def title_of(page_title: str, view: View) -> str:
    """Return the title of the window."""
    product = view.t("ui.product_name")
    return product if not page_title or page_title == view.t("ui.overview") else f"{page_title} · {product}"


def _shown(
    path: str, title: str, main: list[Any], pages: Sequence[Page], desk: Desk, view: View, charts: bool
) -> dict[str, Any]:
    return {
        "top": [
            header(path, pages, view, accounts=desk.accounts, audience=desk.audience),
            band(path, desk, view),
        ],
        "main": main,
        "foot": footer(pages, desk, view),
        "title": title_of(title, view),
        "lang": view.words.html_lang,
        "ready": view.t("ui.page_ready", title=title),
        "renewed": view.t("ui.page_renewed", title=title),
        "renew": 0,
        "lost": view.t("ui.connection_lost"),
        "retry": view.t("ui.retry"),
        "charts": charts,
    }


def header(
    path: str, pages: Sequence[Page], view: View, *, accounts: bool = False, audience: str = "public"
) -> Component:
    """Return the header: skip link, product name, navigation, stewards' pages, account, theme, language switch."""
    links = [
        html.Li(html.A(view.t(page.nav_title) if page.nav_title else said(page.title, view),
                       href=view.href(page.path), **_current(path, page)))
        for page in pages
        if page.nav and "<" not in page.path
    ]  # fmt: skip
    tools = []
    if accounts and all_may(audience, "return"):
        # Not a page of the shell: an ordinary link, which the scripts leave alone.
        stewards = f"/steward?{urlencode({'lang': view.words.lang})}"
        tools.append(html.A(view.t("steward.title"), href=stewards, target="_self", className="account"))
    if accounts:
        tools.append(html.A(view.t("sign_in.account"), href=_account(path, view), className="account"))
    return html.Header(
        [
            html.A(view.t("ui.skip"), href="#main", className="skip"),
            html.A(view.t("ui.product_name"), href=view.href("/"), className="brand"),
            html.Nav(html.Ul(links), className="nav", **{"aria-label": view.t("ui.navigation")}),
            html.Div([*tools, _theme_button(view), languages(path, view)], className="tools"),
        ],
        id="head",
        className="head",
    )


def _account(path: str, view: View) -> str:
    """Return the address of signing in, from which the reader comes back to the view at hand."""
    return f"/sign-in?{urlencode({'lang': view.words.lang, 'next': view.here(path)})}"


def _current(path: str, page: Page) -> dict[str, str]:
    if path == page.path:
        return {"aria-current": "page"}
    return {"aria-current": "true"} if page.path != "/" and path.startswith(page.path + "/") else {}


def _theme_button(view: View) -> Component:
    return html.Button(
        html.Span(className="theme-shape", **{"aria-hidden": "true"}),
        type="button",
        className="theme-button",
        title=view.t("ui.theme_dark"),
        **{
            "data-theme-button": "1",
            "aria-label": view.t("ui.theme_dark"),
            "aria-pressed": str(view.style.theme == "dark").lower(),
        },
    )


def languages(path: str, view: View) -> Component:
    """Return the language switch; the state of the page stays."""
    links = []
    for lang in LANGUAGES:
        chosen = {"aria-current": "true"} if lang == view.words.lang else {}
        links.append(
            html.A(
                view.t(f"switch.{lang}"),
                href=view.here(path, lang=lang),
                lang=HTML_LANG[lang],
                hrefLang=HTML_LANG[lang],
                title=view.t(f"switch.{lang}_name"),
                **chosen,
            )
        )
    return html.Nav(links, className="languages", **{"aria-label": view.t("ui.language")})


def footer(pages: Sequence[Page], desk: Desk, view: View) -> list[Component]:
    """Return the footer: product, where figures and boundaries come from, quiet links."""
    quiet = [page for page in pages if not page.nav and "<" not in page.path]
    links = [html.A(said(page.title, view), href=view.href(page.path)) for page in quiet]
    if desk.formats:
        links.append(html.A(view.t("package.title"), href=view.href("/exports/catalogue")))
    lines: list[Any] = [
        html.P(html.Strong(view.t("ui.product_name"))),
        html.P(view.t("ui.published_by_sources")),
    ]
    if desk.boundaries is not None:
        who = desk.boundaries.caption[view.words.lang]
        lines.append(html.P(view.t("figure.boundaries", who=who)))
    if links:
        lines.append(html.Nav(links, className="foot-links", **{"aria-label": view.t("ui.more")}))
    return lines
