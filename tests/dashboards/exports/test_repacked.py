"""Office files without a trace of when."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from dashboards.exports.repacked import repacked

CORE = '<x><dcterms:created xsi:type="a">{0}</dcterms:created><dcterms:modified xsi:type="a">{0}</dcterms:modified></x>'


def packed(when: str, year: int, inner: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("docProps/core.xml", (year, 1, 1, 0, 0, 0)), CORE.format(when))
        if inner:
            file.writestr("ppt/embeddings/one.xlsx", inner)
    return out.getvalue()


def test_files_of_two_days_become_the_same_with_the_workbooks_in_them() -> None:
    day = datetime(2026, 11, 21, tzinfo=UTC)
    one = repacked(packed("2020-01-01T00:00:00Z", 2020, packed("2020-01-01T00:00:00Z", 2020)), day)
    other = repacked(packed("2021-05-05T00:00:00Z", 2021, packed("2021-05-05T00:00:00Z", 2021)), day)
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as file:
        assert file.read("docProps/core.xml").count(b"2026-11-21T00:00:00Z") == 2
