"""How charts look and speak: palettes, fonts, layout, the source line. No Dash, no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import plotly.graph_objects as go

from dashboards.i18n import Words

STATUSES = (
    "achieved", "on_track", "at_risk", "off_track", "missed", "unverified", "not_proven", "not_assessed",
)  # fmt: skip
THEMES = ("light", "dark")


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours by role; *ramp* from least to most, *series* in the order they are to be used (at most six)."""

    ink: str
    soft: str
    line: str
    ground: str
    wash: str
    accent: str
    ramp: tuple[str, ...]
    ramp_text: tuple[str, ...]
    series: tuple[str, ...]
    hatch: str
    no_figure: str
    status: Mapping[str, str]


LIGHT = Palette(
    ink="#14213d",
    soft="#5b6577",
    line="#e3e7ec",
    ground="#ffffff",
    wash="#f6f8fa",
    accent="#17657f",
    ramp=("#e3eef2", "#b9d5de", "#86b6c6", "#4b8fa6", "#17657f"),
    ramp_text=("#14213d", "#14213d", "#14213d", "#0b1220", "#ffffff"),
    series=("#17657f", "#b45309", "#5b4a9c", "#2f7d4f", "#a83264", "#5b6577"),
    hatch="#c3cbd3",
    no_figure="#f1f3f5",
    status=MappingProxyType(
        {
            "achieved": "#17657f", "on_track": "#2f7d4f", "at_risk": "#b45309", "off_track": "#b3261e",
            "missed": "#b3261e", "unverified": "#5b6577", "not_proven": "#5b6577", "not_assessed": "#5b6577",
        }
    ),
)  # fmt: skip
DARK = Palette(
    ink="#e8edf3",
    soft="#a3afbf",
    line="#2c3646",
    ground="#121924",
    wash="#19212e",
    accent="#66b8d1",
    ramp=("#22394a", "#2c5568", "#3d7a90", "#5a9fb6", "#9fd3e3"),
    ramp_text=("#e8edf3", "#e8edf3", "#ffffff", "#121924", "#121924"),
    series=("#66b8d1", "#f0a04b", "#a99be6", "#71c596", "#ee8bb3", "#a3afbf"),
    hatch="#3c4859",
    no_figure="#1c2532",
    status=MappingProxyType(
        {
            "achieved": "#66b8d1", "on_track": "#71c596", "at_risk": "#f0a04b", "off_track": "#ff8a80",
            "missed": "#ff8a80", "unverified": "#a3afbf", "not_proven": "#a3afbf", "not_assessed": "#a3afbf",
        }
    ),
)  # fmt: skip
PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})

# Kept in step with assets/10-tokens.css by a test.
_FIRST = '-apple-system, "Segoe UI", '
_LAST = ", system-ui, sans-serif"
FONTS: Mapping[str, str] = MappingProxyType(
    {
        "en": _FIRST + '"Source Sans 3", "Noto Sans CJK HK"' + _LAST,
        "zh-Hant": _FIRST + '"PingFang HK", "Microsoft JhengHei", "Noto Sans HK", "Noto Sans CJK HK"' + _LAST,
        "zh-Hans": _FIRST + '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"' + _LAST,
    }
)


def _no_hatch(_places: Sequence[str]) -> tuple[list[float | None], list[float | None]]:
    return [], []


@dataclass(frozen=True, kw_only=True)
class Shapes:
    """What a map is drawn on: *layers* (name -> GeoJSON address, or the GeoJSON itself in an export),
    *label_points* (place id -> (lon, lat)), *hatch* (place ids -> lines as lists with None breaks), *tiles*
    (place id -> (column, row) of the equal-area tile grid) and *caption* (language -> who drew the boundaries)."""

    layers: Mapping[str, object] = field(default_factory=dict)
    label_points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    hatch: Callable[[Sequence[str]], tuple[list[float | None], list[float | None]]] = _no_hatch
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    caption: Mapping[str, str] = field(default_factory=dict)


NARROW = 286.0
"""Width in px that every chart has on a page, on a telephone of 360 px too."""


@dataclass(frozen=True, kw_only=True)
class Style:
    """Everything a chart needs besides its frame: words, theme, type size, map shapes.

    *room* is the width in px that the chart will have at least: names and legends may fill it.
    """

    words: Words
    theme: str = "light"
    size: int = 13
    shapes: Shapes = field(default_factory=Shapes)
    room: float = NARROW

    @property
    def lang(self) -> str:
        """Return the language code."""
        return self.words.lang

    @property
    def palette(self) -> Palette:
        """Return the palette of the theme."""
        return PALETTES[self.theme]

    @property
    def font(self) -> str:
        """Return the font families of the language."""
        return FONTS[self.lang]

    def t(self, key: str, /, **values: object) -> str:
        """Return a term of the reader's language."""
        return self.words.t(key, **values)

    def number(
        self, value: float | None, qualifier: str = "exact", unit: str = "", decimals: int | None = None
    ) -> str:
        """Write a figure in full, with its qualifier."""
        return self.words.number(value, unit, qualifier, decimals)

    def compact(self, value: float | None, qualifier: str = "exact", unit: str = "") -> str:
        """Write a figure in headline form, with its qualifier."""
        return self.words.compact(value, unit, qualifier)

    def cities(self) -> list[str]:
        """Return the ids of the places that maps name."""
        return list(self.shapes.label_points)

    def place(self, place_id: str) -> str:
        """Return the name of a place."""
        return self.words.t(f"place.{place_id}")

    def status_colour(self, status: str) -> str:
        """Return the colour of a status; its shape and word go with it."""
        return self.palette.status[status]

    def axis(self, **changes: object) -> dict[str, object]:
        """Return the settings of an axis: hairlines, no zero line, soft tick labels."""
        palette = self.palette
        return {
            "gridcolor": palette.line, "linecolor": palette.line, "zeroline": False, "ticks": "",
            "tickfont": {"color": palette.soft, "size": self.size}, "automargin": True, "title": None,
            "fixedrange": True,
        } | changes  # fmt: skip

    def layout(self, **changes: object) -> go.Layout:
        """Return the layout all charts share, with *changes*; its template is empty."""
        palette = self.palette
        base: dict[str, object] = {
            "template": {},  # None would bring the 6 KB default
            "font": {"family": self.font, "size": self.size, "color": palette.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "colorway": list(palette.series),
            "xaxis": self.axis(),
            "yaxis": self.axis(),
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": palette.ground, "bordercolor": palette.line,
                "font": {"family": self.font, "color": palette.ink, "size": self.size},
            },
            "separators": ".,",
            "dragmode": False,
        }  # fmt: skip
        return go.Layout(base | changes)

    def empty(self, reason: str = "ui.no_figure") -> go.Figure:
        """Draw the chart of no figures: the *reason* (a term key) in words."""
        figure = go.Figure(layout=self.layout(xaxis={"visible": False}, yaxis={"visible": False}))
        figure.add_annotation(
            text=self.t(reason), showarrow=False, x=0.5, y=0.5, xref="paper", yref="paper",
            font={"color": self.palette.soft, "size": self.size + 2},
        )  # fmt: skip
        return figure

    def source_line(self, sources: Sequence[str], as_of: str) -> str:
        """Return "Source: ... As known on ..."; *sources* are names, *as_of* is a written date."""
        if not sources:
            return self.t("ui.as_known_on", date=as_of)
        return self.t("ui.source_line", source=self.words.listing(sources), date=as_of)

    def signed(self, figure: go.Figure, line: str) -> go.Figure:
        """Return *figure* with its source line written below the chart, for images that leave the page.

        On the page itself the panel frame writes the line under the chart, where it can wrap.
        """
        copy = go.Figure(figure)
        bottom = (copy.layout.margin.b or 0) + self.size * 3
        copy.update_layout(margin={"b": bottom})
        copy.add_annotation(
            text=line, showarrow=False, x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="top",
            yshift=-(figure.layout.margin.b or 0), align="left",
            font={"color": self.palette.soft, "size": self.size - 1},
        )  # fmt: skip
        return copy
