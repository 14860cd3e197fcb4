"""Stored texts of people and of sources that would be markup or scripts, on every address that shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboards.fragments import HOLD
from metrics.warehouse.briefings import BriefingBook, KeptBriefing
from metrics.warehouse.entries import PayloadEntry, Suspect
from metrics.warehouse.meetings import ActionWord, DecisionWord, MeetingBook, MeetingWord
from metrics.warehouse.outbox import Message, Outbox
from metrics.warehouse.overrides import OverrideBook, OverrideWord
from metrics.warehouse.people import Deed
from metrics.warehouse.values import MilestoneEvent
from metrics.warehouse.views import ViewBook
from metrics.warehouse.warehouse import Warehouse
from tests.dashboards.sign_in.conftest import BY
from tests.security.addresses import Address, addresses
from tests.security.asking import unpacked
from tests.security.house import NOW, SAID, Product, copied, product

pytestmark = pytest.mark.timeout(600)

MARK = "hostile7x"
HOSTILE = f"<script>{MARK}()</script>\"'><img src=x onerror={MARK}()><svg/onload={MARK}()>"
FORMULA = f'=HYPERLINK("http://evil.example/{MARK}")'
TEXTS = {"en": HOSTILE, "zh-Hant": HOSTILE, "zh-Hans": HOSTILE}
DEED = Deed(actor="a-admin", action="meeting", subject="x")


def keep_meetings(warehouse: Warehouse) -> None:
    book = MeetingBook(warehouse.engine)
    told: dict[str, Any] = {
        "known_at": SAID, "said_by": HOSTILE, "person_id": "a-admin", "source_title": HOSTILE,
        "source_url": "javascript:hostile7x()",
    }  # fmt: skip
    held = SAID - timedelta(days=3)
    book.say_meeting(
        MeetingWord(meeting_id="matrix_hostile", held_on=held.date(), as_of=held, names=TEXTS, **told),
        DEED,
        SAID,
    )
    book.say_decision(
        DecisionWord(decision_id="d1", meeting_id="matrix_hostile", work_item=2, texts=TEXTS, why=HOSTILE, **told),
        DEED, SAID,
    )  # fmt: skip
    book.say_action(
        ActionWord(
            action_id="a_egscc_2_group", meeting_id="egscc_2", work_item=2, texts=TEXTS, owner=HOSTILE,
            due_on=date(2026, 11, 1), why=FORMULA, **told,
        ), DEED, SAID,
    )  # fmt: skip
    OverrideBook(warehouse.engine).set(
        OverrideWord(
            override_id="o1", subject_kind="work_item", subject_id="2", word="at_risk", reasons=TEXTS,
            expires_on=NOW.date() + timedelta(days=30), said_by=HOSTILE, person_id="a-admin",
        ), DEED, SAID,
    )  # fmt: skip


def keep_others(warehouse: Warehouse) -> None:
    panels = json.dumps([["/", "overview-newest", "", TEXTS]])
    BriefingBook(warehouse.engine).save(
        KeptBriefing(
            briefing_id="b-000000000001", version=0, names=TEXTS, panels=panels, languages=("en", "zh-Hant"),
            made_by=HOSTILE, person_id="a-admin",
        ), DEED, SAID,
    )  # fmt: skip
    ViewBook(warehouse.engine).save("a-admin", HOSTILE[:60], "lang=en", SAID, shared=True)
    Outbox(warehouse.engine).put([
        Message(
            message_id="m1", kind="alert", recipient=HOSTILE, channel="mail", address=HOSTILE, lang="en",
            subject=HOSTILE, body=HOSTILE, made_at=SAID,
        )
    ])  # fmt: skip


def keep_of_sources(warehouse: Warehouse) -> None:
    """What came in a file, or what an answer of a server made a run say."""
    run = warehouse.open_run("hk_immigration_daily", trigger="hand", logical_time="hostile")
    with warehouse.loading(run) as tx:
        row = {"Date": HOSTILE, "value": FORMULA}
        tx.quarantine([Suspect(source_id="hk_immigration_daily", rule="range", said=HOSTILE, row=row)])
        tx.append_events((), [
            MilestoneEvent(
                milestone_id=name, work_item=1, event="happened", known_at=SAID, happened_on=SAID.date(),
                owner=HOSTILE, evidence=HOSTILE, said_by=HOSTILE,
            )
            for name in milestones()[:3]
        ], ())  # fmt: skip
        tx.record_payload(PayloadEntry(sha256="ab" * 32, url=f"https://example.org/{HOSTILE}", size=3))
        tx.run_payload(f"https://example.org/{HOSTILE}", sha256="ab" * 32, etag=HOSTILE)
        tx.end_run("partial", {"new": 0}, error=HOSTILE)
    failed = warehouse.open_run("hk_immigration_daily", trigger="hand", logical_time="hostile too")
    warehouse.end_run(failed, "failed", stage="parse", error=HOSTILE)


def milestones() -> list[str]:
    from metrics.agenda import agenda

    return list(agenda().milestones)


@pytest.fixture(scope="module")
def hostile(opening_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    made = product(copied(opening_file, tmp_path_factory.mktemp("hostile") / "var"))
    keep_meetings(made.warehouse)
    keep_others(made.warehouse)
    keep_of_sources(made.warehouse)
    made.desks.door.register.vouched("mallory", HOSTILE, BY)
    yield made
    made.warehouse.close()


@pytest.fixture(scope="module")
def answered(hostile: Product) -> list[tuple[Address, TestResponse]]:
    """Give the answer of every address to an administrator."""
    browser = hostile.browser("admin")
    return [(one, browser.client.get(one.url)) for one in addresses(hostile)]


def markup(told: Any) -> Iterator[str]:
    """Yield every text of a page's answer that the browser puts in place as markup, or follows as a link."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name in {HOLD, "dangerously_allow_html", "srcDoc"} and isinstance(value, str):
                yield value
            elif name in {"href", "src"} and isinstance(value, str):
                yield f'<a href="{value}">' if value.lower().startswith("javascript") else ""
            else:
                yield from markup(value)
    elif isinstance(told, list):
        for one in told:
            yield from markup(one)


class Reading(HTMLParser):
    """Reads markup as a browser does, and keeps what of it would be run and is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            link = name in {"href", "src", "action", "formaction", "xlink:href"}
            runs = name.startswith("on") or (link and (value or "").strip().lower().startswith("javascript:"))
            if runs and MARK in (value or ""):
                self.live.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and f"{MARK}()" in data and not data.lstrip().startswith(("{", "[")):
            self.live.append(data)


def live(text: str) -> list[str]:
    """Return what of *text* a browser would run."""
    reading = Reading()
    reading.feed(text)
    reading.close()
    return reading.live


@pytest.mark.parametrize("text", [HOSTILE, f'<a href="javascript:{MARK}()">x</a>', f"<p onclick='{MARK}'>"])
def test_what_a_browser_would_run_is_found(text: str) -> None:
    assert live(text)
    assert not live(escape(text))
    assert not live(f'<p title="{escape(text)}">')


def test_no_page_holds_what_a_browser_would_run(answered: list) -> None:
    shown, wrong = set(), {}
    for one, answer in answered:
        if one.rule == "/_page":
            texts = list(markup(answer.get_json()))
        elif answer.mimetype in {"text/html", "image/svg+xml", "application/xhtml+xml"}:
            texts = [answer.text]
        else:
            continue
        if MARK in answer.text:
            shown.add(one.rule)
        if found := [piece for text in texts for piece in live(text)]:
            wrong[one.url] = found
    assert wrong == {}
    # otherwise there was nothing to see
    assert {
        "/_page",
        "/steward",
        "/admin",
        "/steward/quarantine",
        "/steward/meetings",
        "/admin/outbox",
    } & shown
    assert {"/_page", "/present/<briefing_id>", "/steward/quarantine", "/admin/outbox"} <= shown


def test_no_answer_that_is_not_markup_is_taken_for_it(answered: list) -> None:
    for one, answer in answered:
        if MARK.encode() in answer.data and answer.mimetype not in {"text/html", "image/svg+xml"}:
            assert answer.mimetype not in {"", "application/xml", "text/xml"}, one.url
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_table_holds_a_formula_of_somebody_else(answered: list) -> None:
    for one, answer in answered:
        if answer.mimetype == "text/csv":
            for line in answer.text.splitlines():
                assert not re.search(r'(^|,)"?[=+@]', line), (one.url, line)
        if "spreadsheetml" in answer.mimetype:
            assert b"<f>" not in unpacked(answer.data), one.url


def test_no_header_is_split_by_a_text(answered: list) -> None:
    for one, answer in answered:
        for name, value in answer.headers.items():
            assert "\n" not in value, (one.url, name)
            assert f"<script>{MARK}" not in value, (one.url, name)


def test_no_address_breaks_on_what_people_and_sources_write(answered: list) -> None:
    assert [(one.url, answer.status_code) for one, answer in answered if answer.status_code >= 500] == []
