"""What was said of a run, in the reader's words: a line is looked up by its key, and names stand for ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.i18n import Words

STAGES: Mapping[str, str] = {
    "fetch": "sources.stage_fetch",
    "archive": "sources.stage_archive",
    "parse": "sources.stage_parse",
    "check": "sources.stage_check",
    "load": "sources.stage_load",
}
RULES: Mapping[str, str] = {
    "bounds": "sources.rule_bounds",
    "place": "sources.rule_place",
    "period": "sources.rule_period",
    "future": "sources.rule_future",
    "duplicate": "sources.rule_duplicate",
    "sum": "sources.rule_sum",
    "jump": "sources.rule_jump",
    "falls": "sources.rule_falls",
    "row discarded": "sources.rule_row",
}
REFUSED = "payload refused in "
LOGGED = "logged"
_HOSTS = frozenset(
    {"unreachable", "stalled", "cut_short", "busy", "refused", "http", "rests", "no_file", "no_answer"}
)


def lines_said(lines: Sequence[Any], words: Words, *, stage: str = "") -> list[Component | str]:
    """Return *lines* as sentences, one under the other; *stage* is where the run stood for what has no words."""
    return [html.P(_sentence(line, words, stage), className="run-line") for line in lines]


def texts_said(lines: Sequence[Any], words: Words, *, stage: str = "") -> list[str]:
    """Return *lines* as plain text; of one without words only where the run stood."""
    return [_text(line, words, stage) for line in lines]


def _sentence(line: Any, words: Words, stage: str) -> list[Component | str]:
    text = _text(line, words, stage)
    return [text] if _has_words(line, words) else [text, " ", *_as_logged(str(line), words)]


def _has_words(line: Any, words: Words) -> bool:
    return line.key != LOGGED and words.has(f"run.{line.key}")


def _text(line: Any, words: Words, stage: str) -> str:
    if not _has_words(line, words):
        return words.t("run.logged", stage=stage_said(stage, words))
    said = [words.t(f"run.{line.key}", **_values(line.key, dict(line.args), words))]
    said += _more(dict(line.args), words) if line.key == "shape" else []
    return (" " if words.lang == "en" else "").join(said)


def _as_logged(logged: str, words: Words) -> list[Component]:
    """Return a line that nobody has put into words: in English as it is, else folded away and marked as English."""
    code = html.Code(logged, lang="en")
    if words.lang == "en":
        return [code]
    return [html.Details([html.Summary(words.t("run.in_english")), code], className="unfold")]


def stage_said(stage: str, words: Words) -> str:
    """Return the name of a run's stage."""
    return words.t(STAGES[stage]) if stage in STAGES else words.t("sources.stage_start")


def _values(key: str, args: dict[str, Any], words: Words) -> dict[str, str]:
    """Return what a sentence is filled with, every id as its name and every number and date as it is written."""
    said = {name: _value(name, value, words) for name, value in args.items()}
    if key in _HOSTS and "host" not in said:
        said["host"] = words.t("run.the_publisher")
    said.setdefault("place", "")
    return said


def _value(name: str, value: Any, words: Words) -> str:
    match name:
        case "indicator" | "place":
            return words.t(f"{name}.{value}") if words.has(f"{name}.{value}") else str(value)
        case "day":
            return _day(str(value), words)
        case "before" if not isinstance(value, int):
            return _day(str(value), words)
        case "until":
            return _instant(str(value), words)
        case "rule":
            return reasons(str(value), words)
        case "stage":
            return stage_said(str(value), words)
        case "status":
            return str(value)
    return words.number(float(value)) if isinstance(value, int) else str(value)


def _day(text: str, words: Words) -> str:
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text


def _instant(text: str, words: Words) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return words.instant(at if at.tzinfo else at.replace(tzinfo=UTC))


def _more(args: Mapping[str, Any], words: Words) -> list[str]:
    """Return where a file has not its form, what was expected there and what stood there."""
    said = []
    if "row" in args:
        said.append(words.t("run.at_row", n=words.number(float(args["row"]))))
    if "where" in args:
        said.append(words.t("run.at_column", name=args["where"]))
    if (wanted := f"run.expected_{args.get('expected')}") and words.has(wanted):
        said.append(words.t(wanted, **args.get("expected_args", {})))
    if "found" in args:
        said.append(words.t("run.found", text=args["found"]) if args["found"] else words.t("run.found_blank"))
    return said


def reasons(rule: str, words: Words) -> str:
    """Return why records are held back, in words; a reason without words stands as it was written."""
    if rule.startswith(REFUSED):
        return words.t("sources.rule_refused")
    return words.listing(words.t(RULES[one]) if one in RULES else one for one in rule.split(", "))
