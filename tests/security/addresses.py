"""Every address of the running product, found from its own map: nobody has to remember to add one here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product as combined
from typing import IO
from urllib.parse import urlencode

from werkzeug.routing import Rule

from dashboards.api.endpoints import BASE
from dashboards.desk import Filters
from dashboards.exports.jobs import Job, Jobs
from dashboards.panel import Page, panels_of
from metrics.asof import now_as_of
from metrics.warehouse.briefings import BriefingBook
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.returns import ReturnBook
from tests.security.house import NOW, WORD, Product

# What stands in each blank of a rule. A rule with a blank that is not named here is in no class, and is told of.
PARTS = (
    "path panel_id item briefing_id source_id sha256 return_id job_id meeting_id action_id name fingerprint"
)
FILES = frozenset({
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "/_no-assets/<path:filename>",
})  # fmt: skip
"""Addresses of code alone: files of the packages, the same for everybody."""
FEW = 2
FORMS = ("csv", "json", "xlsx", "parquet", "svg", "pptx")


def job_of(product: Product, role: str, audience: str = "officials") -> Job:
    """Return a long export that is done, of somebody of *role* ("" a visitor), its file with a secret in it."""
    jobs: Jobs = product.server.extensions["jobs"].jobs
    job = Job(
        question=f"matrix {role}", name=f"{WORD['officials']}.zip", media_type="application/zip",
        owner=f"a-{role}" if role else "", audience=audience,
    )  # fmt: skip

    def work(out: IO[bytes], _step: object) -> None:
        out.write(f"{WORD['officials']} of {role}".encode())

    made = jobs.start(job, work)
    while not made.over:
        time.sleep(0.01)
        made = jobs.find(made.job_id) or made
    return made


@dataclass(frozen=True, kw_only=True)
class Address:
    """One address to ask with GET; *rule* is the line of the map that serves it."""

    rule: str
    url: str


class Unclassed(AssertionError):  # noqa: N818 - it is what a test says
    """A rule of the map is in no class."""


def rules(product: Product, method: str) -> list[Rule]:
    """Return the rules that take *method*."""
    return [rule for rule in product.server.url_map.iter_rules() if method in (rule.methods or ())]


def addresses(product: Product) -> list[Address]:
    """Return addresses of every rule that can be asked, as stewards know them."""
    values = Values(product)
    return [one for rule in rules(product, "GET") for one in _of(rule, values)]


def _of(rule: Rule, values: Values) -> Iterator[Address]:
    if rule.rule in FILES:
        return
    unknown = rule.arguments - set(PARTS.split())
    if unknown:
        raise Unclassed(f"{rule.rule}: nobody says what may stand for {', '.join(sorted(unknown))}")
    named = sorted(rule.arguments)
    choices = [values.of(name, rule.rule) for name in named]
    for chosen in combined(*choices):
        given = dict(zip(named, chosen, strict=True))
        path = rule.rule
        for name, text in given.items():
            path = path.replace(f"<path:{name}>", text.lstrip("/")).replace(f"<{name}>", text)
        for query in values.queries(rule.rule, given):
            yield Address(rule=rule.rule, url=path + (f"?{urlencode(query)}" if query else ""))


class Values:
    """Hold what may stand in the blanks of addresses: all there is, and of the many alike a few of each audience."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.desk = product.desks.of("admin")
        self.pages: Sequence[Page] = product.server.extensions["pages"]

    def of(self, name: str, rule: str) -> list[str]:
        """Return what may stand for *name* in *rule*."""
        if name == "item":
            return list("12345") if "work-items" in rule else self.few() if "indicators" in rule else ["x"]
        found = getattr(self, name)()
        return list(dict.fromkeys(found)) or ["nothing"]

    def few(self) -> list[str]:
        return self._few

    @cached_property
    def _few(self) -> list[str]:
        """Return some indicators of each audience, those with the most figures."""
        by: dict[str, list[str]] = {}
        counts = self.desk.metrics.figure_counts(now_as_of(NOW))
        for one in sorted(self.desk.catalogue, key=lambda one: -counts.get(one.id, 0)):
            by.setdefault(one.audience, []).append(one.id)
        return [name for names in by.values() for name in names[:FEW]]

    def path(self) -> list[str]:
        return ["nowhere/at/all", *self.paths()]

    def paths(self) -> list[str]:
        return self._paths

    @cached_property
    def _paths(self) -> list[str]:
        """Return the path of every page, with some of its items."""
        found = []
        for page in self.pages:
            stem, blank, _ = page.path.partition("<")
            items = self._items(page) if blank else [""]
            found += [stem + item for item in items]
        return found

    def _items(self, page: Page) -> list[str]:
        items = list(page.items(self.desk))
        few = [item for item in items if item in set(self.few())]
        own = [item for item in items if item.startswith("matrix_")]
        return few or [*items[:5], *own]

    @cached_property
    def panels(self) -> dict[str, tuple[str, bool]]:
        """Return of every panel that can be taken away a page it is on, and whether it draws a chart."""
        found: dict[str, tuple[str, bool]] = {}
        for page in self.pages:
            stem, blank, _ = page.path.partition("<")
            for item in self._items(page) if blank else [""]:
                for panel in panels_of(page, self.desk, Filters(item=item, as_of=now_as_of(NOW))):
                    if panel.speaks:
                        found.setdefault(panel.id, (stem + item, panel.figure is not None))
        return found

    def panel_id(self) -> list[str]:
        return list(self.panels)

    def briefing_id(self) -> list[str]:
        own = [one.briefing_id for one in BriefingBook(self.product.warehouse.engine).newest()]
        return [*own, *(f"matrix_{audience}" for audience in WORD), "egscc_2"]

    def source_id(self) -> list[str]:
        return list(self.product.desks.public.feeds.known)[:FEW]

    def sha256(self) -> list[str]:
        feeds = self.product.desks.public.feeds
        runs = [run for one in feeds.known for run in feeds.runs(one)[:FEW]]
        return [payload.sha256 for run in runs for payload in run.payloads][: 4 * FEW]

    def meeting_id(self) -> list[str]:
        kept = MeetingBook(self.product.warehouse.engine).words().meetings
        return [*dict.fromkeys(one.meeting_id for one in kept), "egscc_2"]

    def action_id(self) -> list[str]:
        return [f"a_egscc_2_{audience}" for audience in WORD]

    def return_id(self) -> list[str]:
        return [one.return_id for one in ReturnBook(self.product.warehouse.engine).listed(FEW)]

    def job_id(self) -> list[str]:
        """Return a long export of a steward and one of an administrator, made, and one that never was."""
        return [*self._jobs, "0" * 22]

    @cached_property
    def _jobs(self) -> list[str]:
        return [job_of(self.product, role).job_id for role in ("steward", "admin")]

    def name(self) -> list[str]:
        return ["cities"]

    def fingerprint(self) -> list[str]:
        return [self.desk.boundaries.fingerprint]

    def queries(self, rule: str, given: dict[str, str]) -> list[dict[str, str]]:
        """Return the query strings with which *rule* is asked."""
        if rule == "/_page":
            plain = [{"path": path} for path in self.paths()]
            few = [{"path": "/explore", "indicators": one} for one in self.few()]
            past = [{"path": path, "as_of": "2025-05-15"} for path in ("/", "/work-items/3")]
            return [*plain, *few, *past, {"path": "/connectivity", "lang": "zh-Hant"}]
        if rule == f"{BASE}/panels/<panel_id>":
            return [{"page": self.home(given), "format": self.form(given["panel_id"])}]
        if rule == f"{BASE}/observations":
            forms = ("csv", "json", "xlsx", "parquet")
            return [{"indicator": one, "format": form} for one in self.few() for form in forms] + [
                {"indicator": one, "vintages": "all"} for one in self.few()
            ]
        if rule.startswith("/embed/"):
            return [{"page": self.home(given)}]
        return [{}]

    def home(self, given: dict[str, str]) -> str:
        """Return the page of the panel that is asked for."""
        return self.panels[given["panel_id"]][0]

    def form(self, panel_id: str) -> str:
        """Return the form in which a panel is asked for: each panel in one, in turn."""
        draws = self.panels[panel_id][1]
        offered = [one for one in FORMS if self.desk.formats[one].fits(has_chart=draws)]
        return offered[list(self.panels).index(panel_id) % len(offered)]
