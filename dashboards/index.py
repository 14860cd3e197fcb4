"""The first bytes of a page: right language, title and description; and the plain pages for wrong addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import escape

from dash import Dash

from dashboards.desk import Filters, address
from dashboards.i18n import HTML_LANG, LANGUAGES, Words

# What Dash writes into every page: what no page of ours uses, and what only pages with a grid do.
UNUSED = ("/dash_table/bundle",)
GRID = re.compile(r'<script src="([^"]*/dash_ag_grid/[^"]*)"></script>\n?')
_CONFIG = re.compile(r'(<script id="_dash-config" type="application/json">)(.*?)(</script>)', re.DOTALL)
MARKS = (
    "lang",
    "title",
    "description",
    "links",
    "loading",
    "lost",
    "retry",
    "needs_script",
    "plain",
    "plain_said",
)

INDEX = """<!doctype html>
<html lang="@lang@">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>@title@</title>
<meta name="description" content="@description@">
@links@
<link rel="icon" href="@file:icon.svg@" type="image/svg+xml">
<link rel="stylesheet" href="@file:style.css@">
<script src="@file:00-plotly-geo.js@"></script>
<script src="@file:early.js@" data-plotly="@file:plotly.min.js@" data-grid="@grid@"></script>
{%css%}
</head>
<body data-lost="@lost@" data-retry="@retry@">
{%app_entry%}
<noscript><p class="plain">@needs_script@ <a href="@plain@">@plain_said@</a></p></noscript>
<footer hidden>
{%config%}
<script src="@file:pages.js@"></script>
{%scripts%}
{%renderer%}
</footer>
</body>
</html>
"""

PLAIN = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title} · {product}</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{style}">
<script src="{early}"></script>
</head>
<body>
<header class="head"><a class="brand" href="{home}">{product}</a>
<nav class="languages" aria-label="{language}">{languages}</nav></header>
<main class="page"><div class="page-head"><h1>{title}</h1></div><div class="plain">
{body}
<p><a href="{home}">{back}</a></p></div></main>
</body>
</html>
"""


def index_template(app: Dash, files: Mapping[str, str]) -> str:
    """Return the index with Dash's scripts and our *files* in it, its marks left for each page to fill."""
    text = INDEX
    for name, address_of_file in files.items():
        text = text.replace(f"@file:{name}@", address_of_file)
    app.index_string = text
    lines = app.index().replace("Loading...", "@loading@").splitlines()
    kept = [line for line in lines if not any(name in line for name in UNUSED)]
    whole = _CONFIG.sub(_quiet, "\n".join(kept) + "\n")
    grid = GRID.search(whole)
    return GRID.sub("", whole).replace("@grid@", grid[1] if grid else "")


def _quiet(found: re.Match[str]) -> str:
    """Return Dash's settings without the versions of what runs here and without its version check."""
    settings = json.loads(found[2])
    settings |= {"python_version": "", "dash_version_url": "", "disable_version_check": True}
    return found[1] + json.dumps(settings).replace("</", "<\\/") + found[3]


def filled(template: str, marks: Mapping[str, str]) -> str:
    """Return *template* with its marks filled; values are escaped, except ``links``, which is markup."""
    for name in MARKS:
        value = marks[name]
        template = template.replace(f"@{name}@", value if name == "links" else escape(value))
    return template


def page_marks(words: Words, title: str, description: str, path: str, filters: Filters) -> dict[str, str]:
    """Return the marks of a page."""
    return {
        "lang": words.html_lang,
        "title": title,
        "description": description,
        "links": alternates(path, filters),
        "loading": words.t("ui.loading"),
        "lost": words.t("ui.connection_lost"),
        "retry": words.t("ui.retry"),
        "needs_script": words.t("ui.needs_script"),
        "plain": scriptless(path, filters),
        "plain_said": words.t("plain.link"),
    }


def scriptless(path: str, filters: Filters) -> str:
    """Return where the same is told without scripts: the plain page of a work item, else that of all five."""
    stem = f"/plain{path}" if path.startswith("/work-items/") else "/plain"
    return address(stem, filters, places=(), start=None, end=None, per="")


def alternates(path: str, filters: Filters) -> str:
    """Return links to the same view in each language."""
    return "\n".join(
        f'<link rel="alternate" hreflang="{HTML_LANG[lang]}"'
        f' href="{escape(address(path, filters, lang=lang, options=filters.options))}">'
        for lang in LANGUAGES
    )


def plain_page(
    words: Words, files: Mapping[str, str], title: str, sentences: Iterable[str], path: str = "/"
) -> str:
    """Return a page without scripts of Dash that says *sentences*, in one language with links to the others."""
    links = "".join(
        f'<a href="{escape(f"{path}?lang={lang}")}" lang="{HTML_LANG[lang]}" hreflang="{HTML_LANG[lang]}"'
        f"{' aria-current=true' if lang == words.lang else ''}>{escape(words.t(f'switch.{lang}'))}</a>"
        for lang in LANGUAGES
    )
    return PLAIN.format(
        lang=words.html_lang,
        title=escape(title),
        product=escape(words.t("ui.product_name")),
        icon=files["icon.svg"],
        style=files["style.css"],
        early=files["early.js"],
        home=f"/?lang={words.lang}",
        language=escape(words.t("ui.language")),
        languages=links,
        body="\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences),
        back=escape(words.t("ui.back_to_overview")),
    )
