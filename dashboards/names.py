"""The names that other rooms hold, under the keys by which pages look them up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dashboards.i18n import LANGUAGES, Names, Words, words
from dashboards.i18n_numbers import UnitForm


def names(atlas: Any, catalogue: Any, agenda: Any) -> Names:
    """Return every name of places, indicators, units, counting bases, organisations and the agenda by its key."""
    found: dict[str, Mapping[str, str]] = {}
    for place in atlas:
        found[f"place.{place.id}"] = place.names
    for one in catalogue:
        found[f"indicator.{one.id}"] = one.names
        found |= {f"definition.{one.id}": one.definition} if one.definition else {}
        found |= {f"comparability.{one.id}": one.comparability} if one.comparability else {}
    found |= {f"unit.{unit}": said for unit, said in catalogue.units.items()}
    found |= {f"basis.{basis}": said for basis, said in catalogue.bases.items()}
    found |= {f"organisation.{one.id}": one.names for one in catalogue.organisations.by_id.values()}
    return MappingProxyType(found | _agenda_names(agenda))


def _agenda_names(agenda: Any) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for number, item in agenda.work_items.items():
        found[f"work_item.{number}"] = item.title
        found[f"work_item.{number}.statement"] = item.statement
    found |= {f"initiative.{one.id}": one.names for one in agenda.initiatives}
    found |= {f"milestone.{one.id}": one.names for one in agenda.milestones.values()}
    found |= {f"meeting.{one.id}": one.names for one in agenda.meetings}
    found |= {f"reason.{key}": said for key, said in agenda.reasons.items()}
    return found


def unit_forms(catalogue: Any, lang: str) -> Mapping[str, UnitForm]:
    """Return how numbers of each unit are said in *lang*; a singular is English alone."""
    return MappingProxyType(
        {
            unit.id: UnitForm(
                pattern=unit.patterns[lang],
                factor=unit.factors[lang],
                singular=unit.singular if lang == "en" else "",
            )
            for unit in map(catalogue.unit, catalogue.units)
        }
    )


def desk_words(atlas: Any, catalogue: Any, agenda: Any, more: Names | None = None) -> Mapping[str, Words]:
    """Return the words of every language with all names in them; *more* adds those of the sources."""
    known = {**names(atlas, catalogue, agenda), **(more or {})}
    return MappingProxyType({lang: words(lang, known, unit_forms(catalogue, lang)) for lang in LANGUAGES})
