"""What the command ``export`` does: find what is asked for, write it beside its place, and put it there when whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboards import pages as page_modules
from dashboards.desk import Desk, Filters, parse_filters
from dashboards.exports.asking import RefusedError, wanted
from dashboards.exports.data_package import write_package
from dashboards.exports.drawing import drawing, forms
from dashboards.exports.formats import Format, NotMadeError, gathered
from dashboards.exports.indicator import tell_indicator
from dashboards.exports.names import file_name
from dashboards.exports.telling import Telling, tell
from dashboards.panel import Page, discover, panels_of
from dashboards.routes import shapes_of
from metrics.queries import NotForViewer

CATALOGUE = "catalogue"
PACKAGE_FORMATS = ("zip", "csv")


class UsageError(ValueError):
    """Says what in the command cannot be used, and what could be."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command asks for: *query* is the state as an address has it."""

    what: str
    form: str
    out: Path
    query: Mapping[str, Sequence[str]]


def exported(asked: Asked, desks: Any, folder: Path, home: str) -> str:
    """Write the file that is *asked* for and return a line about it; *folder* is the product's own.

    *home* is what links in files begin with.

    Raises UsageError for what cannot be used, RuntimeError for what cannot be made.
    """
    desk: Desk = desks.public
    if asked.what == CATALOGUE:
        return _package(asked, desk, home)
    formats = gathered(forms(drawing(desk, folder / "images")))
    form = _form(asked, formats)
    telling = _telling(asked, desk, formats, form, home)
    if (reason := form.available()) is not None:
        raise RuntimeError(f"{telling.words.t(reason)} ({form.id})")
    place = placed(asked.out, file_name(telling.title, telling.as_of_day, form.extension))
    options = {name: asked.query[name][0] for name in form.options if name in asked.query}
    with _waiting(telling.title), written(place) as out:
        out.write(_made(form, telling, options))
    return f"{place}: {telling.title}, {len(telling.rows):,} lines, as known on {telling.as_of_day}"


def _made(form: Format, telling: Telling, options: Mapping[str, str]) -> bytes:
    try:
        return form.write(telling, **options)
    except NotMadeError as error:
        raise RuntimeError(error.said(telling.words)) from error


def _form(asked: Asked, formats: Mapping[str, Format]) -> Format:
    by_name = {form.extension: name for name, form in formats.items() if form.listed}
    name = asked.form or by_name.get(asked.out.suffix.lstrip(".").lower(), "")
    if name not in formats:
        known = ", ".join(name for name, form in formats.items() if form.listed)
        said = f"format {name!r}" if name else f"no --format, and {asked.out.name!r} names none"
        raise UsageError(f"{said}: expected one of {known}")
    return formats[name]


def _telling(asked: Asked, desk: Desk, formats: Mapping[str, Format], form: Format, home: str) -> Telling:
    pages = discover(page_modules)
    try:
        if desk.metrics.may_see(asked.what):
            filters = _filters(asked, desk, form)
            return tell_indicator(asked.what, desk, filters, shapes=shapes_of(desk), origin=home)
        query = {**asked.query, "format": [form.id]}
        found = wanted(asked.what, query, desk=desk, pages=pages, formats=formats)
        return tell(found.page, found.panel, desk, found.filters, shapes=shapes_of(desk), origin=home)
    except NotForViewer:
        raise UsageError(_unknown(asked.what, desk, pages)) from None
    except RefusedError as error:
        if error.status == 404:
            raise UsageError(_unknown(asked.what, desk, pages)) from None
        raise UsageError(_said(error)) from error
    except ValueError as error:
        raise UsageError(str(error)) from error


def _said(error: RefusedError) -> str:
    faults = [f"--{name}: {expected}" if name else f"expected {expected}" for name, expected in error.faults]
    return "; ".join([error.said.rstrip("."), *faults])


def _filters(asked: Asked, desk: Desk, form: Format | None = None) -> Filters:
    """Return the state that an indicator or the catalogue is asked for in."""
    known = {"lang", "as_of", "places", "from", "to", "per", *(form.options if form else ())}
    if left := sorted(set(asked.query) - known):
        raise UsageError(
            f"{', '.join(left)}: not known for {asked.what}; expected {', '.join(sorted(known))}"
        )
    found = parse_filters(asked.query, places=desk.atlas, item=asked.what, clock=desk.clock())
    if not isinstance(found, Filters):
        raise UsageError("; ".join(f"--{desk.words['en'].t(one.expected)}" for one in found))
    return replace(found, as_of=replace(found.as_of, stamp=desk.stamp()))


def _unknown(what: str, desk: Desk, pages: Sequence[Page]) -> str:
    panels = {panel.id for page in pages for panel in _panels(page, desk) if panel.speaks}
    indicators = {one.id for one in desk.catalogue if desk.metrics.may_see(one.id)}
    near = get_close_matches(what, sorted(panels | indicators | {CATALOGUE}), n=4)
    hint = f"near it: {', '.join(near)}" if near else f"expected {CATALOGUE}, an indicator id or a panel id"
    return f"there is no panel, indicator or catalogue called {what!r}; {hint}"


def _panels(page: Page, desk: Desk) -> Sequence[Any]:
    items = page.items(desk) if "<" in page.path else ("",)
    return panels_of(page, desk, Filters(item=items[0])) if items else ()


def _package(asked: Asked, desk: Desk, home: str) -> str:
    name = asked.form or asked.out.suffix.lstrip(".").lower() or PACKAGE_FORMATS[0]
    if name not in PACKAGE_FORMATS:
        raise UsageError(f"format {name!r}: the catalogue is a zip of CSV files; expected zip or csv")
    filters = replace(_filters(asked, desk), item="")
    words = desk.words[filters.lang]
    title = f"{words.t('ui.product_name')} {words.t('package.title')}"
    place = placed(asked.out, file_name(title, filters.as_of.day.isoformat(), "zip"))
    with bar() as step, written(place) as out:
        write_package(out, desk, filters, origin=home, step=step)
    return f"{place}: {title}, {place.stat().st_size:,} bytes, as known on {filters.as_of.day}"


def placed(out: Path, name: str) -> Path:
    """Return the file to be written; raise UsageError where there is no folder for it."""
    if out.is_dir():
        return out / name
    if not out.parent.is_dir():
        raise UsageError(f"--out {out}: there is no folder {out.parent}; make it first")
    return out


@contextmanager
def written(place: Path) -> Iterator[IO[bytes]]:
    """Open a file beside *place* that takes its place when all is written; if not, nothing is left."""
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def _waiting(title: str) -> Iterator[None]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(title):
        yield


@contextmanager
def bar() -> Iterator[Callable[[int, int, str], None]]:
    """Show how far it is, with what comes now."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def step(done: int, of: int, what: str) -> None:
            progress.update(task, completed=done, total=of, description=what[:40])

        yield step
