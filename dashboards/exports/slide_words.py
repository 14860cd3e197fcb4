"""Words on slides: runs with their language and East Asian typeface, alt text, boxes whose text is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboards.exports import fonts
from dashboards.exports.slide_master import EAST_ASIAN, PROOFED

LEAD = 1.25
"""Height of a line over its size, set as such: typefaces differ in what they take by themselves."""

SLACK = MappingProxyType({"en": 1.06, "zh-Hant": 1.2, "zh-Hans": 1.2})
"""How much wider than measured a text may come out: other fonts, and the space set between Chinese and digits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One paragraph: its *text*, *size* in points, *colour*, where it leads, the points left free *before* it."""

    text: str
    size: float
    colour: str = ""
    bold: bool = False
    href: str = ""
    align: str = "left"
    lang: str = ""
    before: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A place on the slide, in points."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def emu(self) -> tuple[Pt, Pt, Pt, Pt]:
        """Return left, top, width, height as python-pptx takes them."""
        return Pt(self.x), Pt(self.y), Pt(self.wide), Pt(self.high)


_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}


def rgb(colour: str) -> RGBColor:
    """Return a colour of the palette."""
    return RGBColor.from_string(colour[1:].upper())


def spoken(properties: Any, lang: str) -> None:
    """Give run properties (``a:rPr``, ``a:defRPr``) their language and East Asian typeface."""
    properties.set("lang", PROOFED[lang])
    if lang != "en":
        properties.set("altLang", PROOFED["en"])
    for known in properties.findall(qn("a:ea")):
        properties.remove(known)
    east = properties.makeelement(qn("a:ea"), {"typeface": EAST_ASIAN[lang]})
    before = [
        child
        for name in ("cs", "sym", "hlinkClick", "extLst")
        for child in properties.findall(qn(f"a:{name}"))
    ]
    if before:
        before[0].addprevious(east)
    else:
        properties.append(east)


def write(frame: Any, said: Sequence[Said], lang: str) -> None:
    """Write paragraphs into a text frame, which loses what it held."""
    frame.clear()
    for at, one in enumerate(said):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = _ALIGN[one.align]
        paragraph.line_spacing = Pt(one.size * LEAD)
        if one.before:
            paragraph.space_before = Pt(one.before)
        run = paragraph.add_run()
        run.text = one.text
        run.font.size = Pt(one.size)
        run.font.bold = one.bold
        if one.colour:
            run.font.color.rgb = rgb(one.colour)
        spoken(run._r.get_or_add_rPr(), one.lang or lang)
        _ended(paragraph, one, lang)
        if one.href.startswith(("https://", "http://")):
            run.hyperlink.address = one.href


def _ended(paragraph: Any, one: Said, lang: str) -> None:
    """Give the end of a paragraph its size too: an empty line is as high as it says."""
    end = paragraph._p.get_or_add_endParaRPr()
    end.set("sz", str(round(one.size * 100)))
    end.set("lang", PROOFED[one.lang or lang])


def place(shape: Any, box: Box) -> None:
    """Put *shape* at *box*."""
    shape.left, shape.top, shape.width, shape.height = box.emu


def textbox(shapes: Any, box: Box, said: Sequence[Said], lang: str, *, wraps: bool = True) -> Any:
    """Return a new text box without insets; one that doesn't wrap lets its text run over on both sides."""
    made = shapes.add_textbox(*box.emu)
    frame = made.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = wraps
    write(frame, said, lang)
    return made


def describe(shape: Any, name: str, text: str) -> None:
    """Give *shape* its name in the list of objects and its alt text."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", text)


def decorative(shape: Any) -> None:
    """Say that *shape* tells nothing that isn't told elsewhere."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", "")
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    holder = properties.makeelement(qn("a:extLst"), {})
    extension = holder.makeelement(qn("a:ext"), {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"})
    extension.append(extension.makeelement(f"{{{space}}}decorative", {"val": "1"}, nsmap={"adec": space}))
    holder.append(extension)
    properties.append(holder)


def height(text: str, size: float, room: float, lang: str, *, bold: bool = False) -> float:
    """Return the points that *text* takes down in *room* points across."""
    count = len(fonts.lines(text, size, room / SLACK[lang], lang, bold=bold)) if text else 0
    return count * size * LEAD
