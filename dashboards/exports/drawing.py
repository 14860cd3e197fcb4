"""The forms that are drawn: pictures, slides and paper, by one image engine in each process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from plotly.io.json import to_json_plotly

from dashboards.desk import Desk
from dashboards.exports.engine import Engine, ImageError
from dashboards.exports.fonts import FontsMissingError
from dashboards.exports.formats import Format, NotMadeError
from dashboards.exports.images import inlined, paper, png, svg
from dashboards.exports.picture import picture
from dashboards.exports.sheet import PRESETS
from dashboards.exports.telling import Telling
from dashboards.style import THEMES, Shapes, Style

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What charts are drawn with: the *engine*, and the styles of *desk* with the map shapes as values."""

    desk: Desk
    engine: Engine
    shapes: Shapes
    forms: tuple[Format, ...] = field(default=(), repr=False)

    def style(self, lang: str, theme: str = "light") -> Style:
        """Return the style of pictures in a language and a theme."""
        return paper(self.desk, lang, self.shapes, theme)


def drawing(desk: Desk, folder: Path | None) -> Drawing:
    """Return what charts of *desk* are drawn with; nothing is started before the first picture.

    In *folder* the processes of one machine agree on how many browsers there are.
    """
    return Drawing(desk=desk, engine=Engine(folder), shapes=inlined(desk))


def forms(draws: Drawing) -> tuple[Format, ...]:
    """Return the drawn forms: PNG, SVG, PDF and PPTX, and what a browser needs to draw PNG and SVG itself."""
    chart = {"chart": True, "available": lambda: None if draws.engine.able else "picture.no_chromium"}
    by_browser = {"by_browser": "figure"}
    sizes = ("2x", *(name for name in PRESETS if name != "2x"))
    return (
        Format(
            id="png", name="PNG", media_type="image/png", extension="png", write=_told(draws, _png),
            options={"size": sizes, "theme": THEMES}, **chart, **by_browser,
        ),
        Format(
            id="svg", name="SVG", media_type="image/svg+xml; charset=utf-8", extension="svg",
            write=_told(draws, _svg), options={"theme": THEMES}, **chart, **by_browser,
        ),
        Format(id="pdf", name="PDF", media_type="application/pdf", extension="pdf", write=_told(draws, _pdf)),
        Format(id="pptx", name="PPTX", media_type=PPTX_TYPE, extension="pptx", write=_told(draws, _pptx)),
        Format(
            id="figure", name="Plotly", media_type="application/json", extension="json",
            write=_told(draws, _figure), chart=True, listed=False, options={"size": sizes, "theme": THEMES},
        ),
    )  # fmt: skip


def _told(draws: Drawing, write: Callable[..., bytes]) -> Callable[..., bytes]:
    """Return *write* with what goes wrong in it told in the reader's words."""

    def made(telling: Telling, **options: str) -> bytes:
        try:
            return write(draws, telling, **options)
        except ImageError as error:
            raise NotMadeError(error.reason) from error
        except FontsMissingError as error:
            raise NotMadeError("picture.fonts_missing", signs=error.signs, package=error.package) from error

    return made


def _png(draws: Drawing, telling: Telling, *, size: str = "2x", theme: str = "light") -> bytes:
    return png(telling, draws.style(telling.lang, theme), draws.engine.draw, preset=size)


def _svg(draws: Drawing, telling: Telling, *, theme: str = "light") -> bytes:
    return svg(telling, draws.style(telling.lang, theme), draws.engine.draw)


def _pdf(draws: Drawing, telling: Telling) -> bytes:
    from dashboards.exports.chart_pdf import pdf  # noqa: PLC0415 - typst loads when it is asked for

    if telling.figure and not draws.engine.able:
        said = telling.words.t("picture.not_drawn")
        telling = replace(telling, figure=None, note=f"{telling.note} {said}".strip())
    return pdf(telling, draws.style(telling.lang), draws.engine.draw)


def _pptx(draws: Drawing, telling: Telling) -> bytes:
    from dashboards.exports.slides import Slide, deck  # noqa: PLC0415 - python-pptx loads when it is asked for

    draw = draws.engine.draw if draws.engine.able else None
    day = datetime.fromisoformat(telling.as_of_day).replace(tzinfo=UTC)
    return deck([Slide(telling=telling)], telling.words, draws.style, draw=draw, made_at=day)


def _figure(draws: Drawing, telling: Telling, *, size: str = "2x", theme: str = "light") -> bytes:
    """Return a picture as plotly draws it, with its px and its dots for each, for a browser that has plotly."""
    drawn = picture(telling, draws.style(telling.lang, theme), PRESETS[size], elsewhere=True)
    said = {"figure": drawn.figure, "width": drawn.width, "height": drawn.height, "scale": drawn.scale}
    return to_json_plotly(said).encode("utf-8")
