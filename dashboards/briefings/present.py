"""Presentation: the document of a briefing, and its decks of slides, one a language and theme, from one stamp."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from plotly.io.json import to_json_plotly

from dashboards.answers import Answer, AnswerCache
from dashboards.briefings.drawn import deck
from dashboards.briefings.found import briefing
from dashboards.briefings.making import audience_of_slides, slides
from dashboards.briefings.token import OWN, unpacked
from dashboards.briefings.values import Briefing, Slide
from dashboards.desk import Desk
from dashboards.files import ASK_AGAIN, file_of, response
from dashboards.frames import PLOTLY_LOCALE
from dashboards.i18n import DEFAULT_LANGUAGE, HTML_LANG, LANGUAGES, Words
from dashboards.index import plain_page
from dashboards.roles import AUDIENCES
from dashboards.routes import shapes_of
from dashboards.style import THEMES, Style
from metrics.asof import HONG_KONG

TEMPLATES = Path(__file__).parent / "templates"
WHOLE, BESIDE = 640.0, 300.0  # px of a page that a chart has, alone on its slide or beside words
MOST_BYTES = 24 * 2**20
SAID = (
    "present.close", "present.dark", "present.full", "present.key_help", "present.next", "present.no_notes",
    "present.notes", "present.previous", "present.slides",
)  # fmt: skip


@dataclass(kw_only=True)
class Projector:
    """Holds what presentations answer from: the desks, the files, the decks made so far."""

    desk: Callable[[], Desk]
    files: Mapping[str, str]
    cache: AnswerCache = field(default_factory=lambda: AnswerCache(most_bytes=MOST_BYTES))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One deck: a briefing in a language (and a *second* beside it, "" for none), in a theme."""

    briefing: Briefing
    token: str
    lang: str
    second: str
    theme: str
    narrow: bool = False

    def address(self, end: str = "", **more: str) -> str:
        """Return the address of the presentation or, with *end*, of what belongs to it."""
        query = {name: text for name, text in ({"b": self.token} | more).items() if text}
        return f"/present/{self.briefing.id}{end}" + (f"?{urlencode(query)}" if query else "")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def said(words: Words) -> dict[str, str]:
    """Return what the controls say, by the last part of the key."""
    return {key.rpartition(".")[2]: words.t(key) for key in SAID}


def wanted(briefing_id: str, desk: Desk, given: Mapping[str, str]) -> Wanted | None:
    """Return the deck that an address asks for; None for a briefing there is not, ValueError for a wrong value."""
    token = given.get("b", "") if briefing_id == OWN else ""
    found = unpacked(token, clock=desk.clock()) if briefing_id == OWN else briefing(briefing_id, desk)
    if found is None:
        return None
    lang = _one_of(
        given.get("lang", ""), LANGUAGES, found.languages[0] if not found.ready_made else DEFAULT_LANGUAGE
    )
    theme = _one_of(given.get("theme", ""), THEMES, "light")
    second = _one_of(given.get("second", ""), ("none", *LANGUAGES), _second(found, lang))
    if stamp := given.get("stamp", ""):
        found = replace(found, as_of=replace(found.as_of, stamp=_stamp(stamp, found)))
    second = "" if second in {"none", lang} else second
    found = replace(found, languages=(lang, second) if second else (lang,))
    return Wanted(
        briefing=found, token=token, lang=lang, theme=theme, second=second, narrow=bool(given.get("narrow"))
    )


def _one_of(text: str, known: Sequence[str], otherwise: str) -> str:
    if text and text not in known:
        raise ValueError(text)
    return text or otherwise


def _second(found: Briefing, lang: str) -> str:
    """Return the language beside *lang*: the other of the two that the briefing says."""
    others = [one for one in found.languages if one != lang]
    return others[0] if len(found.languages) == 2 else "none"


def _stamp(text: str, found: Briefing) -> int:
    """Return the stamp that all decks of one presentation share; never one after what the briefing froze."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ValueError(text)
    return min(int(text), found.stamp) if found.stamp else int(text)


def document(projector: Projector, briefing_id: str) -> Response:
    """Answer with the document of a presentation: its first deck in words, the script that shows all of it."""
    asked = _asked(projector, briefing_id)
    if isinstance(asked, Response):
        return asked
    desk, wants = asked
    stamp = wants.briefing.stamp or desk.stamp()
    made = made_deck(desk, wants)
    if not seen(made, desk):
        return missing(projector, desk)
    words = desk.words[wants.lang]
    second = request.args.get("second", "")
    page = environment().get_template("present.html").render(
        html_lang=words.html_lang,
        title=made[0].title,
        product=words.t("ui.product_name"),
        files=projector.files,
        said=said(words),
        lang=wants.lang,
        deck=wants.address("/deck", stamp=str(stamp), second=second),
        home=f"/briefings?{urlencode({'lang': wants.lang})}",
        languages=[(lang, HTML_LANG[lang], words.t(f"switch.{lang}"), words.t(f"switch.{lang}_name"),
                    wants.address(lang=lang, second=second)) for lang in LANGUAGES],
        language=words.t("ui.language"),
        lost=words.t("ui.connection_lost"),
        slides=_markup(made, desk, wants),
        total=len(made),
    )  # fmt: skip
    answer = Response(page, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer


def deck_answer(projector: Projector, briefing_id: str) -> Response:
    """Answer with one deck as JSON: for each slide its markup, its chart, its note."""
    asked = _asked(projector, briefing_id)
    if isinstance(asked, Response):
        return asked
    desk, wants = asked
    clock = desk.clock()
    stamp = wants.briefing.stamp or desk.stamp()
    answer = projector.cache.get(_key(wants, desk, clock, stamp), lambda: _encoded(desk, wants))
    return response(answer.file, request, ASK_AGAIN, answer.status)


def _key(wants: Wanted, desk: Desk, clock: datetime, stamp: int) -> Hashable:
    """Return all that a deck depends on."""
    found = wants.briefing
    as_of = None if found.as_of.current else found.as_of.instant
    frozen = (found.id, wants.token, found.version, as_of, stamp, desk.stamp())
    look = (wants.lang, wants.second, wants.theme, wants.narrow)
    return (frozen, look, desk.audience, clock.astimezone(HONG_KONG).date())


def _asked(projector: Projector, briefing_id: str) -> Response | tuple[Desk, Wanted]:
    desk = projector.desk()
    try:
        wants = wanted(briefing_id, desk, request.args)
    except ValueError:
        words = desk.words[DEFAULT_LANGUAGE]
        return _plain(projector, words, words.t("fault.title"), words.t("briefing.fault_address"), 400)
    return (desk, wants) if wants is not None else missing(projector, desk)


def missing(projector: Projector, desk: Desk) -> Response:
    """Answer that there is no such briefing, for this reader."""
    lang = request.args.get("lang", "")
    words = desk.words[lang if lang in LANGUAGES else DEFAULT_LANGUAGE]
    return _plain(projector, words, words.t("ui.not_found"), words.t("briefing.none_here"), 404)


def _plain(projector: Projector, words: Words, title: str, sentence: str, status: int) -> Response:
    page = plain_page(words, projector.files, title, [sentence])
    return Response(page, status=status, content_type="text/html; charset=utf-8")


def seen(made: Sequence[Slide], desk: Desk) -> bool:
    """Say whether the desk's audience may see all of *made*."""
    return AUDIENCES.index(audience_of_slides(made)) <= AUDIENCES.index(desk.audience)


def made_deck(desk: Desk, wants: Wanted) -> tuple[Slide, ...]:
    """Return the slides of a deck in its first language."""
    return slides(wants.briefing, desk, wants.lang, shapes=shapes_of(desk))


def _markup(made: Sequence[Slide], desk: Desk, wants: Wanted) -> list[str]:
    seconds = slides(wants.briefing, desk, wants.second, shapes=shapes_of(desk)) if wants.second else None
    return deck(made, seconds, desk.words[wants.lang])


def _encoded(desk: Desk, wants: Wanted) -> Answer:
    made = made_deck(desk, wants)
    if not seen(made, desk):
        return Answer(file=file_of(b"{}", "application/json"), status=404, keep=False)
    words = desk.words[wants.lang]
    style = Style(words=words, theme=wants.theme, shapes=shapes_of(desk))
    body: dict[str, Any] = {
        "lang": wants.lang,
        "html_lang": words.html_lang,
        "locale": PLOTLY_LOCALE[wants.lang],
        "title": f"{made[0].title} · {words.t('ui.product_name')}",
        "said": said(words),
        "slides": [
            {
                "html": text,
                "told": words.t("present.position", n=number, total=len(made), title=slide.title),
                "note": slide.note,
                "chart": chart_of(slide, style if wants.narrow else wide(slide, style)),
            }
            for number, (slide, text) in enumerate(zip(made, _markup(made, desk, wants), strict=True), 1)
        ],
        "shapes": [address for address in style.shapes.layers.values() if isinstance(address, str)],
    }
    well = all(slide.kind != "failed" for slide in made)
    return Answer(file=file_of(to_json_plotly(body).encode(), "application/json"), keep=well)


def wide(slide: Slide, style: Style) -> Style:
    """Return *style* for the room that the chart of *slide* has at the least, as large as it is drawn."""
    return replace(style, room=BESIDE if slide.kind == "work_item" else WHOLE)


def chart_of(slide: Slide, style: Style) -> dict[str, Any] | None:
    """Return the chart of a slide with the height it asks for; one of a map is as high as its place."""
    if slide.telling is None or slide.telling.figure is None:
        return None
    figure = slide.telling.figure(style)
    height = None if "ratio" in (figure.layout.meta or {}) else figure.layout.height or slide.telling.height
    return {"data": figure.data, "layout": figure.layout, "height": height}
