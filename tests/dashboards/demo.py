"""A small desk and three pages to try the frame with; nothing of it is part of the product."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pandas as pd
import plotly.graph_objects as go
from dash import html

from dashboards import parts
from dashboards.desk import Desk, Filters, Freshness
from dashboards.i18n import all_words
from dashboards.panel import Page, Panel, View
from dashboards.style import Style
from metrics.warehouse.meetings import Kept

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
CITIES = {
    "hong_kong": ("Hong Kong", "香港", "香港"),
    "macao": ("Macao", "澳門", "澳门"),
    "guangzhou": ("Guangzhou", "廣州", "广州"),
    "shenzhen": ("Shenzhen", "深圳", "深圳"),
    "huizhou": ("Huizhou", "惠州", "惠州"),
}
NAMES = {
    f"place.{key}": dict(zip(("en", "zh-Hant", "zh-Hans"), texts, strict=True))
    for key, texts in CITIES.items()
}
NAMES |= {
    "source.demo": {"en": "Demo authority", "zh-Hant": "示範機構", "zh-Hans": "示范机构"},
    "unit.stations": {"en": "stations", "zh-Hant": "個", "zh-Hans": "个"},
    "demo.stations": {
        "en": "5G base stations by city",
        "zh-Hant": "各市5G基站數目",
        "zh-Hans": "各市5G基站数",
    },
    "demo.trend": {"en": "Cross-boundary services", "zh-Hant": "跨境通辦服務", "zh-Hans": "跨境通办服务"},
    "demo.items": {"en": "Five work items", "zh-Hant": "五項工作", "zh-Hans": "五项重点工作"},
    "demo.nothing": {"en": "Nothing yet", "zh-Hant": "暫無數字", "zh-Hans": "暂无数据"},
    "demo.broken": {"en": "A panel that breaks", "zh-Hant": "出錯的圖表", "zh-Hans": "出错的图表"},
    "demo.other": {"en": "Connectivity", "zh-Hant": "網絡連接", "zh-Hans": "网络连接"},
    "demo.item": {"en": "One item", "zh-Hant": "單項", "zh-Hans": "单项"},
    "demo.lead": {
        "en": "Hong Kong/Guangdong smart city cluster, progress of the five work items",
        "zh-Hant": "粵港智慧城市群，五項工作的進展",
        "zh-Hans": "粤港智慧城市群，五项重点工作进展",
    },
}


WORDS = all_words(NAMES)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    id: str
    date: date
    precision: str
    as_of: date
    names: dict[str, str] = field(default_factory=dict)
    place: str = "hong_kong"
    milestones: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class City:
    id: str
    tile: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Atlas:
    cities: tuple[City, ...] = tuple(City(id=city, tile=(n, 0)) for n, city in enumerate(CITIES))

    def __contains__(self, place_id: object) -> bool:
        return place_id in CITIES


@dataclass(frozen=True, kw_only=True)
class Agenda:
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    fingerprint: str = "f00d"
    caption: dict[str, str] = field(
        default_factory=lambda: {"en": "Boundaries: demo", "zh-Hant": "邊界：示範", "zh-Hans": "边界：示范"}
    )
    label_points: dict[str, tuple[float, float]] = field(default_factory=dict)

    def geojson(self, layer: str) -> bytes:
        ring = [[113.0, 22.0], [113.0, 23.0], [114.0, 23.0], [114.0, 22.0], [113.0, 22.0]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        square = {"type": "Feature", "id": "macao", "properties": {"layer": layer}, "geometry": shape}
        return json.dumps({"type": "FeatureCollection", "features": [square]}).encode() + b" " * 2000

    def hatch(self, _places):
        return [], []


@dataclass(frozen=True, kw_only=True)
class Questions:
    """What the frame asks: the meetings there are; nobody keeps any beside them."""

    agenda: Agenda
    audiences: frozenset[str] = frozenset({"public"})

    def kept(self) -> Kept:
        return Kept()


AGENDA = Agenda(
    meetings=(
        Meeting(id="egscc_1", date=date(2024, 3, 28), precision="reported", as_of=date(2024, 3, 31)),
        Meeting(id="egscc_2", date=date(2025, 5, 15), precision="day", as_of=date(2025, 5, 15)),
    )
)


def demo_desk(**changes) -> Desk:
    facts = {
        "metrics": Questions(agenda=changes.get("agenda", AGENDA)),
        "atlas": Atlas(),
        "catalogue": None,
        "agenda": AGENDA,
        "boundaries": Boundaries(),
        "words": WORDS,
        "stamp": lambda: 7,
        "freshness": lambda: Freshness(on_time=24, total=26),
        "clock": lambda: NOW,
    }
    return Desk(**(facts | changes))


def stations(_desk: Desk, filters: Filters) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "place_id": ["shenzhen", "guangzhou", "huizhou"],
            "value": [65000.0, 48000.0, 21000.0],
            "qualifier": ["over", "exact", "over"],
            "status": ["final", "provisional", "final"],
            "source_id": ["demo"] * 3,
            "period_end": pd.to_datetime(["2023-12-31", "2020-12-31", "2025-06-30"]),
        }
    )
    return frame[frame["place_id"].isin(filters.places)] if filters.places else frame


def bars(frame: pd.DataFrame, style: Style) -> go.Figure:
    frame = frame.sort_values("value")
    chart = go.Bar(
        x=frame["value"],
        y=[style.place(place) for place in frame["place_id"]],
        orientation="h",
        marker_color=style.palette.accent,
        text=[style.number(v, q) for v, q in zip(frame["value"], frame["qualifier"], strict=True)],
    )
    return go.Figure(chart, layout=style.layout(xaxis=style.axis(visible=False)))


def trend(frame: pd.DataFrame, style: Style) -> go.Figure:
    line = go.Scatter(
        x=frame["period_end"], y=frame["value"], mode="lines+markers", line_color=style.palette.accent
    )
    return go.Figure(line, layout=style.layout())


def broken(_desk: Desk, _filters: Filters) -> pd.DataFrame:
    raise RuntimeError("secret detail of the failure")


def items(_frame: pd.DataFrame, view: View):
    statuses = ("achieved", "on_track", "at_risk", "unverified", "not_assessed")
    made = []
    for n, status in enumerate(statuses, 1):
        made.append(
            parts.card(
                [
                    parts.status_chip(status, view.words),
                    parts.why(view.t("status.reason_no_target")),
                    parts.big_number(
                        view.words.compact(4e6 / n, qualifier="over"),
                        view.t("demo.trend"),
                        detail=view.t("flag.revised"),
                    ),
                    parts.dots(
                        [("done", 7), ("unverified", 3), ("late", 1), ("planned", 2)], view.t("status.done")
                    ),
                ],
                number=str(n),
                title=view.t("demo.items"),
                href=view.href(f"/work-items/{n}"),
            )
        )
    return parts.cards(made)


def gallery(frame: pd.DataFrame, view: View):
    rows = [
        [view.t(f"place.{row.place_id}"), view.words.number(row.value, qualifier=row.qualifier)]
        for row in frame.itertuples()
    ]
    statuses = ("off_track", "missed", "not_proven")
    return [
        html.P(
            [parts.status_chip(status, view.words) for status in statuses],
            style={"display": "flex", "gap": "16px"},
        ),
        html.P(
            [parts.flag_chip(flag, view.words) for flag in parts.FLAGS],
            style={"display": "flex", "gap": "6px", "flexWrap": "wrap"},
        ),
        parts.facts([(view.t("status.done"), "10"), (view.t("status.late"), "2")]),
        parts.change_list([("+2", view.t("demo.trend"), "68 → 70")]),
        parts.table(
            [view.t("demo.item"), view.t("unit.stations")], rows, caption=view.t("demo.stations"), numeric=[1]
        ),
    ]


def frame_of(*values: float) -> Callable[[Desk, Filters], pd.DataFrame]:
    ends = pd.date_range("2024-01-31", periods=len(values), freq="ME")
    return lambda _desk, _filters: pd.DataFrame({"value": list(values), "period_end": ends})


HOME = Page(
    id="overview",
    path="/",
    order=10,
    title="ui.overview",
    lead="demo.lead",
    panels=(
        Panel(id="items", title="demo.items", query=frame_of(1.0), body=items, size="full", framed=False),
        Panel(
            id="stations",
            title="demo.stations",
            query=stations,
            figure=bars,
            unit="unit.stations",
            size="wide",
            note="flag.counting_basis",
        ),
        Panel(id="gallery", title="demo.item", query=stations, body=gallery, size="third"),
        Panel(id="nothing", title="demo.nothing", query=frame_of(), figure=trend, empty="flag.not_published"),
        Panel(id="broken", title="demo.broken", query=broken, figure=trend),
    ),
)
OTHER = Page(
    id="connectivity",
    path="/connectivity",
    order=20,
    title="demo.other",
    options={"year": ("2023", "2024")},
    panels=(
        Panel(
            id="trend", title="demo.trend", query=frame_of(40.0, 55.0, 68.0, 70.0), figure=trend, size="full"
        ),
    ),
)
ITEM = Page(
    id="work-item",
    path="/work-items/<item>",
    order=30,
    title=lambda view: f"{view.t('demo.item')} {view.filters.item}",
    items=lambda _desk: ("1", "2", "3", "4", "5"),
    nav=False,
    panels=(
        Panel(
            id="one", title="demo.item", query=stations, body=lambda _frame, view: html.P(view.filters.item)
        ),
    ),
)
PAGES = (HOME, OTHER, ITEM)


def square(_frame: pd.DataFrame, style: Style) -> go.Figure:
    shape = go.Choropleth(
        geojson=style.shapes.layers["cities"],
        locations=["macao"],
        z=[1.0],
        showscale=False,
        marker_line_width=2,
    )
    label = go.Scattergeo(lon=[113.5], lat=[22.5], text=[style.place("macao")], mode="text")
    return go.Figure([shape, label], layout=style.layout(geo={"fitbounds": "locations", "visible": False}))


MAP = Page(
    id="map",
    path="/map",
    order=40,
    title="demo.other",
    panels=(Panel(id="square", title="demo.stations", query=frame_of(1.0), figure=square, size="full"),),
)
