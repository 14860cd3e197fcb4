"""The facts of the house for programs: indicators, places, with their names in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.api.parameters import Call
from dashboards.exports.asking import RefusedError
from dashboards.i18n import LANGUAGES


def indicators(call: Call) -> dict[str, Any]:
    """Return every indicator the caller may see, with how many figures there are of it then."""
    counts = call.desk.metrics.figure_counts(call.filters.as_of)
    seen = [one for one in call.desk.catalogue if call.desk.metrics.may_see(one.id)]
    return {
        "as_of": call.filters.as_of.instant.isoformat(),
        "data": [indicator_of(one, call) | {"figures": int(counts.get(one.id, 0))} for one in seen],
    }


def indicator(call: Call) -> dict[str, Any]:
    """Return one indicator; raise RefusedError (404) for one there is not, or not for the caller."""
    if not call.desk.metrics.may_see(call.item):
        raise RefusedError(404, "There is no such indicator.")
    one = call.desk.catalogue.get(call.item)
    counts = call.desk.metrics.figure_counts(call.filters.as_of)
    return indicator_of(one, call) | {
        "figures": int(counts.get(one.id, 0)),
        "as_of": call.filters.as_of.instant.isoformat(),
        "observations": f"{call.origin}/api/v1/observations?indicator={one.id}",
    }


def indicator_of(one: Any, call: Call) -> dict[str, Any]:
    """Return an indicator as the catalogue has it."""
    derive = one.derive
    if derive is not None and not all(map(call.desk.metrics.may_see, (derive.of, derive.per))):
        derive = None  # what is for others is not named either
    return {
        "id": one.id,
        "name": _terms(f"indicator.{one.id}", call),
        "definition": _terms(f"definition.{one.id}", call) or None,
        "work_item": one.work_item,
        "unit": one.unit,
        "unit_name": _terms(f"unit.{one.unit}", call) or None,
        "frequency": one.frequency,
        "direction": one.direction,
        "owner": one.owner or None,
        "reviewed": one.reviewed.isoformat() if one.reviewed else None,
        "next_review": one.next_review.isoformat() if one.next_review else None,
        "audience": one.audience,
        "derived_from": None
        if derive is None
        else {"of": derive.of, "per": derive.per, "times": derive.times},
        "page": f"{call.origin}/indicators/{one.id}",
    }


def _terms(key: str, call: Call) -> dict[str, str]:
    found = {lang: call.desk.words[lang] for lang in LANGUAGES}
    return {lang: words.t(key) for lang, words in found.items() if words.has(key)}


def places(call: Call) -> dict[str, Any]:
    """Return every place: cities in their official order, then crossings, districts, province and region."""
    return {"data": list(_places(call))}


def _places(call: Call) -> Iterator[dict[str, Any]]:
    atlas = call.desk.atlas
    for place in (*atlas.cities, *atlas.crossings, *atlas.districts, *atlas.regions):
        told = {"id": place.id, "kind": place.kind, "name": dict(place.names)}
        for name in ("code", "adcode", "side", "city_id", "mode", "opened"):
            value = getattr(place, name, None)
            if value:
                told[name] = str(value)
        if getattr(place, "seat", None):
            told["lon"], told["lat"] = place.seat
        elif getattr(place, "lon", None) is not None:
            told["lon"], told["lat"] = place.lon, place.lat
        yield told
