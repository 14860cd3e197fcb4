"""The plain pages of sign-in: our templates filled with escaped values, in the reader's language, without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.sign_in import forms
from dashboards.sign_in.door import Door

TEMPLATES = Path(__file__).parent / "templates"
# What the templates may say, by the last part of the key.
SAID = (
    "outbox.outbox",
    "outbox.subscriptions",
    "sign_in.add",
    "sign_in.add_person",
    "sign_in.address",
    "sign_in.administration",
    "sign_in.again",
    "sign_in.at_provider",
    "sign_in.audit",
    "sign_in.change_password",
    "sign_in.change_role",
    "sign_in.current_password",
    "sign_in.disable",
    "sign_in.disabled",
    "sign_in.enable",
    "sign_in.enabled",
    "sign_in.last_seen",
    "sign_in.name",
    "sign_in.never",
    "sign_in.new_password",
    "sign_in.nobody",
    "sign_in.optional",
    "sign_in.password",
    "sign_in.password_rule",
    "sign_in.people",
    "sign_in.role",
    "sign_in.set_password",
    "sign_in.sign_in",
    "sign_in.sign_out",
    "sign_in.sign_out_ask",
    "sign_in.state",
    "sign_in.user_name",
    "sign_in.what",
    "sign_in.when",
    "sign_in.who",
    "steward.title",
    "sign_in.whom",
    "ui.back_to_overview",
    "ui.language",
    "ui.product_name",
)


@lru_cache(maxsize=8)
def environment(folder: Path = TEMPLATES) -> Environment:
    """Return the templates of *folder* and ours; a value that a page forgot is an error, not an empty place."""
    return Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def reader(words: Mapping[str, Words]) -> Words:
    """Return the words for whoever is asking: the address's ``lang``, else the browser's choice."""
    named = request.args.get("lang", "")
    if named in LANGUAGES:
        return words[named]
    tags = {"en": "en", "zh-hant": "zh-Hant", "zh-hk": "zh-Hant", "zh-tw": "zh-Hant", "zh-mo": "zh-Hant"}
    tags |= {"zh-hans": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh": "zh-Hans"}
    best = request.accept_languages.best_match(list(tags), default="en")
    return words[tags[best or "en"]]


def here(path: str, words: Words, **more: str) -> str:
    """Return an address of ours in the reader's language; empty values are left out."""
    return (
        f"{path}?{urlencode({'lang': words.lang} | {name: value for name, value in more.items() if value})}"
    )


def page(
    door: Door,
    template: str,
    title: str,
    *,
    status: int = 200,
    folder: Path = TEMPLATES,
    says: Sequence[str] = (),
    keeps: Mapping[str, str] = MappingProxyType({}),
    **values: Any,
) -> Response:
    """Return *template* of *folder* filled with *values*; *title* is a term key. Nobody may keep a copy of it.

    *says* are term keys that the template may say beside ``SAID``, by their last part. *keeps* is what of the
    address stays when the language is switched.
    """
    words = reader(door.words)
    onward = forms.own_path(request.args.get("next", ""), "")
    filled = environment(folder).get_template(template).render(
        said={key.rpartition(".")[2]: words.t(key) for key in (*SAID, *says)},
        html_lang=words.html_lang,
        title=words.t(title),
        files=door.files,
        home=here("/", words),
        languages=[
            {
                "href": here(request.path, door.words[lang], next=onward, **keeps),
                "lang": HTML_LANG[lang],
                "text": words.t(f"switch.{lang}"),
                "here": lang == words.lang,
            }
            for lang in LANGUAGES
        ],
        address=lambda path: here(path, words, next=onward if path == request.path else ""),
        token_name=forms.FIELD,
        token=door.form_token() if door.settings.mode != "open" else "",
        **({"fault": "", "done": ""} | values),
    )  # fmt: skip
    answer = Response(filled, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def note(door: Door, title: str, sentence: str, status: int, **values: Any) -> Response:
    """Return a page that says one sentence; both are term keys."""
    said = reader(door.words).t(sentence, **values)
    return page(door, "note.html", title, status=status, sentence=said)


def moved(address: str) -> Response:
    """Send the browser on, with a GET."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})
