"""Names of files that leave, in the reader's language, safe on every machine."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

MOST = 100
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*;%\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def file_name(title: str, day: str, extension: str) -> str:
    """Return ``title day.extension`` as a file may be called anywhere: no paths, no devices, not too long."""
    stem = _UNSAFE.sub(" ", unicodedata.normalize("NFC", title))
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:MOST].strip(" .")
    if not stem or _RESERVED.match(stem):
        stem = f"GBA {stem}".strip()
    return f"{stem} {day}.{extension}"


def disposition(name: str, plain: str, *, inline: bool = False) -> str:
    """Return the Content-Disposition of a file called *name*, *plain* for those who read ASCII alone (RFC 6266)."""
    kind = "inline" if inline else "attachment"
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "gba"
    return f"{kind}; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
