"""The digest: what changed in a member's work items since they last looked, in their language, as they may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboards import shell
from dashboards.desk import Desk, Filters, address
from dashboards.panel import View
from dashboards.panels.work_item_words import dated, name_said, period_said, row_said, with_tier
from dashboards.style import Shapes
from metrics.asof import HONG_KONG, AsOf, instant_as_of, now_as_of
from metrics.movements import Movement, figure_movements, statuses_between, steps_between
from metrics.review import Review, Step, reviews
from metrics.warehouse.outbox import Message, Subscription

HOUR = 8  # of the morning in Hong Kong, from which a digest may go out
LOOKS_BACK = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
MOST_LINES = 12


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose digest it is: what they wish, their desk with their rights, when they last looked, their last digest."""

    wish: Subscription
    desk: Desk
    seen: datetime | None
    last: datetime | None


def occasion(wish: Subscription, now: datetime) -> str:
    """Return the name of the digest that is due now, "" when none is: one a day, or one a week from Monday on."""
    local = now.astimezone(HONG_KONG)
    if wish.digest == "off" or local.hour < HOUR:
        return ""
    year, week, _ = local.isocalendar()
    when = local.date().isoformat() if wish.digest == "daily" else f"{year}-W{week:02}"
    return f"digest:{wish.person_id}:{when}"


def digest(reader: Reader, now: datetime, home: str) -> Message | None:
    """Return the digest of *reader*, None where nothing is due or nothing changed; *home* is the product's address."""
    wish = reader.wish
    name = occasion(wish, now)
    if not name:
        return None
    since = instant_as_of(_since(reader, now), clock=now)
    until = now_as_of(now)
    view = shell.view_of(
        reader.desk,
        Filters(lang=wish.lang, as_of=until),
        now.astimezone(HONG_KONG).date(),
        Shapes(),
    )
    sections = list(_sections(reader.desk, wish.items, since, until, view, home))
    if not sections:
        return None
    when = view.words.day(since.day)
    return Message(
        message_id=name,
        kind="digest",
        recipient=wish.person_id,
        channel="mail",
        address=wish.address,
        lang=wish.lang,
        subject=view.t("outbox.digest_subject", date=when),
        body="\n\n".join([view.t("outbox.digest_lead", date=when), *sections, _foot(view, home)]) + "\n",
        made_at=now,
    )


def _since(reader: Reader, now: datetime) -> datetime:
    """Return since when: what was looked at or told already is not told again, and no more than a month of it."""
    known = [moment for moment in (reader.seen, reader.last) if moment is not None]
    period = LOOKS_BACK[reader.wish.digest]
    return max([*known, now - timedelta(days=31)]) if known else now - period


def _sections(
    desk: Desk, items: Sequence[int], since: AsOf, until: AsOf, view: View, home: str
) -> Iterator[str]:
    before, after = reviews(desk.metrics, since), reviews(desk.metrics, until)
    figures = figure_movements(desk.metrics, since, until)
    for number in items or sorted(after):
        lines = [
            *_status_lines({number: before[number]}, {number: after[number]}, view),
            *(_step_line(step, view) for step in steps_between(before[number].steps, after[number].steps)),
            *(_figure_line(one, view) for one in figures if one.work_item == number),
        ]
        if lines:
            yield "\n".join(
                [
                    view.t("change.item", n=number, title=view.t(f"work_item.{number}")),
                    *(f"- {line}" for line in lines[:MOST_LINES]),
                    *([view.t("change.more", n=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []),
                    home + address(f"/work-items/{number}", view.filters),
                ]
            )


def _status_lines(before: dict[int, Review], after: dict[int, Review], view: View) -> Iterator[str]:
    for move in statuses_between(before, after):
        words = (view.t(f"status.{word}") for word in (move.before, move.after))
        yield view.t("change.from_to", before=next(words), after=next(words))


def _step_line(step: Step, view: View) -> str:
    state, when = view.t(f"status.{step.state}"), dated(step.happened_on, view) or dated(step.due_on, view)
    said = view.t("format.pair", a=state, b=when) if when else state
    return view.t("figure.named", name=view.t(f"milestone.{step.milestone.id}"), figure=said)


def _figure_line(moved: Movement, view: View) -> str:
    to = view.t("figure.aside", text=row_said(moved.after, view), aside=period_said(moved.after, view))
    said = with_tier(to, moved.after["tier"], view)
    if moved.before:
        said = view.t("change.from_to", before=row_said(moved.before, view), after=said)
    return view.t("figure.named", name=name_said(moved.indicator_id, moved.place_id, view), figure=said)


def _foot(view: View, home: str) -> str:
    return view.t("outbox.digest_foot", address=home + address("/subscriptions", view.filters))
