"""Load the past versions of a source from the historical archive of DATA.GOV.HK, oldest first.

The archive lists the versions of an address between two days and gives each under the minute it took it, in Hong
Kong time. A version is read as if fetched then: what it says was known from then on, and what is newer stays.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from urllib.parse import quote

from rich.console import Console

from ingest.entry import Entry
from ingest.errors import FetchError, IngestError, ShapeError
from ingest.moments import moment
from ingest.periods import month_end
from ingest.pipeline import run
from ingest.reading import json_value, members
from ingest.report import COLUMNS, RunReport, progress, reported
from ingest.source import Payload, Request, Source
from ingest.tools import Tools
from metrics.warehouse.ledger import EFFECTS
from metrics.warehouse.values import HONG_KONG

ARCHIVE = "https://app.data.gov.hk/v1/historical-archive"
LICENCE = "data_gov_hk"
MOST = 10_000  # versions in one answer; what is beyond is left out of it
PAUSE = 1.0
_FORM = "%Y%m%d-%H%M"
_STAMP = re.compile(r"\d{8}-\d{4}")
_PATIENCE = 3


@dataclass(frozen=True, kw_only=True)
class Version:
    """What the archive took of *request* at the instant *at*."""

    at: datetime
    request: Request

    @property
    def address(self) -> Request:
        """Return what to ask the archive for."""
        stamp = self.at.astimezone(HONG_KONG).strftime(_FORM)
        url = f"{ARCHIVE}/get-file?url={quote(self.request.url, safe='')}&time={stamp}"
        return Request(url=url, max_bytes=self.request.max_bytes)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The versions to load by instant, oldest first, those loaded before, and what could not be listed."""

    source: Source
    versions: Mapping[datetime, tuple[Version, ...]]
    done: tuple[datetime, ...] = ()
    faults: tuple[str, ...] = ()


def plan(
    source: Source, tools: Tools, first: date, last: date | None = None, *, pause: float = PAUSE
) -> Plan:
    """Ask the archive for the versions of *source* from *first* to *last* (yesterday), month by month.

    Raises IngestError for a source that the archive cannot have, and for days that it does not cover yet.
    """
    yesterday = tools.clock().astimezone(HONG_KONG).date() - timedelta(days=1)
    last = min(last or yesterday, yesterday)
    if first > last:
        raise IngestError(
            f"expected days up to {yesterday}, found {first} to {last}; the archive ends yesterday"
        )
    found: dict[datetime, list[Version]] = defaultdict(list)
    faults: dict[str, None] = {}
    for request in _archived(source):
        for start, end in _months(first, last):
            tools.step(f"{source.id} {start:%Y-%m}", "fetch")
            try:
                for at in _listed(request, start, end, tools, pause):
                    found[at].append(Version(at=at, request=request))
            except IngestError as error:
                faults[str(error)] = None
    if not found:
        why = f"; {len(faults)} lists of versions did not come: {next(iter(faults))}" if faults else ""
        raise IngestError(
            f"{source.id}: the archive of DATA.GOV.HK has no version from {first} to {last}{why}"
        )
    loaded = _loaded(source, tools)
    return Plan(
        source=source,
        versions={at: tuple(found[at]) for at in sorted(found) if at not in loaded},
        done=tuple(sorted(at for at in found if at in loaded)),
        faults=tuple(faults),
    )


def load_versions(planned: Plan, tools: Tools, *, pause: float = PAUSE) -> list[RunReport]:
    """Load the versions of a plan, each as a run of its own, and return one report a month.

    When the archive stays away this ends early; another call goes on with what is not loaded yet.
    """
    source, away = planned.source, 0
    reports: list[tuple[datetime, RunReport]] = [
        (at, RunReport(source_id=source.id, status="unchanged", message="loaded before"))
        for at in planned.done
    ]
    for at, versions in planned.versions.items():
        bringer = _Bringer(versions, pause)
        named = replace(tools, step=lambda _id, stage, at=at: tools.step(f"{source.id} {at:{_FORM}}", stage))
        report = run(source, named, trigger="backfill", logical_time=at, bring=bringer)
        reports.append((at, report))
        away = away + 1 if bringer.failed else 0
        if away >= _PATIENCE:
            break
    return [*_by_month(source, reports), *_unlisted(planned)]


def _unlisted(planned: Plan) -> list[RunReport]:
    if not planned.faults:
        return []
    said = f"{len(planned.faults)} lists of versions did not come; the first: {planned.faults[0]}"
    return [RunReport(source_id=planned.source.id, status="failed", failed=1, message=said)]


def backfill(
    source: Source, tools: Tools, first: date, last: date | None = None, *, pause: float = PAUSE
) -> list[RunReport]:
    """Plan and load the versions of *source* from *first* to *last*; what cannot be done is a failed report."""
    try:
        planned = plan(source, tools, first, last, pause=pause)
    except IngestError as error:
        return [_refused(source, error)]
    return load_versions(planned, tools, pause=pause)


def reported_backfill(
    source: Source, tools: Tools, first: date, last: date | None = None
) -> Sequence[RunReport]:
    """Do what ``backfill`` does with a progress bar, and print the summary."""
    try:
        with progress(max(1, len(list(_months(first, last or first)))), Console()) as step:
            planned = plan(source, replace(tools, step=step), first, last)
    except IngestError as error:
        return reported(1, lambda _step, error=error: [_refused(source, error)])
    return reported(
        max(1, len(planned.versions)), lambda step: load_versions(planned, replace(tools, step=step))
    )


def _refused(source: Source, error: IngestError) -> RunReport:
    return RunReport(source_id=source.id, status="failed", failed=1, message=str(error))


class _Bringer:
    """Holds the versions of one instant; brings all of them or fails, and then says whether the archive was away."""

    def __init__(self, versions: Sequence[Version], pause: float) -> None:
        self._versions = versions
        self._pause = pause
        self.failed = False

    def __call__(self, entry: Entry) -> list[Payload]:
        entry.reach("fetch")
        try:
            return [self._payload(version, entry.tools) for version in self._versions]
        except FetchError as error:
            self.failed = error.transient
            raise

    def _payload(self, version: Version, tools: Tools) -> Payload:
        came = _asked(version.address, tools, self._pause)
        return replace(
            came, url=version.request.url, fetched_at=version.at, last_modified=version.at, etag=""
        )


def _archived(source: Source) -> list[Request]:
    """Return the requests that the archive can have; raises IngestError where there is none."""
    if source.licence != LICENCE:
        raise IngestError(
            f"{source.id}: not published on DATA.GOV.HK, so its archive has no past version; "
            "load tables of its past with load-figures"
        )
    plain = [one for one in source.requests if one.method == "GET" and "{key}" not in one.url]
    if not plain:
        raise IngestError(
            f"{source.id}: asked for by form or key, which the archive of DATA.GOV.HK does not keep"
        )
    return plain


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        end = min(month_end(first), last)
        yield first, end
        first = end + timedelta(days=1)


def _listed(request: Request, first: date, last: date, tools: Tools, pause: float) -> list[datetime]:
    """Return when the archive took *request*; a period with more than one answer can hold is asked in halves."""
    days = f"start={first:%Y%m%d}&end={last:%Y%m%d}"
    url = f"{ARCHIVE}/list-file-versions?url={quote(request.url, safe='')}&{days}"
    told = members(json_value(_asked(Request(url=url), tools, pause)), {"timestamps": list})
    stamps = told["timestamps"]
    if len(stamps) >= MOST and first < last:
        middle = first + (last - first) // 2
        halves = ((first, middle), (middle + timedelta(days=1), last))
        return [at for start, end in halves for at in _listed(request, start, end, tools, pause)]
    return [_instant(stamp) for stamp in stamps]


def _instant(stamp: object) -> datetime:
    if not isinstance(stamp, str) or not _STAMP.fullmatch(stamp):
        raise ShapeError(f"timestamps: expected a time such as 20250515-0830, found {stamp!r}")
    return moment(stamp, _FORM).astimezone(UTC)


def _asked(request: Request, tools: Tools, pause: float) -> Payload:
    if tools.fetch.mirror is None:
        time.sleep(pause)
    came = tools.fetch(request)
    if came is None:
        raise FetchError(f"{request.url}: expected an answer, found none")
    return came


def _loaded(source: Source, tools: Tools) -> set[datetime]:
    runs = tools.warehouse.runs(source.id, limit=1_000_000, triggers=("backfill",))
    return {datetime.fromisoformat(one.logical_time) for one in runs if one.status in EFFECTS}


def _by_month(source: Source, reports: Sequence[tuple[datetime, RunReport]]) -> list[RunReport]:
    """Return one report a month: sums, and what failed in words."""

    def month(one: tuple[datetime, RunReport]) -> str:
        return one[0].astimezone(HONG_KONG).strftime("%Y-%m")

    return [
        _summed(f"{source.id} {name}", [report for _, report in some])
        for name, some in groupby(sorted(reports, key=lambda one: one[0]), month)
    ]


def _summed(name: str, reports: Sequence[RunReport]) -> RunReport:
    counts = {column: sum(getattr(report, column) for report in reports) for column in COLUMNS}
    bad = [report for report in reports if report.status not in EFFECTS]
    before = sum(report.message == "loaded before" for report in reports)
    said = [f"{len(reports)} versions", *([f"{before} loaded before"] if before else [])]
    said += dict.fromkeys(
        report.message for report in reports if report.status not in {"loaded", "unchanged"}
    )
    good = "loaded" if counts["new"] else "unchanged"
    mixed = any(report.status == "partial" for report in reports) or (bad and len(bad) < len(reports))
    status = "partial" if mixed else "failed" if bad else good
    return RunReport(source_id=name, status=status, message="; ".join(said), **counts)
