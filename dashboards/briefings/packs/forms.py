"""The forms that a pack leaves in: slides, paper, one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.briefings.packs.values import Pack, Progress
from dashboards.exports.drawing import PPTX_TYPE
from dashboards.exports.engine import Draw

Write = Callable[[Pack, Draw | None, Progress], bytes]


@dataclass(frozen=True, kw_only=True)
class PackForm:
    """A form: its *id* in addresses and the end of its file name, its media type, and what makes it."""

    id: str
    media_type: str
    write: Write


def _pptx(pack: Pack, draw: Draw | None, progress: Progress) -> bytes:
    from dashboards.briefings.packs.slideshow import pptx  # noqa: PLC0415 - forms load when they are asked for

    return pptx(pack, draw, progress=progress)


def _pdf(pack: Pack, draw: Draw | None, progress: Progress) -> bytes:
    from dashboards.briefings.packs.paper import pdf  # noqa: PLC0415

    return pdf(pack, draw, progress=progress)


def _html(pack: Pack, _draw: Draw | None, progress: Progress) -> bytes:
    from dashboards.briefings.packs.onepage import html  # noqa: PLC0415

    return html(pack, progress=progress)


FORMS = {
    one.id: one
    for one in (
        PackForm(id="pptx", media_type=PPTX_TYPE, write=_pptx),
        PackForm(id="pdf", media_type="application/pdf", write=_pdf),
        PackForm(id="html", media_type="text/html; charset=utf-8", write=_html),
    )
}
