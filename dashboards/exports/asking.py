"""What a request asks to take away: which panel, of which page and state, in which form; every fault told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboards.asked import matched
from dashboards.desk import Desk, Fault, Filters, parse_filters
from dashboards.exports.formats import Format
from dashboards.i18n import DEFAULT_LANGUAGE
from dashboards.panel import Page, Panel, options_of, panels_of

STATE = ("lang", "as_of", "places", "from", "to", "per")
OWN = ("page", "format")
DEFAULT_FORMAT = "json"
Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A panel of a page in a state, to be written in a form with the form's own *options*."""

    page: Page
    panel: Panel
    filters: Filters
    form: Format
    options: tuple[tuple[str, str], ...] = ()


class RefusedError(Exception):
    """Says why there is nothing to hand out: *status* as HTTP has it, *faults* as (parameter, what was expected)."""

    def __init__(self, status: int, said: str, faults: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(said)
        self.status, self.said, self.faults = status, said, tuple(faults)


def wanted(
    panel_id: str,
    query: Query,
    *,
    desk: Desk,
    pages: Sequence[Page],
    formats: Mapping[str, Format],
) -> Wanted:
    """Return what is asked for; raise RefusedError: 404 for no such panel, 400 for values that cannot be used.

    *query* holds the state as a page's address has it, ``page`` (a path; where it is left out, the page that has
    the panel), ``format`` and the form's own options. The filters are bound to the stamp of now.
    """
    page, item = _page(panel_id, query, desk, pages)
    form = _form(query, formats)
    known = options_of(page, desk)
    filters = parse_filters(query, places=desk.atlas, options=known, item=item, clock=desk.clock())
    faults = [] if isinstance(filters, Filters) else [_told(fault, desk) for fault in filters]
    chosen, wrong = _options(query, form)
    faults += wrong + _unknown(query, {*STATE, *OWN, *known, *form.options})
    if faults or not isinstance(filters, Filters):
        raise RefusedError(400, "Some values of the address cannot be used.", faults)
    filters = replace(filters, as_of=replace(filters.as_of, stamp=desk.stamp()))
    panel = next((one for one in panels_of(page, desk, filters) if one.id == panel_id and one.speaks), None)
    if panel is None:
        raise RefusedError(404, "There is no such panel on this page.")
    if not form.fits(has_chart=panel.figure is not None):
        raise RefusedError(400, "This panel has no chart.", [("format", _listed(formats, chart=False))])
    return Wanted(page=page, panel=panel, filters=filters, form=form, options=chosen)


def _page(panel_id: str, query: Query, desk: Desk, pages: Sequence[Page]) -> tuple[Page, str]:
    given = _one(query, "page")
    if given:
        found = matched(pages, desk, given)
        if found is None:
            raise RefusedError(
                400, "There is no such page.", [("page", "a path of a page, such as /transport")]
            )
        return found
    homes = [page for page in pages if _holds(page, panel_id, desk)]
    if not homes:
        raise RefusedError(404, "There is no such panel.")
    if "<" in homes[0].path:
        example = homes[0].path.partition("<")[0] + homes[0].items(desk)[0]
        raise RefusedError(400, "Several pages have this panel.", [("page", f"which one, such as {example}")])
    return homes[0], ""


def _holds(page: Page, panel_id: str, desk: Desk) -> bool:
    items = page.items(desk) if "<" in page.path else ("",)
    if not items:
        return False
    filters = Filters(item=items[0])
    return any(one.id == panel_id and one.speaks for one in panels_of(page, desk, filters))


def _form(query: Query, formats: Mapping[str, Format]) -> Format:
    given = _one(query, "format") or DEFAULT_FORMAT
    if given not in formats:
        raise RefusedError(400, "There is no such format.", [("format", _listed(formats))])
    return formats[given]


def _listed(formats: Mapping[str, Format], *, chart: bool = True) -> str:
    return "one of " + ", ".join(name for name, form in formats.items() if form.fits(has_chart=chart))


def _options(query: Query, form: Format) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
    chosen, wrong = [], []
    for name, allowed in form.options.items():
        given = _one(query, name)
        if given and given not in allowed:
            wrong.append((name, f"one of {', '.join(allowed)}"))
        elif given:
            chosen.append((name, given))
    return tuple(chosen), wrong


def _unknown(query: Query, known: set[str]) -> list[tuple[str, str]]:
    """Return a fault for parameters there are not; their names, which may be anything, are not repeated."""
    return [("", f"only {', '.join(sorted(known))}")] if set(query) - known else []


def _one(query: Query, name: str) -> str:
    given = [text for text in query.get(name, ()) if text]
    if len(given) > 1:
        raise RefusedError(400, "A parameter is given more than once.", [(name, "one value")])
    return given[0] if given else ""


def _told(fault: Fault, desk: Desk) -> tuple[str, str]:
    said = desk.words[DEFAULT_LANGUAGE].t(fault.expected, name=fault.parameter)
    return fault.parameter, said.removeprefix(f"{fault.parameter}: ")
