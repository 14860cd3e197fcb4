"""Payloads changed as publishers change theirs: columns renamed, doubled, added; rows torn, repeated; other bytes."""

from __future__ import annotations

import copy
import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import defusedxml.ElementTree

LOGIN = b'<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form action="/login"></form></body></html>'
NAME = "zz_new"


def garbage(seed: int) -> Iterator[bytes]:
    """Yield bytes that mean nothing, some of them printable, some nearly a form."""
    chance = random.Random(seed)
    yield chance.randbytes(400)
    yield bytes(chance.choices(b'abc,;|{}[]<>"0123456789.\n\r \xef\xbb\xbf', k=400))
    yield b"\0" * 400
    yield b"PK\x03\x04" + chance.randbytes(200)
    yield from (
        b"{}",
        b"[]",
        b"null",
        b'"x"',
        b"1e999",
        b"NaN",
        b"[[[[",
        b"<a/>",
        b"<a>",
        b",,,\n,,,\n",
        b"\n\n",
    )
    yield b"[" * 100_000
    yield b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def cut(content: bytes, pieces: int = 40) -> Iterator[bytes]:
    """Yield *content* cut short at many places."""
    for number in range(1, pieces):
        yield content[: len(content) * number // pieces]
    yield content[:-1]


def other_encodings(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the same words in other encodings, as far as these have them."""
    words = content.decode("utf-8-sig")
    for encoding in ("utf-16", "utf-16-le", "gb18030", "big5", "big5hkscs", "utf-32"):
        try:
            yield encoding, words.encode(encoding)
        except UnicodeEncodeError:
            continue


class Table:
    """Holds a table of separated values as header and rows."""

    def __init__(self, content: bytes) -> None:
        self.mark = content.startswith(b"\xef\xbb\xbf")
        words = content.decode("utf-8-sig")
        self.sign = "|" if words.partition("\n")[0].count("|") else ","
        self.end = "\r\n" if "\r\n" in words else "\n"
        self.header, *self.rows = csv.reader(io.StringIO(words, newline=""), delimiter=self.sign)

    def _bytes(self, rows: list[list[str]]) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=self.sign, lineterminator=self.end).writerows(rows)
        return out.getvalue().encode("utf-8-sig" if self.mark else "utf-8")

    def renamed(self) -> Iterator[bytes]:
        for place, name in enumerate(self.header):
            if name:
                header = [*self.header[:place], NAME, *self.header[place + 1 :]]
                yield self._bytes([header, *self.rows])

    def doubled(self) -> Iterator[bytes]:
        for place, name in enumerate(self.header):
            if name:
                yield self._bytes([[name, *self.header], *([f"9{row[place]}", *row] for row in self.rows)])

    def added(self) -> bytes:
        return self._bytes([[NAME, *self.header], *(["x", *row] for row in self.rows)])

    def longer(self) -> bytes:
        return self._bytes([self.header, *self.rows * 10])

    def torn(self) -> bytes:
        first = ["?" * 3 for _ in self.rows[0]]
        return self._bytes([self.header, first, *self.rows])


class Tree:
    """Holds a JSON value: its rows are the objects in lists, or those that stand in an object by name."""

    def __init__(self, content: bytes) -> None:
        self.value = json.loads(content.decode("utf-8-sig"))

    def _bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False).encode()

    def _changed(self, change: Callable[[Any], None]) -> bytes:
        value = copy.deepcopy(self.value)
        change(value)
        return self._bytes(value)

    def names(self) -> list[str]:
        return sorted({name for one in _objects(self.value) for name in one})

    def renamed(self) -> Iterator[bytes]:
        def rename(value: Any, name: str) -> None:
            for one in _objects(value):
                if name in one:
                    one[NAME] = one.pop(name)

        for name in self.names():
            yield self._changed(lambda value, name=name: rename(value, name))

    def doubled(self) -> Iterator[bytes]:
        words = self._bytes(self.value).decode()
        for name in self.names():
            key = json.dumps(name, ensure_ascii=False) + ":"
            yield words.replace(key, f"{key} 9, {key}").encode()

    def added(self) -> bytes:
        def add(value: Any) -> None:
            for one in _rows(value):
                one[NAME] = "x"

        return self._changed(add)

    def longer(self) -> bytes:
        def repeat(value: Any) -> None:
            for rows in list(_lists(value)):
                rows.extend(rows * 9)

        return self._changed(repeat)

    def torn(self) -> bytes:
        def tear(value: Any) -> None:
            for one in list(_rows(value))[:1]:
                for name in one:
                    one[name] = {"?": []}

        return self._changed(tear)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for one in list(inside):
        yield from _objects(one)


def _lists(value: Any) -> Iterator[list[Any]]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list):
        yield value
    for one in list(inside):
        yield from _lists(one)


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    return (one for rows in _lists(value) for one in rows if isinstance(one, dict))


class Markup:
    """Holds an XML tree: its rows are the elements whose children are all leaves."""

    def __init__(self, content: bytes) -> None:
        self.root = defusedxml.ElementTree.fromstring(content)

    def _changed(self, change: Callable[[ElementTree.Element], None]) -> bytes:
        root = copy.deepcopy(self.root)
        change(root)
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _rows(self, root: ElementTree.Element) -> list[ElementTree.Element]:
        return [one for one in root.iter() if len(one) and not any(len(child) for child in one)]

    def tags(self) -> list[str]:
        return sorted({one.tag for one in self.root.iter()})

    def renamed(self) -> Iterator[bytes]:
        def rename(root: ElementTree.Element, tag: str) -> None:
            for one in root.iter(tag):
                one.tag = NAME

        for tag in self.tags():
            yield self._changed(lambda root, tag=tag: rename(root, tag))

    def doubled(self) -> Iterator[bytes]:
        def double(root: ElementTree.Element, tag: str) -> None:
            for row in self._rows(root):
                for child in list(row):
                    if child.tag == tag:
                        again = copy.deepcopy(child)
                        again.text = f"9{child.text or ''}"
                        row.append(again)

        for tag in self.tags():
            yield self._changed(lambda root, tag=tag: double(root, tag))

    def added(self) -> bytes:
        def add(root: ElementTree.Element) -> None:
            space = root.tag.rpartition("}")[0]
            for row in self._rows(root):
                ElementTree.SubElement(row, f"{space}}}{NAME}" if space else NAME).text = "x"

        return self._changed(add)

    def longer(self) -> bytes:
        def repeat(root: ElementTree.Element) -> None:
            for parent in list(root.iter()):
                rows = [one for one in parent if len(one)]
                parent.extend([copy.deepcopy(one) for one in rows * 9])

        return self._changed(repeat)

    def torn(self) -> bytes:
        def tear(root: ElementTree.Element) -> None:
            for child in self._rows(root)[0]:
                child.text = "???"

        return self._changed(tear)


def form_of(content: bytes) -> Table | Tree | Markup:
    """Return *content* as what it is."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return Tree(content) if start in b"[{" else Markup(content) if start == b"<" else Table(content)
