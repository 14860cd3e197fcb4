"""Open a workbook that a stranger may have made: what could do harm is refused before anything in it is read."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import basename
from typing import Any

from ingest.returns_form import MOST_ROWS, RefusedReturn
from ingest.source import MEGABYTE

MOST_BYTES = 2 * MEGABYTE
MOST_PARTS = 120
MOST_PART = 12 * MEGABYTE
MOST_UNPACKED = 24 * MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old and encrypted workbooks begin
_MACROS = re.compile(r"vbaproject|macrosheets/|vbadata", re.IGNORECASE)
_EXTERNAL = re.compile(r"externallinks/|connections\.xml|querytables/|xmlmaps|/model/", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"embeddings/|activex/|ctrlprops/|oleobject|webextensions/|dialogsheets/", re.IGNORECASE
)
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d{1,9})[\"']")
_LAST = MOST_ROWS + 1000  # a sheet may carry some formatted, empty rows below


@contextmanager
def opened_workbook(content: bytes) -> Iterator[Any]:
    """Open the bytes of a workbook for reading, formulas as they stand; raise RefusedReturn saying why not."""
    import openpyxl  # noqa: PLC0415 - large, and few processes ever read a workbook

    sound = _checked_pack(content)
    try:
        with warnings.catch_warnings():
            # styles and extensions that openpyxl does not know say nothing about the figures
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(sound, read_only=True, keep_links=False)
    except Exception as error:  # the file is a stranger's: whatever it broke, it is the file that is damaged
        raise RefusedReturn("refusal.damaged") from error
    try:
        yield book
    finally:
        book.close()


def _checked_pack(content: bytes) -> io.BytesIO:
    """Return the pack made anew from its checked parts: nothing that was not looked at is ever read."""
    if len(content) > MOST_BYTES:
        raise RefusedReturn("refusal.too_large", found=len(content), most=MOST_BYTES)
    if content.startswith(_OLE):
        raise RefusedReturn("refusal.old_format")
    sound = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack, zipfile.ZipFile(sound, "w") as clean:
            _check_parts(pack.infolist())
            for part in pack.infolist():
                text = _unpacked(pack, part)
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_text(part.filename, text)
                clean.writestr(part.filename, text)
    except RefusedReturn:
        raise
    except Exception as error:  # a stranger's pack may break its reader anywhere
        # A cut pack begins like one; what does not is something else altogether.
        key = "refusal.damaged" if content.startswith(b"PK") else "refusal.not_workbook"
        raise RefusedReturn(key) from error
    return sound


def _unpacked(pack: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    # Asked for so many bytes, the unpacking stops there, whatever the part would really unpack to.
    with pack.open(part) as stream:
        return stream.read(part.file_size)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise RefusedReturn("refusal.not_workbook")
    # No more than a part states is ever unpacked, so these sums hold even for a pack that lies.
    sizes = [part.file_size for part in parts]
    if len(parts) > MOST_PARTS or max(sizes) > MOST_PART or sum(sizes) > MOST_UNPACKED:
        raise RefusedReturn("refusal.bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedReturn("refusal.old_format")
    if len(set(names)) < len(names) or any(_strays(name) for name in names):
        raise RefusedReturn("refusal.damaged")
    for name in names:
        _check_name(name)


def _check_name(name: str) -> None:
    if _MACROS.search(name):
        raise RefusedReturn("refusal.macros")
    if _EXTERNAL.search(name):
        raise RefusedReturn("refusal.external", found=basename(name))
    if _EMBEDDED.search(name):
        raise RefusedReturn("refusal.embedded", found=basename(name))


def _strays(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _check_text(name: str, content: bytes) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:64]:
        raise RefusedReturn("refusal.damaged")  # another encoding would hide what is looked for here
    if _DOCTYPE.search(content):
        raise RefusedReturn("refusal.bomb")
    if name == "[Content_Types].xml" and b"macroenabled" in content.lower():
        raise RefusedReturn("refusal.macros")
    if name.endswith(".rels"):
        _check_relations(name, content)
    if "worksheets/" in name:
        last = max((int(row) for row in _ROW.findall(content)), default=0)
        if last > _LAST:
            raise RefusedReturn("refusal.too_many_rows", found=last, most=MOST_ROWS)


def _check_relations(name: str, content: bytes) -> None:
    for relation in _RELATION.findall(content):
        # Excel makes a link of every web address that somebody types: a link is followed by hand alone.
        if b"External" in relation and b"/hyperlink" not in relation:
            raise RefusedReturn("refusal.external", found=basename(name))
