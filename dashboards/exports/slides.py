"""Slides: each panel a native chart, map or table that can be edited, with its source on it and its method below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pptx.presentation import Presentation as Deck

from dashboards.exports import slide_charts, slide_lines, slide_map, slide_table, slide_text
from dashboards.exports.engine import Draw
from dashboards.exports.repacked import repacked
from dashboards.exports.sheet import NATURAL, foot_lines, stamp, subtitle
from dashboards.exports.slide_master import COVER, EDGE, PANEL, SOURCE, UNIT, WIDE, blank, number
from dashboards.exports.slide_notes import notes, untold
from dashboards.exports.slide_picture import drawn_picture, undrawn
from dashboards.exports.slide_text import Words as Worded
from dashboards.exports.slide_words import LEAD, Box, Said, describe, height, place, textbox, write
from dashboards.exports.telling import Telling
from dashboards.figures.drawn import Areas, Bars, Lines, Pairs, Ways
from dashboards.i18n import Words
from dashboards.style import Style

TITLE, UNDER, SMALL = 24.0, 13.0, 10.0
ROOM = WIDE - 2 * EDGE
_TOP, _FOOT = 32.0, 526.0
_GAP = 12.0
_ASIDE = 2.5
"""Points between the source and the address, which typefaces set higher than they say."""

_MOST_BARS_HIGH = 40.0

StyleOf = Callable[[str, str], Style]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A panel on slides: what it says, a *note* of whoever made the deck, and the same in a *second* language."""

    telling: Telling
    note: str = ""
    second: Telling | None = None


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The first slide: *title*, *lines* below it, and at its foot *marks*: the as-of, for whom it is."""

    title: str
    lines: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def deck(
    slides: Sequence[Slide | Cover | Worded],
    words: Words,
    style_of: StyleOf,
    *,
    draw: Draw | None = None,
    progress: Progress = lambda _done, _all: None,
    made_at: datetime = datetime(2000, 1, 1, tzinfo=UTC),
) -> bytes:
    """Return *slides* as a PPTX file in the language of *words*, the same bytes for the same slides.

    *style_of* gives the style of a language and a theme. Charts that have no native form are pictures by *draw*;
    without it their table stands in their place. *progress* is told (done, all) after each slide; what it raises
    ends the work. *made_at* is the date the file bears.
    """
    made = blank(words.lang, words.t("ui.product_name"))
    for at, one in enumerate(slides, 1):
        if isinstance(one, Cover):
            _cover(made, one, words)
        elif isinstance(one, Worded):
            _worded(made, one, style_of(one.lang, "light"))
        else:
            _panel(made, one, style_of(one.telling.lang, "light"), draw)
        progress(at, len(slides))
    _properties(made, slides, words, made_at)
    out = BytesIO()
    made.save(out)
    return repacked(out.getvalue(), made_at)


def _properties(
    made: Deck, slides: Sequence[Slide | Cover | Worded], words: Words, made_at: datetime
) -> None:
    first = slides[0] if slides else None
    held = made.core_properties
    held.title = (first.telling.title if isinstance(first, Slide) else first.title) if first else ""
    held.author = held.last_modified_by = words.t("ui.product_name")
    held.language = words.html_lang
    held.subject = held.keywords = held.comments = held.category = ""
    held.created = held.modified = made_at.replace(tzinfo=None)
    held.revision = 1


def _cover(made: Deck, cover: Cover, words: Words) -> None:
    slide = made.slides.add_slide(made.slide_layouts[COVER])
    lang = words.lang
    title, under = slide.shapes.title, slide.placeholders[1]
    foot = next(each for each in slide.placeholders if each.placeholder_format.idx == SOURCE)
    write(title.text_frame, [Said(text=cover.title, size=34, bold=True)], lang)
    write(
        under.text_frame, [Said(text=line, size=17) for line in cover.lines] or [Said(text="", size=17)], lang
    )
    write(
        foot.text_frame, [Said(text=line, size=12) for line in cover.marks] or [Said(text="", size=12)], lang
    )


def _worded(made: Deck, one: Worded, style: Style) -> None:
    """Add a slide of words, its chart beside them where it has one that can be edited."""
    lang, palette = one.lang, style.palette
    slide = made.slides.add_slide(made.slide_layouts[PANEL])
    unit = next(each for each in slide.placeholders if each.placeholder_format.idx == UNIT)
    unit._element.getparent().remove(unit._element)
    if one.stamp:
        said = [
            Said(text=one.stamp, size=SMALL + 1, colour=palette.status["off_track"], bold=True, align="right")
        ]
        textbox(slide.shapes, Box(x=WIDE - EDGE - 300, y=16, wide=300, high=14), said, lang)
    heads = [Said(text=one.title, size=_title_size(one.title, lang), bold=True)]
    if one.second_title:
        heads.append(Said(text=one.second_title, size=15, colour=palette.soft, lang=one.second_lang))
    top = _stacked(slide.shapes.title, heads, _TOP, lang) + _GAP
    foot = next(each for each in slide.placeholders if each.placeholder_format.idx == SOURCE)
    high = height(one.foot, SMALL, ROOM - 80, lang)
    place(foot, Box(x=EDGE, y=_FOOT - high, wide=ROOM - 80, high=high))
    write(foot.text_frame, [Said(text=one.foot, size=SMALL)], lang)
    box = Box(x=EDGE, y=top, wide=ROOM, high=_FOOT - high - _GAP - top)
    if one.telling is not None and one.telling.figure is not None:
        right = Box(x=EDGE + ROOM * 0.58, y=top, wide=ROOM * 0.42, high=box.high)
        figure = one.telling.figure(replace(style, room=NATURAL / 2))
        if _native(_Page(slide=slide, box=right), figure, one.telling, style) is not None:
            box = replace(box, wide=ROOM * 0.55)
    slide_text.put(slide.shapes, box, one, style)
    _ordered(slide)
    write(slide.notes_slide.notes_text_frame, [Said(text=one.note, size=12)], lang)


@dataclass(frozen=True, kw_only=True)
class _Page:
    """One slide under way: its shapes, and where its content may stand."""

    slide: Any
    box: Box


def _panel(made: Deck, one: Slide, style: Style, draw: Draw | None) -> None:
    """Add the slides of a panel: one, or as many as its table needs."""
    telling = one.telling
    page = _framed(made, one, style, "")
    drawn = telling.figure(replace(style, room=NATURAL)) if telling.figure else None
    shape = _native(page, drawn, telling, style)
    if shape is None and drawn is not None and draw is not None:
        shape = drawn_picture(page.slide.shapes, page.box, telling, style, draw)
        if shape is not None:
            describe(shape, telling.title, telling.alt)
            _beside(page, shape.width.pt, telling, style)
    if shape is None:
        if drawn is not None:
            page = replace(page, box=undrawn(page.slide.shapes, page.box, telling, style, draw))
        _tables(made, page, one, style)
    else:
        _ended(page, telling, style, one.note, untold(telling, getattr(drawn, "drawn", None), style, ROOM))


def _beside(page: _Page, wide: float, telling: Telling, style: Style) -> None:
    """Put what there is room for of the table right of a picture that leaves half of the slide empty."""
    room = ROOM - wide - 2 * _GAP
    if room < ROOM * 0.4 or telling.rows.empty:
        return
    table = next(slide_table.pages(slide_table.grid(telling, style, room, columns=4), style, page.box.high))
    slide_table.put(page.slide.shapes, table, page.box.x + ROOM - room, page.box.y, style)
    describe(page.slide.shapes[-1], telling.title, telling.alt)


def _framed(made: Deck, one: Slide, style: Style, part: str) -> _Page:
    """Add a slide with all its words: title, unit, stamp, source; say where the rest may stand."""
    telling, lang, palette = one.telling, style.lang, style.palette
    slide = made.slides.add_slide(made.slide_layouts[PANEL])
    title = style.t("format.pair", a=telling.title, b=part) if part else telling.title
    mark = stamp(telling, style)
    if mark:
        said = [Said(text=mark, size=SMALL + 1, colour=palette.status["off_track"], bold=True, align="right")]
        textbox(slide.shapes, Box(x=WIDE - EDGE - 300, y=16, wide=300, high=14), said, lang)
    heads = [Said(text=title, size=_title_size(title, lang), bold=True)]
    if one.second:
        heads.append(Said(text=one.second.title, size=15, colour=palette.soft, lang=one.second.lang))
    below = _stacked(slide.shapes.title, heads, _TOP, lang)
    under = [text for text in (subtitle(telling, style),) if text]
    units = [Said(text=text, size=UNDER) for text in under]
    holder = next(each for each in slide.placeholders if each.placeholder_format.idx == UNIT)
    if units:
        holder.name = "Unit"
        below = _stacked(holder, units, below + 1, lang)
    else:
        holder._element.getparent().remove(holder._element)
    return _Page(slide=slide, box=_footed(slide, telling, style, below + _GAP))


def _title_size(title: str, lang: str) -> float:
    return next(
        (size for size in (TITLE, 21.0, 18.0) if height(title, size, ROOM, lang, bold=True) <= size * 1.5),
        17.0,
    )


def _stacked(holder: Any, said: Sequence[Said], top: float, lang: str) -> float:
    """Write paragraphs into a placeholder at *top*; return where it ends."""
    high = sum(height(one.text, one.size, ROOM, one.lang or lang, bold=one.bold) for one in said)
    place(holder, Box(x=EDGE, y=top, wide=ROOM, high=high))
    write(holder.text_frame, said, lang)
    return top + high


def _footed(slide: Any, telling: Telling, style: Style, top: float) -> Box:
    """Write note, flags, source and address at the foot; return the box between *top* and them."""
    *texts, address = foot_lines(telling, style)
    lines = [Said(text=text, size=SMALL) for text in texts]
    lines.append(Said(text=address, size=SMALL, href=telling.permalink, before=_ASIDE))
    wide = ROOM - 80
    high = sum(height(one.text, SMALL, wide, style.lang) for one in lines) + _ASIDE
    holder = next(each for each in slide.placeholders if each.placeholder_format.idx == SOURCE)
    holder.name = "Source"
    place(holder, Box(x=EDGE, y=_FOOT - high, wide=wide, high=high))
    write(holder.text_frame, lines, style.lang)
    return Box(x=EDGE, y=top, wide=ROOM, high=_FOOT - high - _GAP - top)


def _ordered(slide: Any) -> None:
    """Put the source and the slide's number after everything else, as they are to be read."""
    foot = next(each for each in slide.placeholders if each.placeholder_format.idx == SOURCE)
    slide.shapes._spTree.append(foot._element)
    number(slide)


def _native(page: _Page, figure: Any, telling: Telling, style: Style) -> Any | None:
    """Add the chart in a form that can be edited; None where it has none."""
    shapes, box, drawn = page.slide.shapes, page.box, getattr(figure, "drawn", None)
    if isinstance(drawn, Areas):
        return slide_map.mapped(shapes, box, figure, style, (telling.title, telling.alt))
    if isinstance(drawn, Bars):
        count = len(drawn.known) + len(drawn.absent)
        box = replace(box, high=min(box.high, 24 + _MOST_BARS_HIGH * count))
        made = slide_charts.bars(shapes, box, drawn, style, telling.unit or telling.title)
    elif isinstance(drawn, Pairs):
        made = slide_charts.pairs(shapes, box, drawn, style)
    elif isinstance(drawn, Ways):
        made = slide_charts.ways(shapes, box, drawn, style)
    elif isinstance(drawn, Lines):
        made = slide_lines.lines(shapes, box, drawn, style)
    else:
        return None
    describe(shapes[-1], telling.title, telling.alt)
    return made


def _tables(made: Deck, page: _Page, one: Slide, style: Style) -> None:
    """Put the table of a panel on this slide and as many more as it needs."""
    telling = one.telling
    parts: list[slide_table.Grid] = []
    if len(telling.rows):
        table = slide_table.grid(telling, style, page.box.wide)
        parts = list(slide_table.pages(table, style, page.box.high - SMALL * LEAD * 2))
    else:
        words = [Said(text=telling.empty or style.t("ui.no_figure"), size=16, colour=style.palette.soft)]
        textbox(page.slide.shapes, page.box, words, style.lang)
    for at, part in enumerate(parts):
        if at:
            page = _framed(made, one, style, f"{at + 1}/{len(parts)}")
        slide_table.put(page.slide.shapes, part, page.box.x, page.box.y, style)
        describe(page.slide.shapes[-1], telling.title, telling.alt)
        if part.left_out:
            text = style.t("slides.left_out", n=style.number(part.left_out))
            box = Box(x=EDGE, y=page.box.y + page.box.high - SMALL * LEAD, wide=ROOM, high=SMALL * LEAD)
            textbox(
                page.slide.shapes, box, [Said(text=text, size=SMALL, colour=style.palette.soft)], style.lang
            )
        _ended(page, telling, style, one.note if not at else "")
    if not parts:
        _ended(page, telling, style, one.note)


def _ended(
    page: _Page, telling: Telling, style: Style, note: str, rest: slide_table.Grid | None = None
) -> None:
    """Set the reading order of a slide, its number and its notes, in these the *rest* of the table."""
    _ordered(page.slide)
    write(page.slide.notes_slide.notes_text_frame, notes(telling, style, note, rest), style.lang)
