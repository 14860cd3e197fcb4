"""Lines of the log that can be told in any language: a key, what it is said with, and the words as logged.

Pages look ``run.<key>`` up in the reader's language. A line is a text, so that whoever only logs may ignore the
rest. What an error says is taken from its kind and from the form in which all of this room's errors are written:
what was expected, what was found. Runs of before lines were kept are recognised by the same form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.errors import IngestError, ShapeError

DETAIL = "said"
SHOWN = 160
_WHERE = re.compile(r"^(?:row (?P<row>\d+): )?(?P<rest>.*)$", re.DOTALL)
_HOST = re.compile(r"https?://([^/\s:?#]+)")
_STATUS = re.compile(r"\bHTTP (\d{3})\b")
_FOUND = re.compile(r"expected (?P<expected>.+?), found (?P<found>.+)$", re.DOTALL)
_QUOTED = re.compile(r"^(?:the bytes )?(?P<mark>['\"])(?P<text>.*?)(?P=mark)", re.DOTALL)
_NOBODY = "no scheduler was there"
_WEB_PAGE = "found a web page"
_COLUMN = re.compile(r"^(?P<where>[^:]{1,80}(?:: [^:]{1,80})?): expected ")


class Line(str):
    """A line as logged, with its *key* and what it is said with (*args*)."""

    __slots__ = ("args", "key")
    key: str
    args: Mapping[str, Any]

    def __new__(cls, logged: str, key: str, **args: Any) -> Line:
        """Return *logged* as a line that is told by *key* and *args*."""
        line = super().__new__(cls, " ".join(logged.split()))
        line.key, line.args = key, args
        return line


def kept(lines: Sequence[str]) -> dict[str, Any]:
    """Return *lines* as plain values, to be kept with the run."""
    told = [{"key": line.key, "args": dict(line.args)} for line in lines if isinstance(line, Line)]
    return {DETAIL: told} if told else {}


def line_of(error: Exception, stage: str = "") -> Line:
    """Return what went wrong as a line; of a fault that is not one of this room's kinds, its kind and *stage*."""
    words = str(error)
    if not isinstance(error, IngestError):
        kind = type(error).__name__
        return Line(f"{kind}: {words}", "bug", stage=stage, kind=kind)
    if isinstance(error, ShapeError) and _WEB_PAGE not in words:
        return Line(words, error.key, **_shape(words, error.raw))
    return _known(words) or Line(words, error.key, **_fetched(words))


def _fetched(text: str) -> dict[str, Any]:
    host, status = _HOST.search(text), _STATUS.search(text)
    return ({"host": host[1]} if host else {}) | ({"status": int(status[1])} if status else {})


def _shape(text: str, raw: str = "") -> dict[str, Any]:
    """Return where a payload has not its form, what was expected there, by a key of its own, and what stood there."""
    told = _WHERE.match(text)
    row, rest = (told["row"], told["rest"]) if told else (None, text)
    args: dict[str, Any] = {"row": int(row)} if row else {}
    if column := _COLUMN.match(rest):
        args["where"] = column["where"]
    found = _FOUND.search(rest)
    if found:
        args |= _expected(found["expected"])
        quoted = _QUOTED.match(found["found"])
        # What is not quoted is said in the log's own language, and says nothing to a reader of another.
        args |= {"found": quoted["text"][:SHOWN]} if quoted else {}
    if "found" not in args and raw:
        args["found"] = raw[:SHOWN]
    return args


_WANTED: Sequence[tuple[str, str]] = (
    ("count", r"a whole number\b.*"),
    ("number", r"a number\b.*"),
    ("day", r"a (?:day|time) in the form (?P<form>\S+)"),
    ("one_of", r"one of (?P<names>.+)"),
    ("columns", r"(?:one table with )?the columns (?P<names>.+)"),
    ("format", r"(?P<name>JSON|plain XML|XML|a spreadsheet \(xlsx\)|separated values|a table)"),
    ("rows", r"at least (?P<n>\d+) (?:rows?|entries|items?)"),
    ("whole", r"a (?:line end after the last row|whole last row)"),
    ("text", r"text"),
)


def _expected(text: str) -> dict[str, Any]:
    for name, form in _WANTED:
        if found := re.fullmatch(form, text, re.DOTALL):
            given = {key: value[:SHOWN] for key, value in found.groupdict().items()}
            return {"expected": name} | ({"expected_args": given} if given else {})
    return {}


# The forms of what this room says, the narrower first; runs of before lines were kept are told by them alone.
_FORMS: Sequence[tuple[str, str]] = (
    ("web_page", r".*found a web page.*"),
    ("no_file", r".*unreachable: .* has no file .*"),
    ("unreachable", r".*(?:unreachable|no such host).*"),
    ("no_key", r".*needs a key; set (?:the source's )?(?P<setting>GBA_KEY_\w*).*"),
    ("stalled", r".*(?:no answer in time|was not resolved within).*"),
    ("cut_short", r".*(?:the answer broke off|compressed answer).*"),
    ("rests", r".*not asked, it is given a rest.*"),
    ("http", r".*expected the file, found HTTP \d{3}.*"),
    ("unsafe", r".*is not a public address.*"),
    ("too_large", r".*expected at most (?P<n>\d+) bytes.*"),
    (
        "ends_early",
        r"expected a file that reaches (?P<before>\S+) as before, found one that ends on (?P<day>[^:]+):.*",
    ),
    ("shorter", r"expected at least the (?P<before>\d+) figures of before, found (?P<n>\d+):.*"),
    (
        "unit",
        r"(?P<indicator>\w+): expected the unit (?P<expected>.+), found '(?P<found>.*)'; nothing was loaded",
    ),
    ("stranger", r"\w+: expected an indicator that it feeds, found '(?P<indicator>.*)'"),
    ("same_bytes", r"unchanged: these bytes were loaded before"),
    ("not_modified", r"unchanged: the publisher says that nothing is new"),
    ("missed_until", r"no scheduler was there.*nor was one until (?P<until>.+) UTC"),
    ("missed", r"no scheduler was there.*"),
    ("given_up", r"given up: (?P<n>\d+) times .*"),
    ("recovered", r"its process ended in the stage (?P<stage>\w+).*"),
    (
        "gone",
        r"(?P<n>\d+) no longer in the file, the first (?P<indicator>\S+) (?P<place>\S+) (?P<day>\S+):.*",
    ),
    ("held", r"(?P<n>\d+) held back \((?P<rule>[\w ]+)\): .*"),
    ("doubtful", r"(?P<n>\d+) doubtful \((?P<rule>[\w ]+)\): .*"),
    ("columns", r"columns let be: (?P<names>.*)"),
)
_NUMBERS = frozenset({"n", "before"})


def recognised(logged: str) -> list[Line]:
    """Return the lines of a message of before lines were kept; one that is not recognised has the key "logged"."""
    if whole := _known(logged) if _NOBODY in logged else None:
        return [whole]
    lines: list[Line] = []
    held: list[str] = []
    for part in logged.split("; "):
        held.append(part)  # a line may hold what stands between lines
        if line := _told("; ".join(held)) or _told(part):
            lines.append(line)
            held.clear()
    return lines or ([Line(logged, "logged")] if logged else [])


def _told(text: str) -> Line | None:
    return _known(text) or (Line(text, ShapeError.key, **_shape(text)) if _FOUND.search(text) else None)


def _known(text: str) -> Line | None:
    for key, form in _FORMS:
        found = re.fullmatch(form, text, re.DOTALL)
        if found:
            given = {name: _value(name, value) for name, value in found.groupdict().items() if value}
            return Line(text, key, **(_fetched(text) | given))
    return None


def _value(name: str, text: str) -> Any:
    return int(text) if name in _NUMBERS and text.isdecimal() else text


def lines_of(detail: Mapping[str, Any], logged: str) -> list[Line]:
    """Return what was said of a run, from its *detail*, or for one of before from the message as *logged*."""
    told = detail.get(DETAIL)
    if told is None:
        return recognised(logged)
    return [Line(logged, one["key"], **one["args"]) for one in told]
