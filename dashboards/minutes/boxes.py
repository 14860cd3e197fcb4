"""The fields of each form, in the reader's language, with what is known filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.minutes.answers import MOST_NAME, MOST_TEXT, MOST_URL
from dashboards.minutes.entries import CLOSING, KINDS, PRECISIONS, STATES, Author
from dashboards.minutes.frame import Box, Choice
from dashboards.roles import AUDIENCES
from metrics.meetings import Action, Gathering
from metrics.progress import OVERRIDE_WORDS
from metrics.warehouse.overrides import MOST_DAYS

LABELS: Mapping[str, str] = {
    "plenary": "minutes.kind_plenary",
    "other": "minutes.kind_other",
    "held": "minutes.state_held",
    "planned": "minutes.state_planned",
    "cancelled": "minutes.state_cancelled",
    "day": "minutes.precision_day",
    "month": "minutes.precision_month",
    "public": "minutes.for_public",
    "group": "minutes.for_group",
    "officials": "minutes.for_officials",
    "done": "minutes.event_done",
    "changed": "minutes.event_changed",
    "dropped": "minutes.event_dropped",
    "reopened": "minutes.event_reopened",
    "opened": "minutes.event_opened",
}


def _choices(names: Sequence[str], words: Words) -> list[Choice]:
    return [(name, words.t(LABELS[name])) for name in names]


def _in_each_language(
    name: str,
    label: str,
    words: Words,
    values: Mapping[str, str],
    *,
    kind: str = "textarea",
    most: int = MOST_TEXT,
) -> list[Box]:
    """Return a field for each language; one of them is enough."""
    return [
        Box(
            name=f"{name}_{lang}",
            label=words.t("format.pair", a=words.t(label), b=words.t(f"switch.{lang}_name")),
            kind=kind,
            value=values.get(lang, ""),
            lang=HTML_LANG[lang],
            most=most,
        )
        for lang in LANGUAGES
    ]


def _select(
    name: str, label: str, choices: Sequence[Choice], words: Words, value: str = "", hint: str = ""
) -> Box:
    return Box(
        name=name,
        label=words.t(label),
        kind="select",
        choices=choices,
        value=value or choices[0][0],
        hint=words.t(hint) if hint else "",
    )


def _day(
    name: str,
    label: str,
    words: Words,
    *,
    value: date | None = None,
    least: date | None = None,
    most: date | None = None,
    needed: bool = False,
    hint: str = "",
    **said: object,
) -> Box:
    return Box(
        name=name,
        label=words.t(label),
        kind="date",
        value=value.isoformat() if value else "",
        least_day=least.isoformat() if least else "",
        most_day=most.isoformat() if most else "",
        needed=needed,
        hint=words.t(hint, **said) if hint else "",
    )


def _sources(words: Words, title: str = "", url: str = "") -> list[Box]:
    return [
        Box(
            name="source_title",
            label=words.t("minutes.source_title"),
            value=title,
            most=MOST_TEXT,
            hint=words.t("minutes.source_hint"),
        ),
        Box(name="source_url", label=words.t("minutes.source_url"), kind="url", value=url, most=MOST_URL),
    ]


def _items(words: Words) -> list[Choice]:
    whole = [("0", words.t("meeting_page.all_items"))]
    return whole + [
        (str(n), words.t("change.item", n=n, title=words.t(f"work_item.{n}"))) for n in range(1, 6)
    ]


def _audience(words: Words, value: str = "public") -> Box:
    return _select("audience", "minutes.for_whom", _choices(AUDIENCES, words), words, value)


def meeting_boxes(
    words: Words, places: Sequence[str], by: Author, known: Gathering | None = None
) -> list[Box]:
    """Return the fields of a meeting."""
    cities = [("", words.t("minutes.no_place")), *((one, words.t(f"place.{one}")) for one in places)]
    kind = "plenary" if known is None or known.number else "other"
    return [
        _select("kind", "minutes.kind", _choices(KINDS, words), words, kind, "minutes.kind_hint"),
        _select(
            "state", "minutes.meeting_state", _choices(STATES, words), words, known.state if known else "held"
        ),
        _day("held_on", "minutes.date", words, value=known.date if known else None, needed=True),
        _select(
            "held_precision",
            "minutes.precision",
            _choices(PRECISIONS, words),
            words,
            known.precision if known and known.precision in PRECISIONS else "day",
        ),
        _select("place", "minutes.place", cities, words, known.place if known else ""),
        *_in_each_language(
            "name", "minutes.name", words, known.names if known else {}, kind="text", most=MOST_NAME
        ),
        _audience(words, known.audience if known else "public"),
        *_sources(words, known.source_title if known else "", known.source_url if known else ""),
        _day("known_on", "minutes.known_on", words, most=by.today, hint="minutes.known_on_hint"),
    ]


def decision_boxes(words: Words, meeting: Gathering, by: Author) -> list[Box]:
    """Return the fields of a decision of *meeting*."""
    return [
        *_in_each_language("decision", "minutes.decision", words, {}),
        _select("work_item", "minutes.of_item", _items(words), words),
        _taken_on(meeting, by, words),
        _audience(words),
        *_sources(words),
    ]


def action_boxes(words: Words, meeting: Gathering, by: Author) -> list[Box]:
    """Return the fields of an action that *meeting* sets in motion."""
    return [
        *_in_each_language("action", "minutes.action", words, {}),
        _owner(words),
        _day("due_on", "minutes.due", words, least=meeting.as_of, hint="minutes.due_hint"),
        _select("work_item", "minutes.of_item", _items(words), words),
        _taken_on(meeting, by, words),
        _audience(words),
    ]


def _owner(words: Words, value: str = "") -> Box:
    return Box(
        name="owner",
        label=words.t("minutes.owner"),
        value=value,
        needed=True,
        most=MOST_NAME,
        hint=words.t("minutes.owner_hint"),
    )


def _taken_on(meeting: Gathering, by: Author, words: Words) -> Box:
    return _day(
        "on",
        "minutes.on",
        words,
        value=min(meeting.as_of, by.today),
        least=min(meeting.as_of, by.today),
        most=by.today,
        hint="minutes.on_hint",
    )


def event_boxes(words: Words, action: Action, by: Author) -> list[Box]:
    """Return the fields of what becomes of *action*."""
    events = CLOSING[action.state]
    boxes = [
        _select("event", "minutes.event", _choices(events, words), words),
        _day("on", "minutes.event_on", words, value=by.today, least=min(action.on, by.today), most=by.today),
    ]
    if "changed" in events:
        boxes += [
            _owner(words, action.owner),
            _day("due_on", "minutes.due", words, value=action.due_on, hint="minutes.changed_hint"),
        ]
    why = Box(
        name="why",
        label=words.t("minutes.why"),
        kind="textarea",
        most=MOST_TEXT,
        hint=words.t("minutes.why_hint"),
    )
    return [*boxes, why]


def override_boxes(words: Words, kind: str, by: Author) -> list[Box]:
    """Return the fields of an override of a subject of *kind*."""
    known = [(word, words.t(f"status.{word}")) for word in OVERRIDE_WORDS[kind]]
    most = by.today + timedelta(days=MOST_DAYS)
    return [
        _select("word", "minutes.word", known, words),
        *_in_each_language("reason", "minutes.reason", words, {}),
        _day(
            "expires_on",
            "minutes.expires_on",
            words,
            least=by.today,
            most=most,
            needed=True,
            hint="minutes.expires_hint",
            n=MOST_DAYS,
            date=words.day(most),
        ),
    ]
