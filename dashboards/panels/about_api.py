"""How programs ask for figures: the addresses, and an example for each of three tools."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import View
from dashboards.panels.about_parts import paragraphs, section

ADDRESSES: tuple[tuple[str, str], ...] = (
    ("/api/v1/openapi.json", "about.api_openapi"),
    ("/api/v1/indicators", "about.api_indicators"),
    ("/api/v1/indicators/<id>", "about.api_indicator"),
    ("/api/v1/places", "about.api_places"),
    (
        "/api/v1/observations?indicator=<id>&places=…&from=…&to=…&as_of=…&format=json|csv|xlsx|parquet",
        "about.api_observations",
    ),
    ("/api/v1/work-items/<n>?as_of=…", "about.api_work_items"),
    ("/api/v1/sources", "about.api_sources"),
    ("/api/v1/panels/<id>?format=json|csv|xlsx|png|svg|pdf|pptx", "about.api_panels"),
    ("/api/v1/briefings/<id>?format=pptx|pdf|html", "about.api_briefings"),
    ("/catalog.jsonld", "about.api_catalog"),
)
PYTHON = """import pandas as pd

address = "https://HOST/api/v1/observations"
query = "indicator=fiveg_base_stations&as_of=2025-05-15&format=csv"
figures = pd.read_csv(f"{address}?{query}", encoding="utf-8-sig")
print(figures[["place_id", "period_end", "value", "qualifier", "unit"]])
"""
R = """library(readr)

address <- "https://HOST/api/v1/observations"
query <- "indicator=fiveg_base_stations&as_of=2025-05-15&format=csv"
figures <- read_csv(paste0(address, "?", query))
figures[, c("place_id", "period_end", "value", "qualifier", "unit")]
"""
POWER_QUERY = """let
    Query = [indicator = "fiveg_base_stations", as_of = "2025-05-15", format = "csv"],
    Answer = Web.Contents("https://HOST", [RelativePath = "api/v1/observations", Query = Query]),
    Table = Csv.Document(Answer, [Delimiter = ",", Encoding = 65001]),
    Figures = Table.PromoteHeaders(Table, [PromoteAllScalars = true])
in
    Figures
"""
EXAMPLES: tuple[tuple[str, str], ...] = (("Python", PYTHON), ("R", R), ("Excel Power Query", POWER_QUERY))


def api_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the addresses with what they answer, then the examples."""
    head = [view.t("about.col_address"), view.t("about.col_answers")]
    lines = [[html.Code(address, className="address"), view.t(key)] for address, key in ADDRESSES]
    found: list[Component] = [
        *paragraphs(("about.api_said",), view),
        parts.table(head, lines, caption=view.t("about.api"), cards=True),
        *paragraphs(("about.api_example",), view),
    ]
    for tool, text in EXAMPLES:
        label = view.t("about.api_in", tool=tool)
        code = html.Pre(html.Code(text), tabIndex=0, className="code", lang="en", **{"aria-label": label})
        found += [html.H3(tool, className="group-title"), code]
    return found


API = section("api", "about.api", api_body, size="full")
