"""The catalogue as linked data: DCAT 3 in JSON-LD at ``/catalog.jsonld``, one data set an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.desk import Desk
from dashboards.i18n import HTML_LANG, LANGUAGES
from metrics.asof import now_as_of

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = {
    "csv": "https://www.iana.org/assignments/media-types/text/csv",
    "json": "https://www.iana.org/assignments/media-types/application/json",
    "xlsx": "https://www.iana.org/assignments/media-types/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "https://www.iana.org/assignments/media-types/application/vnd.apache.parquet",
}
PERIODS = {
    "daily": "http://publications.europa.eu/resource/authority/frequency/DAILY",
    "monthly": "http://publications.europa.eu/resource/authority/frequency/MONTHLY",
    "quarterly": "http://publications.europa.eu/resource/authority/frequency/QUARTERLY",
    "half_yearly": "http://publications.europa.eu/resource/authority/frequency/ANNUAL_2",
    "yearly": "http://publications.europa.eu/resource/authority/frequency/ANNUAL",
    "live": "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT",
    "irregular": "http://publications.europa.eu/resource/authority/frequency/IRREG",
}


def catalogue(desk: Desk, origin: str) -> dict[str, Any]:
    """Return the catalogue of what this viewer may see: indicators with figures, each in every form the API has."""
    counts = desk.metrics.figure_counts(now_as_of(desk.clock()))
    seen = [one for one in desk.catalogue if desk.metrics.may_see(one.id) and counts.get(one.id)]
    return {
        "@context": CONTEXT,
        "@id": f"{origin}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _texts("ui.product_name", desk),
        "dct:description": _texts("ui.tagline", desk),
        "dct:language": list(HTML_LANG.values()),
        "foaf:homepage": {"@id": f"{origin}/"},
        "dcat:service": {
            "@type": "dcat:DataService",
            "dct:title": "GBA Monitor API",
            "dcat:endpointURL": {"@id": f"{origin}/api/v1"},
            "dcat:endpointDescription": {"@id": f"{origin}/api/v1/openapi.json"},
        },
        "dcat:dataset": list(_datasets(seen, desk, origin)),
    }


def _datasets(seen: list[Any], desk: Desk, origin: str) -> Iterator[dict[str, Any]]:
    for one in seen:
        told = {
            "@id": f"{origin}/indicators/{one.id}",
            "@type": "dcat:Dataset",
            "dct:identifier": one.id,
            "dct:title": _texts(f"indicator.{one.id}", desk),
            "dcat:theme": {"@id": f"{origin}/work-items/{one.work_item}"},
            "dct:accrualPeriodicity": {"@id": PERIODS[one.frequency]},
            "dcat:landingPage": {"@id": f"{origin}/indicators/{one.id}"},
            "dcat:distribution": [_distribution(one.id, form, origin) for form in MEDIA],
        }
        if definition := _texts(f"definition.{one.id}", desk):
            told["dct:description"] = definition
        yield told


def _distribution(indicator: str, form: str, origin: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": f"{origin}/api/v1/observations?indicator={indicator}&format={form}"},
        "dcat:mediaType": {"@id": MEDIA[form]},
    }


def _texts(key: str, desk: Desk) -> list[dict[str, str]]:
    words = {lang: desk.words[lang] for lang in LANGUAGES}
    return [
        {"@value": one.t(key), "@language": HTML_LANG[lang]} for lang, one in words.items() if one.has(key)
    ]
