"""Small readers of tables and trees: each is told the form to expect, and says what it found instead."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from ingest.errors import ShapeError
from ingest.source import Payload, Row

T = TypeVar("T")
_SHOWN = 120


def text(payload: Payload, encoding: str = "utf-8-sig") -> str:
    """Return the payload as text in its declared *encoding*; a web page in its place is said to be one."""
    try:
        words = payload.content.decode(encoding)
    except UnicodeDecodeError as error:
        row = payload.content.count(b"\n", 0, error.start) + 1
        found = payload.content[error.start : error.end].hex(" ")
        raise ShapeError(f"expected {encoding} text, found the bytes {found}", row=row) from None
    return words.removeprefix("\ufeff")


def _refuse_page(words: str, wanted: str) -> None:
    start = words[:512].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        inside, _, after = words.partition("<title>")[2].partition("</title>")
        title = f" titled {inside.strip()[:_SHOWN]!r}" if after else ""
        raise ShapeError(f"expected {wanted}, found a web page{title}", row=1, raw=words[:_SHOWN])


def csv_rows(
    payload: Payload,
    *,
    expect: Sequence[str],
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    trailing: bool = False,
    more: bool = False,
    ended: bool = False,
    min_rows: int = 1,
) -> Iterator[Row]:
    """Yield the rows of a table of separated values by column name.

    The header must name exactly the columns *expect*, in any order; whether others may stand beside them says
    the source's contract, without one *more*. *trailing* declares an empty cell after the last column of every
    line, *ended* a line end after the last row. Raises ShapeError with the line of the file.
    """
    words = text(payload, encoding)
    _refuse_page(words, "a table")
    if ended and words and not words.endswith(("\n", "\r")):
        last = words.splitlines()[-1]
        raise ShapeError(
            f"expected a line end after the last row, found {last[:_SHOWN]!r}: the file is cut short",
            row=words.count("\n") + 1,
            raw=last,
        )
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    width, names = _header(lines, expect, trailing=trailing, more=may_evolve(payload, more))
    note_added(payload, names, expect)
    found = 0
    for cells, number in kept_rows(_numbered(lines), payload, may_be_cut=True):
        if len(cells) != width or (trailing and cells[-1]):
            raise ShapeError(
                f"expected {_cells(width, trailing)}, found {delimiter.join(cells)[:_SHOWN]!r}",
                row=number,
                raw=delimiter.join(cells),
            )
        if cells[0].removeprefix("\ufeff").strip() == names[0] and _is_header(cells, names):
            raise ShapeError("expected rows, found the header again: several files in one", row=number)
        found += 1
        yield Row(zip(names, cells, strict=False), number)
    if found < min_rows:
        raise ShapeError(f"expected at least {min_rows} rows, found {found}")
    payload.counted(found)


def _is_header(cells: Sequence[str], names: Sequence[str]) -> bool:
    return all(cell.strip() == name for cell, name in zip(cells[1:], names[1:], strict=False))


def may_evolve(payload: Payload, otherwise: bool) -> bool:
    """Tell whether columns that nobody expects are let be: by the source's contract, where there is one."""
    if payload.contract is None or payload.contract.columns == "as_read":
        return otherwise
    return payload.contract.columns == "evolve"


def kept_rows(
    rows: Iterator[tuple[T, int]], payload: Payload, *, may_be_cut: bool = False
) -> Iterator[tuple[T, int]]:
    """Yield the numbered *rows* but the discarded; to discard the last of a file that *may_be_cut* is refused."""
    number, left_out = 0, False
    for cells, number in rows:
        left_out = number in payload.discarded
        if not left_out:
            yield cells, number
    if left_out and may_be_cut:
        raise ShapeError("expected a whole last row, found one that cannot be read: cut short", row=number)


def note_added(payload: Payload, names: Sequence[str], expect: Sequence[str]) -> None:
    """Say which columns stand beside the expected ones and are let be."""
    added = [name for name in names if name not in expect]
    if added:
        payload.note(f"columns let be: {', '.join(map(repr, added))[:_SHOWN]}")


def pipe_rows(payload: Payload, *, expect: Sequence[str], **form: Any) -> Iterator[Row]:
    """Yield the rows of a pipe-separated table; else as csv_rows."""
    return csv_rows(payload, expect=expect, delimiter="|", **form)


def cell(row: Row, column: str, read: Callable[[str], T]) -> T:
    """Return what *read* makes of the row's *column*; its ShapeError is told with row and column."""
    try:
        return read(row[column])
    except ShapeError as error:
        raise ShapeError(f"{column}: {error}", row=row.number, raw=",".join(row.values())) from None


def check_header(names: Sequence[str], expect: Sequence[str], *, more: bool = False, row: int = 1) -> None:
    """Raise ShapeError unless *names* are the columns *expect*: each once, none missing, none added."""
    missing = [name for name in expect if name not in names]
    added = [] if more else [name for name in names if name not in expect]
    twice = sorted({name for name in names if names.count(name) > 1})
    said = [
        f"{what} {', '.join(map(repr, which))}"
        for what, which in (("missing", missing), ("added", added), ("twice", twice))
        if which
    ]
    if said:
        raw = ",".join(names)
        raise ShapeError(
            f"expected the columns {', '.join(expect)}, found {raw[:_SHOWN]!r} ({'; '.join(said)})",
            row=row,
            raw=raw,
        )


def _header(lines: Any, expect: Sequence[str], *, trailing: bool, more: bool) -> tuple[int, list[str]]:
    cells, number = next(_numbered(lines), ([], 1))
    names = [name.strip() for name in cells]
    if trailing and names and not names[-1]:
        names.pop()
    check_header(names, expect, more=more, row=number)
    return len(cells), names


def _numbered(lines: Any) -> Iterator[tuple[list[str], int]]:
    try:
        for cells in lines:
            if cells:
                yield cells, lines.line_num
    except csv.Error as error:
        raise ShapeError(f"expected separated values, found {error}", row=lines.line_num) from None


def _cells(width: int, trailing: bool) -> str:
    return f"{width - 1} cells and a trailing separator" if trailing else f"{width} cells"


def json_value(payload: Payload, *, encoding: str = "utf-8-sig") -> Any:
    """Return the payload's JSON value; names given twice in one object are refused."""
    words = text(payload, encoding)
    _refuse_page(words, "JSON")
    try:
        return json.loads(words, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ShapeError(
            f"expected JSON, found {error.msg} at column {error.colno}", row=error.lineno
        ) from None
    except RecursionError:
        raise ShapeError("expected JSON, found values nested too deeply to read") from None


def members(
    value: Any, expect: Mapping[str, type | tuple[type, ...]], where: str = "the answer"
) -> dict[str, Any]:
    """Return *value* as an object that has the members *expect*, each of its declared type."""
    if not isinstance(value, dict):
        raise ShapeError(
            f"{where}: expected an object, found {type(value).__name__}", raw=str(value)[:_SHOWN]
        )
    for name, kind in expect.items():
        if name not in value:
            raise ShapeError(f"{where}: expected {name!r}, found {', '.join(value)[:_SHOWN]!r}")
        # bool is an int to Python, never to a publisher
        if not isinstance(value[name], kind) or (isinstance(value[name], bool) and kind is not bool):
            raise ShapeError(f"{where}: {name}: expected {kind}, found {value[name]!r}"[: 3 * _SHOWN])
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ShapeError(f"expected each name once, found {', '.join(twice)} twice")
    return found


def _no_constant(name: str) -> float:
    raise ShapeError(f"expected a number, found {name}")


def xml_items(
    payload: Payload,
    *,
    root: str,
    item: str,
    expect: Sequence[str] = (),
    namespace: str = "",
    only: bool = False,
) -> Iterator[Row]:
    """Yield each *item* element under *root* as the text of its children by name.

    *namespace* is the default namespace that the document must declare; *expect* names the children that
    every item must have, and where the source's contract freezes its columns, all that it may have. An empty
    list is a list; *only* says that nothing but items stands in it. Raises ShapeError, also for entities, for
    document types and for an item that tells two things under one name.
    """
    tree = xml_tree(payload)
    prefix = f"{{{namespace}}}" if namespace else ""
    if tree.tag != prefix + root:
        raise ShapeError(f"expected the root {prefix + root!r}, found {tree.tag!r}", row=1)
    others = [child.tag for child in tree if child.tag != prefix + item] if only else []
    if others:
        raise ShapeError(f"{root}: expected nothing but {item}, found {', '.join(others)[:_SHOWN]}")
    added: dict[str, None] = {}
    found = 0
    items = ((element, number) for number, element in enumerate(tree.iter(prefix + item), 1))
    for element, number in kept_rows(items, payload):
        row = _leaves(element, prefix, number)
        beside = [name for name in row if name not in expect] if expect else []
        unknown = [] if may_evolve(payload, otherwise=True) else beside
        missing = [name for name in expect if name not in row]
        if missing or unknown:
            wanted = ", ".join(missing) or f"no more than {', '.join(expect)}"
            raise ShapeError(
                f"{item} {number}: expected {wanted}, found {', '.join(row)[:_SHOWN]}", row=number
            )
        added |= dict.fromkeys(beside)
        found += 1
        yield row
    note_added(payload, list(added), expect)
    payload.counted(found)


def _leaves(element: Element, prefix: str, number: int) -> Row:
    cells = [(child.tag.removeprefix(prefix), (child.text or "").strip()) for child in element]
    row = Row(cells, number)
    twice = sorted({name for name, words in cells if row[name] != words})
    if twice:
        where = element.tag.removeprefix(prefix)
        raise ShapeError(
            f"{where} {number}: expected each name once, found {', '.join(twice)} twice", row=number
        )
    return row


def xml_tree(payload: Payload) -> Element:
    """Return the root of the payload's XML tree; document types and entities are refused."""
    start = payload.content[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        _refuse_page(payload.content.decode("utf-8", "replace"), "XML")
    try:
        return defusedxml.ElementTree.fromstring(payload.content, forbid_dtd=True)
    except ParseError as error:
        raise ShapeError(f"expected XML, found {error}", row=error.position[0]) from None
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise ShapeError(f"expected plain XML, found {error}") from None
