"""Files that a stranger may have made: refused before anything in them is read, each with its reason."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
import zlib

import pytest

from ingest.returns_form import RefusedReturn
from ingest.returns_workbook import MOST_BYTES, MOST_PART, opened_workbook
from tests.ingest.filling import filled, made, repacked


def refusal(content: bytes) -> str:
    with pytest.raises(RefusedReturn) as caught, opened_workbook(content) as book:
        list(book.worksheets)
    return caught.value.key


def in_part(name: str, old: bytes, new: bytes):
    def change(part: str, content: bytes) -> bytes:
        if part.endswith(name):
            assert old in content
            return content.replace(old, new)
        return content

    return change


def test_a_template_is_opened():
    with opened_workbook(made()) as book:
        assert len(book.sheetnames) == 3


@pytest.mark.parametrize(
    "content", [b"", b"indicator,value\n", b"<html></html>", b"%PDF-1.7", b"\x00" * 4000]
)
def test_what_is_no_workbook_is_refused(content):
    assert refusal(content) == "refusal.not_workbook"


def test_an_archive_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as pack:
        pack.writestr("word/document.xml", "<a/>")
    assert refusal(stream.getvalue()) == "refusal.not_workbook"


def test_an_old_or_encrypted_workbook_is_refused():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600) == "refusal.old_format"


@pytest.mark.parametrize("keep", [100, 2000, 0.5, 0.99])
def test_a_cut_file_is_refused(keep):
    content = made()
    cut = content[: keep if isinstance(keep, int) else int(len(content) * keep)]
    assert refusal(cut) == "refusal.damaged"


def test_too_many_bytes_are_refused():
    assert refusal(made() + b"\x00" * MOST_BYTES) == "refusal.too_large"


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = repacked(made(), more={"xl/media/image1.xml": b"0" * (MOST_PART + 1)})
    assert len(bomb) < 100_000
    assert refusal(bomb) == "refusal.bomb"
    many = repacked(made(), more={f"xl/media/{n}.xml": b"<a/>" for n in range(200)})
    assert refusal(many) == "refusal.bomb"


def test_a_bomb_that_states_a_small_size_is_not_unpacked_either():
    size, stated = 200_000_000, 100
    zeros = b"0" * size
    bomb = bytearray(repacked(made(), more={"xl/theme/zz.xml": zeros}))
    for true, told in ((size, stated), (zlib.crc32(zeros), zlib.crc32(zeros[:stated]))):
        found = true.to_bytes(4, "little")
        assert bomb.count(found) == 2
        bomb = bomb.replace(found, told.to_bytes(4, "little"))
    del zeros
    tracemalloc.start()
    with opened_workbook(bytes(bomb)) as book:
        list(book.worksheets)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_entities_are_refused():
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><workbook'
    assert refusal(repacked(made(), in_part("xl/workbook.xml", b"<workbook", entity))) == "refusal.bomb"
    hidden = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x>".encode("utf-16")
    assert refusal(repacked(made(), more={"xl/worksheets/sheet9.xml": hidden})) == "refusal.damaged"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("xl/vbaProject.bin", "refusal.macros"),
        ("xl/macrosheets/sheet1.xml", "refusal.macros"),
        ("xl/externalLinks/externalLink1.xml", "refusal.external"),
        ("xl/connections.xml", "refusal.external"),
        ("xl/queryTables/queryTable1.xml", "refusal.external"),
        ("xl/embeddings/oleObject1.bin", "refusal.embedded"),
        ("xl/activeX/activeX1.xml", "refusal.embedded"),
        ("../../etc/passwd", "refusal.damaged"),
        ("/etc/passwd", "refusal.damaged"),
        ("xl\\..\\..\\a.xml", "refusal.damaged"),
        ("c:/a.xml", "refusal.damaged"),
    ],
)
def test_parts_that_could_do_harm_are_refused_by_name(name, key):
    assert refusal(repacked(made(), more={name: b"<a/>"})) == key


def test_a_workbook_that_says_it_has_macros_is_refused():
    types = in_part(
        "[Content_Types].xml", b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    assert refusal(repacked(made(), types)) == "refusal.macros"


def test_links_to_other_files_are_refused_but_a_typed_web_address_is_not():
    outside = (
        b'<Relationship Id="x" Type="http://a/externalLinkPath" Target="file:///x" TargetMode="External"/>'
    )
    rels = in_part("workbook.xml.rels", b"</Relationships>", outside + b"</Relationships>")
    assert refusal(repacked(made(), rels)) == "refusal.external"
    link = outside.replace(b"externalLinkPath", b"relationships/hyperlink").replace(
        b"file:///x", b"https://a.b/"
    )
    typed = in_part("workbook.xml.rels", b"</Relationships>", link + b"</Relationships>")
    with opened_workbook(repacked(made(), typed)) as book:
        assert book.sheetnames


def test_rows_without_end_are_refused():
    assert refusal(filled(made(), {"I1048576": 1})) == "refusal.too_many_rows"


def test_a_repeated_part_is_refused():
    content = made()
    stream = io.BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as pack:
        pack.writestr("xl/workbook.xml", "<a/>")
    assert refusal(stream.getvalue()) == "refusal.damaged"


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_flipped_bytes_is_opened_or_refused_and_nothing_else(seed):
    content, chance = bytearray(made()), random.Random(seed)
    for _ in range(chance.choice([1, 8, 64])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    outcome = ""
    try:
        with opened_workbook(bytes(content)) as book:
            outcome = book.sheetnames[0]
    except RefusedReturn as refused:
        outcome = refused.told("zh-Hant")
    assert outcome
