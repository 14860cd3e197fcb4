"""What an address of the API may be asked with: each parameter reads its own text and describes itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboards.desk import Desk, Fault, Filters, parse_filters
from dashboards.exports.asking import Query, RefusedError
from dashboards.i18n import DEFAULT_LANGUAGE, LANGUAGES

MOST, USUAL = 10_000, 1_000
_CURSOR = re.compile(r"[0-9]{1,18}\.[0-9]{1,9}", re.ASCII)
Reader = Callable[[str, Desk], Any]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter: *schema* says what it may be, *expected* the same in words, *reader* raises ValueError.

    Those of the pages' own state have no reader: they are read as the pages read theirs.
    """

    name: str
    says: str
    schema: Mapping[str, Any]
    expected: str
    reader: Reader | None = None
    required: bool = False
    default: Any = None
    example: Any = None


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call as it was read: the *desk* of who calls, the *filters*, the other *values* by name, the *item*."""

    desk: Desk
    filters: Filters
    values: Mapping[str, Any] = field(default_factory=dict)
    item: str = ""
    origin: str = ""


def _one_of(*allowed: str) -> Reader:
    def read(text: str, _desk: Desk) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _limit(text: str, _desk: Desk) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not 1 <= int(text) <= MOST:
        raise ValueError(text)
    return int(text)


def _cursor(text: str, desk: Desk) -> tuple[int, int]:
    if not _CURSOR.fullmatch(text):
        raise ValueError(text)
    stamp, offset = map(int, text.split("."))
    if stamp > desk.stamp():
        raise ValueError(text)
    return stamp, offset


def _indicator(text: str, desk: Desk) -> str:
    if not desk.metrics.may_see(text):
        raise ValueError(text)
    return text


_DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
LANG = Parameter(
    name="lang", says="Language of names, labels and written figures", default=DEFAULT_LANGUAGE,
    schema={"type": "string", "enum": list(LANGUAGES)}, expected=f"one of {', '.join(LANGUAGES)}",
)  # fmt: skip
AS_OF = Parameter(
    name="as_of",
    says="As known at the end of this day in Hong Kong, or at this instant; now when left out",
    schema={"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T[0-9:.]{5,15}(Z|[+-]\d{2}:?\d{2})?)?$"},
    expected="a day such as 2025-05-15, or an ISO instant",
    example="2025-05-15",
)
PLACES = Parameter(
    name="places",
    says="Ids of places, separated by commas",
    schema={"type": "string", "pattern": r"^[a-z0-9_]+(,[a-z0-9_]+)*$"},
    expected="ids of places, separated by commas",
    example="hong_kong,shenzhen",
)
_A_DATE = "a date such as 2025, 2025-01 or 2025-01-31"
FROM = Parameter(name="from", says="First period to end on or after", schema=_DATE, expected=_A_DATE)
TO = Parameter(name="to", says="Last period to end on or before", schema=_DATE, expected=_A_DATE)
INDICATOR = Parameter(
    name="indicator", says="Id of an indicator", required=True, reader=_indicator, example="fiveg_base_stations",
    schema={"type": "string", "pattern": "^[a-z0-9_]+$", "maxLength": 80},
    expected="the id of an indicator, see /api/v1/indicators",
)  # fmt: skip
VINTAGES = Parameter(
    name="vintages", says="All words ever said of each period instead of the last one known then",
    schema={"type": "string", "enum": ["all"]}, expected="all", reader=_one_of("all"), default="",
)  # fmt: skip
LIMIT = Parameter(
    name="limit", says="How many figures at most", schema={"type": "integer", "minimum": 1, "maximum": MOST},
    expected=f"a number from 1 to {MOST}", reader=_limit, default=USUAL,
)  # fmt: skip
CURSOR = Parameter(
    name="cursor", says="Where to go on: the cursor of the answer before", reader=_cursor,
    schema={"type": "string", "pattern": r"^[0-9]{1,18}\.[0-9]{1,9}$"}, expected="the next_cursor of an earlier answer",
)  # fmt: skip
FORMAT = Parameter(
    name="format", says="Form of the answer", default="json", reader=_one_of("json", "csv", "xlsx", "parquet"),
    schema={"type": "string", "enum": ["json", "csv", "xlsx", "parquet"]}, expected="one of json, csv, xlsx, parquet",
)  # fmt: skip


def read(
    parameters: Sequence[Parameter], query: Query, desk: Desk, *, item: str = "", origin: str = ""
) -> Call:
    """Return the call that *query* makes; raise RefusedError (400) with every fault of it at once.

    The filters are bound to the stamp of now, or to that of the cursor: the pages of one answer are of one stamp.
    """
    known = {one.name: one for one in parameters}
    faults = [("", f"only {', '.join(sorted(known))}")] if set(query) - set(known) else []
    texts: dict[str, str] = {}
    for name in known:
        given = [text for text in query.get(name, ()) if text]
        if len(given) > 1:
            faults.append((name, "one value"))
        elif given:
            texts[name] = given[0]
    values, wrong = _own_values(parameters, texts, desk)
    filters, also = _filters(known, texts, desk)
    if faults or wrong or also:
        raise RefusedError(400, "Some values of the address cannot be used.", [*faults, *wrong, *also])
    cursor = values.get("cursor")
    stamp = cursor[0] if cursor else desk.stamp()
    filters = replace(filters, as_of=replace(filters.as_of, stamp=stamp))
    return Call(desk=desk, filters=filters, values=values, item=item, origin=origin)


def _own_values(
    parameters: Sequence[Parameter], texts: Mapping[str, str], desk: Desk
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    values: dict[str, Any] = {}
    faults = []
    for one in parameters:
        if one.reader is None:
            continue
        values[one.name] = one.default
        if one.name in texts:
            try:
                values[one.name] = one.reader(texts[one.name], desk)
            except ValueError:
                faults.append((one.name, one.expected))
        elif one.required:
            faults.append((one.name, one.expected))
    return values, faults


def _filters(
    known: Mapping[str, Parameter], texts: Mapping[str, str], desk: Desk
) -> tuple[Filters, list[tuple[str, str]]]:
    own = {name: [texts[name]] for name, one in known.items() if one.reader is None and name in texts}
    found = parse_filters(own, places=desk.atlas, clock=desk.clock())
    if isinstance(found, Filters):
        return found, []
    return Filters(), [_told(fault, known) for fault in found]


def _told(fault: Fault, known: Mapping[str, Parameter]) -> tuple[str, str]:
    if fault.expected == "fault.order":
        return fault.parameter, "a date not before that of from"
    return fault.parameter, known[fault.parameter].expected
