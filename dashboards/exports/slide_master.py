"""Our own 16:9 slides: theme, master and layouts, written out from the palette of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from dashboards.style import LIGHT

WIDE, HIGH = 960.0, 540.0
"""The slide in points."""

EDGE = 40.0
PANEL, COVER = 0, 1
UNIT, SOURCE, STAMP = 10, 11, 13
NUMBER = 12
LATIN = "Arial"
EAST_ASIAN: Mapping[str, str] = MappingProxyType(
    {"en": "Microsoft JhengHei", "zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei"}
)
PROOFED: Mapping[str, str] = MappingProxyType({"en": "en-HK", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"})
_SPACES = nsdecls("p", "a", "r")


def blank(lang: str, name: str) -> Deck:
    """Return a presentation without slides, its master set for *lang*; *name* is the theme's."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    master = deck.slide_master
    for layout in list(deck.slide_layouts)[2:]:
        deck.slide_layouts.remove(layout)
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme._blob = _theme(lang, name).encode("utf-8")
    _replace(master, _master_shapes(lang))
    styles = master._element.find("{*}txStyles")
    styles.getparent().replace(styles, parse_xml(_text_styles(lang)))
    for layout, title, shapes in (
        (deck.slide_layouts[PANEL], "Panel", _panel_shapes()),
        (deck.slide_layouts[COVER], "Cover", _cover_shapes()),
    ):
        layout.name = title
        layout._element.set("type", "obj" if title == "Panel" else "title")
        layout._element.set("preserve", "1")
        layout._element.set("showMasterSp", str(int(title == "Panel")))
        _replace(layout, shapes)
    return deck


def number(slide: object) -> None:
    """Put the slide's number on it, where the master has it."""
    tree = slide._element.cSld.spTree  # type: ignore[attr-defined]
    held = parse_xml(f"<p:spTree {_SPACES}>{_slide_number()}</p:spTree>")[0]
    held.find("{*}nvSpPr/{*}cNvPr").set(
        "id", str(max(map(int, tree.xpath("//@id[. = number(.)]")), default=1) + 1)
    )
    held.remove(held.find("{*}spPr"))
    held.insert(1, parse_xml(f"<p:spPr {_SPACES}/>"))
    tree.append(held)


def _replace(holder: object, shapes: str) -> None:
    """Put *shapes* in place of all that is on a master or layout."""
    tree = holder._element.cSld.spTree  # type: ignore[attr-defined]
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in parse_xml(f"<p:spTree {_SPACES}>{shapes}</p:spTree>"):
        tree.append(shape)


def _emu(points: float) -> int:
    return round(points * 12700)


def _box(x: float, y: float, wide: float, high: float) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(wide)}" cy="{_emu(high)}"/></a:xfrm>'
    )


def _held(number: int, name: str, kind: str, box: str, words: str, *, anchor: str = "t") -> str:
    """Return a placeholder: *kind* is its ``p:ph`` attributes, *words* its paragraph properties and runs."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{box}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"{words}</p:txBody></p:sp>"
    )


def _drawn(number: int, name: str, box: str, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{box}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-HK"/></a:p></p:txBody></p:sp>'
    )


_EMPTY = '<a:lstStyle/><a:p><a:endParaRPr lang="en-HK"/></a:p>'


def _level(size: float, colour: str, *, bold: bool = False, align: str = "l") -> str:
    return (
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        '</a:defRPr></a:lvl1pPr></a:lstStyle><a:p><a:endParaRPr lang="en-HK"/></a:p>'
    )


def _slide_number() -> str:
    words = _level(10, "tx2", align="r").replace(
        "<a:p><a:endParaRPr",
        '<a:p><a:fld id="{8F0E4C5A-1B7B-4C7E-9D53-0C6A6B1B0001}" type="slidenum"><a:rPr lang="en-HK"/><a:t>0</a:t>'
        "</a:fld><a:endParaRPr",
    )
    return _held(
        5, "Slide number", f'type="sldNum" sz="quarter" idx="{NUMBER}"', _box(WIDE - EDGE - 60, 512, 60, 14), words
    )  # fmt: skip


def _master_shapes(_lang: str) -> str:
    return "".join(
        (
            _drawn(7, "Accent", _box(EDGE, 20, 44, 4), "accent1"),
            _held(2, "Title", 'type="title"', _box(EDGE, 32, WIDE - 2 * EDGE, 34), _EMPTY),
            _held(3, "Text", 'type="body" idx="1"', _box(EDGE, 96, WIDE - 2 * EDGE, 360), _EMPTY),
            _slide_number(),
        )
    )


def _panel_shapes() -> str:
    wide = WIDE - 2 * EDGE
    return "".join(
        (
            _held(2, "Title", 'type="title"', _box(EDGE, 32, wide, 34), _EMPTY),
            _held(3, "Unit", f'type="body" sz="quarter" idx="{UNIT}"', _box(EDGE, 66, wide, 20), _level(13, "tx2")),
            _held(4, "Source", f'type="body" sz="quarter" idx="{SOURCE}"', _box(EDGE, 470, wide - 80, 56),
                  _level(10, "tx2"), anchor="b"),
            _slide_number(),
        )
    )  # fmt: skip


def _cover_shapes() -> str:
    wide = WIDE - 2 * 72
    return "".join(
        (
            _drawn(7, "Band", _box(0, 0, 16, HIGH), "accent1"),
            _held(2, "Title", 'type="ctrTitle"', _box(72, 150, wide, 110), _level(34, "tx1", bold=True), anchor="b"),
            _held(3, "Subtitle", 'type="subTitle" idx="1"', _box(72, 276, wide, 60), _level(17, "tx2")),
            _held(4, "Source", f'type="body" sz="quarter" idx="{SOURCE}"', _box(72, 440, wide, 60), _level(12, "tx2"),
                  anchor="b"),
        )
    )  # fmt: skip


def _text_styles(lang: str) -> str:
    east = f'<a:latin typeface="+mn-lt"/><a:ea typeface="{EAST_ASIAN[lang]}"/><a:cs typeface="+mn-cs"/>'
    ink = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    level = (
        '<a:lvl1pPr marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        '<a:defRPr sz="{size}" b="{bold}" kern="1200">' + ink + east + "</a:defRPr></a:lvl1pPr>"
    )
    return (
        f"<p:txStyles {_SPACES}><p:titleStyle>{level.format(size=2400, bold=1)}</p:titleStyle>"
        f"<p:bodyStyle>{level.format(size=1400, bold=0)}</p:bodyStyle>"
        f"<p:otherStyle>{level.format(size=1400, bold=0)}</p:otherStyle></p:txStyles>"
    )


def _theme(lang: str, name: str) -> str:
    colours = {
        "dk1": LIGHT.ink, "lt1": LIGHT.ground, "dk2": LIGHT.soft, "lt2": LIGHT.wash,
        **{f"accent{n}": colour for n, colour in enumerate(LIGHT.series, 1)},
        "hlink": LIGHT.accent, "folHlink": LIGHT.series[2],
    }  # fmt: skip
    scheme = "".join(
        f'<a:{key}><a:srgbClr val="{colour[1:].upper()}"/></a:{key}>' for key, colour in colours.items()
    )
    fonts = (
        f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN[lang]}"/><a:cs typeface=""/>'
        f'<a:font script="Hant" typeface="{EAST_ASIAN["zh-Hant"]}"/>'
        f'<a:font script="Hans" typeface="{EAST_ASIAN["zh-Hans"]}"/>'
    )
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{flat}</a:ln>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{name}"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont>'
        "</a:fontScheme>"
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{flat * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
