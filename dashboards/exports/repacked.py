"""An Office file packed again without a trace of when: the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO

_FIXED = (1980, 1, 1, 0, 0, 0)
_STAMPED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def repacked(file: bytes, made_at: datetime) -> bytes:
    """Return *file* (OOXML) with fixed times in its folder, and *made_at* in it and in the workbooks inside it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in held.namelist():
            content = held.read(name)
            if name.endswith(".xlsx"):
                content = repacked(content, made_at)
            elif name == "docProps/core.xml":
                stamp = made_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = _STAMPED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return out.getvalue()
