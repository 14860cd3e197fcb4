"""The letters of a PDF: which fonts it carries, whether any letter of it is a box, what its fonts can write."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from dashboards.exports import fonts


def boxes(body: bytes) -> Iterator[str]:
    """Yield where a PDF shows glyph 0, the box for what a font lacks; every font of it is told by two bytes a glyph."""
    reader = PdfReader(io.BytesIO(body))
    for number, page in enumerate(reader.pages, 1):
        for holder in _drawn(page):
            faces = holder.get("/Resources", {}).get("/Font", {})
            yield from _in_stream(ContentStream(holder.get("/Contents", holder), reader), faces, number)


def _drawn(page: Any) -> Iterator[Any]:
    """Yield a page and the drawings placed on it, which have text of their own."""
    yield page
    waiting = [page]
    while waiting:
        forms = waiting.pop().get("/Resources", {}).get("/XObject", {})
        for form in (forms[name].get_object() for name in forms):
            if form.get("/Subtype") == "/Form":
                waiting.append(form)
                yield form


def _in_stream(stream: ContentStream, faces: DictionaryObject, number: int) -> Iterator[str]:
    wide = False
    for operands, operator in stream.operations:
        if operator == b"Tf":
            wide = faces[operands[0]].get_object()["/Subtype"] == "/Type0"
        texts = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else ()
        for text in texts:
            held = getattr(text, "original_bytes", b"")
            if wide and any(held[at : at + 2] == b"\0\0" for at in range(0, len(held), 2)):
                yield f"page {number}: a letter is a box"


def families(body: bytes) -> set[str]:
    """Return the PostScript names of the fonts that a PDF carries."""
    found = set()
    for page in PdfReader(io.BytesIO(body)).pages:
        for holder in _drawn(page):
            faces = holder.get("/Resources", {}).get("/Font", {})
            found |= {str(faces[name].get_object()["/BaseFont"]).rpartition("+")[2] for name in faces}
    return {name.removesuffix("-Identity-H").lstrip("/") for name in found}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, fonts.Face]:
    """Return the installed faces by their PostScript names."""
    found = {}
    for face in fonts.installed():
        many = face.path.lower().endswith((".ttc", ".otc"))
        with TTFont(face.path, fontNumber=face.index if many else -1, lazy=True) as font:
            found[str(font["name"].getDebugName(6))] = face
    return found


def unwritable(text: str, names: set[str]) -> str:
    """Return the characters of *text* that none of the fonts *names* (PostScript) has."""
    faces = [_by_name()[name] for name in names]
    held = {sign for face in faces for sign in fonts.characters(face)}
    return "".join(sorted({sign for sign in text if ord(sign) not in held and not sign.isspace()}))
