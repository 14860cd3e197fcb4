"""A small world to draw: words, shapes and frames in the warehouse's form; nothing of it is part of the product."""

from __future__ import annotations

import json

import pandas as pd
import plotly.graph_objects as go

from dashboards.i18n import LANGUAGES, words
from dashboards.style import THEMES, Shapes, Style

CITIES = {
    "hong_kong": ("Hong Kong", "香港", "香港", (114.14, 22.38), (4, 3)),
    "macao": ("Macao", "澳門", "澳门", (113.56, 22.16), (2, 4)),
    "guangzhou": ("Guangzhou", "廣州", "广州", (113.53, 23.35), (2, 0)),
    "shenzhen": ("Shenzhen", "深圳", "深圳", (114.03, 22.64), (3, 2)),
    "zhuhai": ("Zhuhai", "珠海", "珠海", (113.28, 22.15), (1, 3)),
    "foshan": ("Foshan", "佛山", "佛山", (112.95, 23.05), (1, 1)),
    "huizhou": ("Huizhou", "惠州", "惠州", (114.45, 23.2), (4, 0)),
    "dongguan": ("Dongguan", "東莞", "东莞", (113.87, 22.93), (3, 1)),
    "zhongshan": ("Zhongshan", "中山", "中山", (113.39, 22.53), (2, 2)),
    "jiangmen": ("Jiangmen", "江門", "江门", (112.6, 22.3), (0, 2)),
    "zhaoqing": ("Zhaoqing", "肇慶", "肇庆", (112.2, 23.6), (0, 0)),
}
CROSSINGS = {
    "hk_lo_wu": ("Lo Wu Control Point", "羅湖管制站", "罗湖管制站", 114.1133, 22.5281),
    "hk_lok_ma_chau_spur": (
        "Lok Ma Chau Spur Line Control Point",
        "落馬洲支線管制站",
        "落马洲支线管制站",
        114.0657,
        22.5144,
    ),
    "hk_hzmb": (
        "Hong Kong-Zhuhai-Macao Bridge Hong Kong Port",
        "港珠澳大橋香港口岸",
        "港珠澳大桥香港口岸",
        113.9503,
        22.3173,
    ),
    "hk_west_kowloon": ("Express Rail Link West Kowloon", "高鐵西九龍", "高铁西九龙", 114.1666, 22.3039),
    "sz_wenjindu": ("Wenjindu Port", "文錦渡口岸", "文锦渡口岸", None, None),
}
OTHERS = {
    "place.guangdong": ("Guangdong", "廣東", "广东"),
    "unit.stations": ("stations", "個", "个"),
    "unit.person_trips": ("passenger trips", "人次", "人次"),
    "basis.municipal": ("municipal count", "市級統計", "市级统计"),
    "basis.provincial": ("provincial count", "省級統計", "省级统计"),
}
NAMES = {
    key: dict(zip(LANGUAGES, texts, strict=True))
    for key, texts in {
        **{f"place.{place}": facts[:3] for place, facts in [*CITIES.items(), *CROSSINGS.items()]},
        **OTHERS,
    }.items()
}


def hatch(places):
    lons, lats = [], []
    for place in places:
        lon, lat = CITIES[place][3]
        lons += [lon - 0.1, lon + 0.1, None]
        lats += [lat - 0.1, lat + 0.1, None]
    return lons, lats


SHAPES = Shapes(
    layers={"cities_overview": "/geo/cities_overview.0123.geojson"},
    label_points={place: facts[3] for place, facts in CITIES.items()},
    hatch=hatch,
    tiles={place: facts[4] for place, facts in CITIES.items()},
)


def style(lang="en", theme="light", shapes=SHAPES) -> Style:
    return Style(words=words(lang, NAMES), theme=theme, shapes=shapes)


EVERY_STYLE = [style(lang, theme) for lang in LANGUAGES for theme in THEMES]


def figures(*rows, **same) -> pd.DataFrame:
    """Return a frame of *rows* (place, value, year or (start, end), more...) in the warehouse's form."""
    usual = {
        "qualifier": "exact",
        "status": "final",
        "span": "point",
        "unit": "stations",
        "counting_basis": "as_published",
    }
    records = [
        {
            "place_id": place,
            "value": value,
            "period_start": pd.Timestamp(start),
            "period_end": pd.Timestamp(end),
            **usual,
            **same,
            **more,
        }
        for place, value, (start, end), more in rows
    ]
    columns = ["place_id", "value", "period_start", "period_end", *usual]
    return pd.DataFrame(records, columns=None if records else columns)


def one(place, value, end="2025-12-31", start=None, **more):
    return place, value, (start or end, end), more


def stations() -> pd.DataFrame:
    """Return a full frame: eleven cities, with figures and without, exact and qualified."""
    return figures(
        one("shenzhen", 65_000.0, "2023-02-15", qualifier="over", absence=""),
        one("guangzhou", 48_000.0, "2020-12-31", absence="", counting_basis="outdoor"),
        one("huizhou", 21_000.0, "2025-02-28", qualifier="over", status="provisional", absence=""),
        one("dongguan", 8_305.0, "2020-08-31", absence=""),
        one("foshan", 7_472.0, "2020-08-31", qualifier="approx", absence=""),
        one("zhuhai", 0.0, absence=""),
        one("macao", float("nan"), absence="not_in_scope"),
        one("zhongshan", float("nan"), absence="withheld"),
        one("jiangmen", float("nan"), absence="not_published"),
        one("hong_kong", float("nan"), absence="no_figure"),
        one("zhaoqing", float("nan"), absence="not_defined"),
    )


def flows() -> pd.DataFrame:
    """Return both directions of five crossings in one month; one of them has no coordinates."""
    rows = []
    for n, (place, facts) in enumerate(CROSSINGS.items()):
        for direction, value in (("arrival", 1_000_000.0 / (n + 1)), ("departure", 1_050_000.0 / (n + 1))):
            more = {"direction": direction, "lon": facts[3], "lat": facts[4]}
            rows.append(
                one(place, value, "2026-02-28", "2026-02-01", span="month", unit="person_trips", **more)
            )
    return figures(*rows)


def texts(figure: go.Figure) -> str:
    """Return every text a reader can see or hover over, as one string."""
    parts = [str(annotation.text) for annotation in figure.layout.annotations]
    for trace in figure.data:
        for name in ("text", "hovertext", "name"):
            held = getattr(trace, name, None)
            if held is not None:
                parts += [held] if isinstance(held, str) else [str(part) for part in held]
    return "\n".join(parts)


def sound(figure: go.Figure) -> dict:
    """Return *figure* as the browser gets it, having checked what holds for every chart."""
    sent = json.loads(figure.to_json())
    assert len(json.dumps(sent["layout"].get("template", {}))) < 100, "a chart carries no template"
    assert "NaN" not in texts(figure)
    assert "nan" not in texts(figure)
    assert figure.layout.showlegend is False
    return sent
