"""What is around the sheets of an XLSX file: its parts, what it says of itself, how it is packed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOST_TEXT = 32_767
MOST_NAME = 31
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIXED = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, kw_only=True)
class Properties:
    """What the file says of itself; *font* is for the language, *formats* are number formats after the fixed styles."""

    title: str
    subject: str
    author: str
    keywords: str
    description: str
    language: str
    created: str
    font: str
    formats: tuple[str, ...] = ()


def safe(text: str) -> str:
    """Return *text* as XML holds it: without signs that XML has no place for, no longer than a cell may be."""
    return escape(_LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text[:MOST_TEXT])))


def sheet_name(text: str) -> str:
    """Return *text* as a sheet may be named."""
    return _NOT_IN_NAMES.sub(" ", _NOT_XML.sub("", text))[:MOST_NAME].strip()


def frame_parts(sheets: Sequence[tuple[str, str]], properties: Properties) -> Mapping[str, str]:
    """Return the parts around *sheets*: (name, its last cell where it can be filtered, else "")."""
    return {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            ("officeDocument/2006/relationships/officeDocument", "xl/workbook.xml"),
            ("package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ("officeDocument/2006/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(properties),
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>GBA Monitor'
        "</Application></Properties>",
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *(
                ("officeDocument/2006/relationships/worksheet", f"worksheets/sheet{number}.xml")
                for number in range(1, len(sheets) + 1)
            ),
            ("officeDocument/2006/relationships/styles", "styles.xml"),
            ("officeDocument/2006/relationships/sharedStrings", "sharedStrings.xml"),
        ),
    }


def _content_types(sheets: int) -> str:
    parts = [
        ("/xl/workbook.xml", f"{_TYPE}.sheet.main+xml"),
        *((f"/xl/worksheets/sheet{n}.xml", f"{_TYPE}.worksheet+xml") for n in range(1, sheets + 1)),
        ("/xl/styles.xml", f"{_TYPE}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{_TYPE}.sharedStrings+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    said = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    said = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _core(properties: Properties) -> str:
    said = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:keywords": properties.keywords,
        "dc:description": properties.description,
        "dc:language": properties.language,
    }
    texts = "".join(f"<{name}>{safe(text)}</{name}>" for name, text in said.items())
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{properties.created}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{texts}{times}</cp:coreProperties>'
    )


def _workbook(sheets: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in enumerate(sheets, 1)
    )
    names = "".join(_names(at, name, last) for at, (name, last) in enumerate(sheets))
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f"<bookViews><workbookView/></bookViews><sheets>{said}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def _names(at: int, name: str, last: str) -> str:
    quoted = escape(f"'{name}'")
    titles = f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{quoted}!$1:$1</definedName>'
    if not last:
        return titles
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", last).groups()  # type: ignore[union-attr]
    reach = f"{quoted}!$A$1:${column}${row}"
    return f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">{reach}</definedName>{titles}'


def zipped(parts: Mapping[str, str]) -> bytes:
    """Return *parts* packed, with no trace of when."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.external_attr = 0o600 << 16
            file.writestr(entry, text.encode("utf-8"), zipfile.ZIP_DEFLATED, compresslevel=2)
    return out.getvalue()
