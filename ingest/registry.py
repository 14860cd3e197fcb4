"""Find the sources, and say every disagreement between them, the catalogue and the atlas."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Collection, Container, Iterator, Mapping
from types import MappingProxyType, ModuleType

import ingest.sources
from geo.places import LANGUAGES
from ingest.addresses import check_url
from ingest.contract import contract_faults
from ingest.corrections import corrections, strangers
from ingest.errors import UnsafeError
from ingest.source import Request, Source
from metrics.warehouse.values import TIERS

_FIELD = re.compile(r"\*(/\d+)?|\d+(-\d+)?(/\d+)?(,\d+(-\d+)?(/\d+)?)*")
_WEEKDAY = re.compile(r"\*|(mon|tue|wed|thu|fri|sat|sun)([-,](mon|tue|wed|thu|fri|sat|sun))*")
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12))


class SourceFaults(ValueError):  # noqa: N818  it lists faults
    """All faults of the sources, one a line."""


def sources(package: ModuleType = ingest.sources) -> Mapping[str, Source]:
    """Return every source of *package* by id, in order of id; raises SourceFaults that names every fault."""
    found: dict[str, Source] = {}
    faults: list[str] = []
    for module in pkgutil.iter_modules(package.__path__):
        where = f"sources/{module.name}.py"
        try:
            source = importlib.import_module(f"{package.__name__}.{module.name}").SOURCE
        except AttributeError:
            faults.append(f"{where}: expected a value SOURCE, found none")
            continue
        except Exception as error:  # one broken file must not hide the others' faults
            faults.append(f"{where}: cannot be read: {type(error).__name__}: {error}")
            continue
        if not isinstance(source, Source):
            faults.append(f"{where}: expected SOURCE to be a Source, found {type(source).__name__}")
        elif source.id != module.name:
            faults.append(f"{where}: expected the id {module.name!r}, found {source.id!r}")
        else:
            found[source.id] = source
    if faults:
        raise SourceFaults("\n".join(faults))
    return MappingProxyType(dict(sorted(found.items())))


def disagreements(
    known: Mapping[str, Source],
    *,
    indicators: Container[str],
    places: Container[str],
    organisations: Container[str],
) -> Iterator[str]:
    """Yield what sources and corrections say that sources, catalogue or atlas do not bear out, as ``file: what``."""
    yield from strangers(corrections(), known)
    for source in known.values():
        where = f"sources/{source.id}.py"
        yield from (f"{where}: {fault}" for fault in _own_faults(source))
        if source.publisher not in organisations:
            yield f"{where}: unknown publisher {source.publisher!r}"
        for indicator, at in source.feeds.items():
            if indicator not in indicators:
                yield f"{where}: feeds unknown indicator {indicator!r}"
            yield from (
                f"{where}: feeds {indicator} of unknown place {place!r}"
                for place in at
                if place not in places
            )


def _own_faults(source: Source) -> Iterator[str]:
    yield from schedule_faults(source.schedule)
    yield from contract_faults(source)
    yield from (f"expected a title in {lang}, found none" for lang in LANGUAGES if not source.title.get(lang))
    if source.tier not in TIERS:
        yield f"expected a tier of {', '.join(TIERS)}, found {source.tier!r}"
    if source.makes_good not in {"latest", "all"}:
        yield f"expected makes_good latest or all, found {source.makes_good!r}"
    if source.lag_days < 0 or source.fresh_within.total_seconds() <= 0:
        yield "expected a lag of at least 0 days and a time of being fresh"
    for indicator in set(source.cumulative) - set(source.feeds):
        yield f"says {indicator!r} is cumulative, but does not feed it"
    for request in source.requests:
        yield from _request_faults(request)


def _request_faults(request: Request) -> Iterator[str]:
    try:
        check_url(request.url.replace("{key}", "key"), plain_http=request.plain_http, shown=request.url)
    except UnsafeError as error:
        yield str(error)
    if request.method not in {"GET", "POST"}:
        yield f"{request.url}: expected GET or POST, found {request.method}"


def schedule_faults(schedule: str) -> Iterator[str]:
    """Yield what is wrong with a crontab line; weekdays are written by name, because numbers are read in two ways."""
    fields: Collection[str] = schedule.split()
    if len(fields) != 5:
        yield f"expected a schedule of five fields, found {schedule!r}"
        return
    *numbers, weekday = fields
    for field, (low, high) in zip(numbers, _RANGES, strict=True):
        values = [int(number) for number in re.findall(r"(?<!/)\b\d+", field)]
        if not _FIELD.fullmatch(field) or not all(low <= value <= high for value in values):
            yield f"expected numbers from {low} to {high}, found {field!r} in the schedule {schedule!r}"
    if not _WEEKDAY.fullmatch(weekday):
        yield f"expected weekdays by name (mon, tue, …), found {weekday!r} in the schedule {schedule!r}"
