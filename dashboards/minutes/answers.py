"""What somebody typed into a form: read field by field, each fault kept beside its field as a term key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from dashboards.i18n import LANGUAGES

MOST_TEXT = 600
MOST_NAME = 160
MOST_URL = 500
EARLIEST = date(2015, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a field cannot be taken: a term key and what to fill into it."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(kw_only=True)
class Answers:
    """Holds what was typed and the faults found so far, by the name of the field."""

    typed: Mapping[str, str]
    faults: dict[str, Fault] = field(default_factory=dict)

    def wrong(self, name: str, key: str, **values: object) -> None:
        """Keep the first fault of a field."""
        self.faults.setdefault(name, Fault(key=key, values=values))

    def text(self, name: str, *, needed: bool = False, most: int = MOST_TEXT) -> str:
        """Return one line of text without what could disturb a page."""
        text = plain(self.typed.get(name, ""))
        if needed and not text:
            self.wrong(name, "minutes.fault_needed")
        if len(text) > most:
            self.wrong(name, "minutes.fault_long", n=most)
        return text[:most]

    def texts(self, name: str, *, needed: bool = True, most: int = MOST_TEXT) -> dict[str, str]:
        """Return a text by language, of which one is enough; the fields are called ``<name>_<language>``."""
        found = {lang: self.text(f"{name}_{lang}", most=most) for lang in LANGUAGES}
        found = {lang: text for lang, text in found.items() if text}
        if needed and not found:
            self.wrong(f"{name}_{LANGUAGES[0]}", "minutes.fault_one_language")
        return found

    def choice(self, name: str, known: Collection[str], otherwise: str = "") -> str:
        """Return one of *known*; a form of ours sends no other."""
        text = self.typed.get(name, otherwise)
        if text not in known:
            self.wrong(name, "minutes.fault_choice")
            return otherwise
        return text

    def day(
        self, name: str, *, least: date = EARLIEST, most: date = date(2100, 1, 1), needed: bool = True
    ) -> date | None:
        """Return a day from *least* to *most*, None where it was left empty and may be."""
        text = self.typed.get(name, "").strip()
        if not text:
            if needed:
                self.wrong(name, "minutes.fault_needed")
            return None
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            self.wrong(name, "minutes.fault_date")
        elif not least <= day <= most:
            self.wrong(name, "minutes.fault_between", least=least, most=most)
        return day

    def url(self, name: str) -> str:
        """Return a web address, or "" where it was left empty."""
        text = self.typed.get(name, "").strip()
        if text and not _is_address(text):
            self.wrong(name, "minutes.fault_url")
            return ""
        return text


def plain(text: str) -> str:
    """Return *text* on one line, without control characters and in one form of each letter."""
    kept = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def _is_address(text: str) -> bool:
    if len(text) > MOST_URL or not text.isprintable() or any(c.isspace() for c in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname)
