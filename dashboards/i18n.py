"""Words in the reader's language: one lookup over the locale files and the names that other rooms hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dashboards import i18n_dates, i18n_numbers
from dashboards.i18n_numbers import UnitForm

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
DEFAULT_LANGUAGE = "en"
HTML_LANG: Mapping[str, str] = MappingProxyType(
    {"en": "en-HK", "zh-Hant": "zh-Hant-HK", "zh-Hans": "zh-Hans-CN"}
)
LOCALES = Path(__file__).parent / "locales"

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one language: ``t(key)`` looks one up, the other methods write numbers and dates.

    *terms* maps dotted keys to text: the locale file, and names of places, indicators, work items ...
    """

    lang: str
    terms: Mapping[str, str]
    units: Mapping[str, UnitForm] = field(default_factory=dict)

    def t(self, key: str, /, **values: object) -> str:
        """Return the text of *key* with *values* filled in; raise KeyError when either is missing."""
        text = self.terms.get(key)
        if text is None:
            raise KeyError(
                f"no word for {key!r} in {self.lang}: add it to locales/{self.lang}.toml or to its names"
            )
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        """Say whether *key* has a text."""
        return key in self.terms

    @property
    def html_lang(self) -> str:
        """Return the value of the ``lang`` attribute."""
        return HTML_LANG[self.lang]

    def number(
        self, value: float | None, unit: str = "", qualifier: str = "exact", decimals: int | None = None
    ) -> str:
        """Write *value* with every digit, its *unit* (an id of the catalogue) and *qualifier*."""
        return i18n_numbers.number(self.t, value, qualifier, decimals, self._form(unit))

    def compact(
        self, value: float | None, unit: str = "", qualifier: str = "exact", decimals: int | None = None
    ) -> str:
        """Write *value* in headline form: four significant digits, in millions or their Chinese like."""
        return i18n_numbers.compact(self.t, value, qualifier, decimals, self._form(unit))

    def _form(self, unit: str) -> UnitForm:
        if not unit:
            return i18n_numbers.BARE
        if unit in self.units:
            return self.units[unit]
        return UnitForm(pattern=self.t("format.with_unit", n="{n}", unit=self.t(f"unit.{unit}")))

    def change(self, value: float, decimals: int | None = None) -> str:
        """Write a difference with its sign."""
        return i18n_numbers.change(value, decimals)

    def percent(self, value: float, decimals: int | None = None) -> str:
        """Write *value*, already in per cent, with its sign."""
        return self.t("format.percent", n=i18n_numbers.digits(value, decimals))

    def tiered(self, text: str, tier: str) -> str:
        """Write *text* with the tier of its source where that is not official, within a bracket that ends it."""
        if tier == "official":
            return text
        said = self.t(f"tier.{tier}")
        whole = self.t("ui.with_tier", name=text, tier=said)
        if not text.endswith(whole[-1]):
            return whole
        opening = self.t("ui.with_tier", name="", tier="").strip()[0]
        before, _, inside = text[:-1].rpartition(opening)
        if said.startswith(inside):
            return self.t("ui.with_tier", name=before.rstrip(), tier=said)
        return self.t("ui.within_tier", name=text[:-1], tier=said)

    def day(self, day: date, precision: str = "day", *, long: bool = False) -> str:
        """Write a date as precisely as it is known: day, month, year, or estimated ("about")."""
        return i18n_dates.day(self.t, day, precision, long=long)

    def period(self, start: date, end: date, span: str) -> str:
        """Write the period of a figure."""
        return i18n_dates.period(self.t, start, end, span)

    def instant(self, instant: datetime) -> str:
        """Write an aware instant as Hong Kong clock time."""
        return i18n_dates.instant(self.t, instant)

    def listing(self, items: Iterable[str]) -> str:
        """Join *items* as the language does."""
        return self.t("format.list_separator").join(items)


def flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Return the texts of nested TOML tables under dotted keys; raise TypeError for anything but text."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            flat[prefix + key] = value
        else:
            raise TypeError(f"{prefix}{key} should be text, found {type(value).__name__}: quote it")
    return flat


@lru_cache(maxsize=len(LANGUAGES))
def locale(lang: str) -> Mapping[str, str]:
    """Return the texts of ``locales/<lang>.toml`` under dotted keys."""
    if lang not in LANGUAGES:
        raise KeyError(f"no language {lang!r}: expected one of {', '.join(LANGUAGES)}")
    return MappingProxyType(flatten(tomllib.loads((LOCALES / f"{lang}.toml").read_text(encoding="utf-8"))))


def words(lang: str, names: Names | None = None, units: Mapping[str, UnitForm] | None = None) -> Words:
    """Return the Words of *lang*: its locale file, *names* (key -> text by language), *units* (id -> form)."""
    named = {key: texts[lang] for key, texts in (names or {}).items()}
    return Words(lang=lang, terms=MappingProxyType(named | dict(locale(lang))), units=units or {})


def all_words(names: Names | None = None) -> Mapping[str, Words]:
    """Return the Words of every language."""
    return MappingProxyType({lang: words(lang, names) for lang in LANGUAGES})
