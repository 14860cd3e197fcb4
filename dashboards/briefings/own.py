"""The slides of a briefing that are no panel: its title, the work items, what changed, what is late, the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dashboards.briefings.values import CHANGED, LATE, WORK_ITEM, Briefing, Line, Slide
from dashboards.briefings.words import (
    action_line,
    item_lines,
    moved_line,
    overdue_lines,
    short_measure,
    status_move_line,
    step_line,
)
from dashboards.desk import Desk
from dashboards.exports.telling import Telling, audience_of, tell
from dashboards.figures import trend
from dashboards.frames import as_of_said
from dashboards.meeting_names import short_name
from dashboards.panel import Page, Panel, View
from dashboards.panels.overview_cards import since_said
from dashboards.panels.overview_changes import ordered
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import with_tier
from dashboards.roles import AUDIENCES
from metrics.meetings import open_actions, spoken
from metrics.review import Review, Step

MOST_LINES = 6
FEW_LINES = 4
MOST_SOURCES = 14
FOR = {"group": "briefing.for_group", "officials": "briefing.for_officials"}
BEHIND = ("off_track", "missed", "at_risk")
FEW_FIGURES = 3  # a line of fewer says nothing


@dataclass(kw_only=True)
class Maker:
    """Holds what the slides of one briefing in one language are made with."""

    briefing: Briefing
    desk: Desk
    view: View

    @cached_property
    def told(self) -> Told:
        """What was known of the five work items."""
        return Told(desk=self.desk, as_of=self.view.filters.as_of)

    @property
    def most(self) -> int:
        """Return how many lines stand under one heading: fewer where each is said in two languages."""
        return FEW_LINES if len(self.briefing.languages) > 1 else MOST_LINES

    def made(self, panel_id: str, note: str) -> Slide:
        """Return the slide *panel_id*; KeyError where there is none."""
        if panel_id.startswith(WORK_ITEM):
            return self._item(int(panel_id.removeprefix(WORK_ITEM)), note)
        ways: dict[str, Callable[[str], Slide]] = {CHANGED: self._changed, LATE: self._late}
        return ways[panel_id](note)

    def opening(self) -> Slide:
        """Return the title."""
        view, briefing = self.view, self.briefing
        lines = [Line(text=view.t("ui.as_known_on", date=as_of_said(view)), role="lead")]
        if about := briefing.about.get(view.words.lang):
            lines.insert(0, Line(text=about, role="lead"))
        if briefing.audience != AUDIENCES[0]:
            lines.append(Line(text=view.t(FOR[briefing.audience]), role="detail"))
        return self._slide("title", "title", named(briefing, view), lines, foot=view.t("ui.product_name"))

    def closing(self, slides: Sequence[Slide]) -> Slide:
        """Return the sources of all *slides*, and the method."""
        view = self.view
        names = cited([slide.telling for slide in slides if slide.telling is not None], view)
        lines = [Line(text=view.t("briefing.sources"), role="heading", detail=str(len(names)))]
        lines += [Line(text=name, role="item") for name in names[:MOST_SOURCES]]
        if len(names) > MOST_SOURCES:
            lines.append(Line(text=view.t("change.more", n=len(names) - MOST_SOURCES), role="detail"))
        lines.append(Line(text=view.t("briefing.method"), role="heading"))
        lines += [Line(text=view.t(key)) for key in ("overview.method", "briefing.qualifiers")]
        lines.append(Line(text=self._frozen()))
        if self.desk.boundaries is not None:
            lines.append(Line(text=self.desk.boundaries.caption[view.words.lang]))
        return self._slide("sources", "sources", view.t("briefing.sources_title"), lines)

    def _frozen(self) -> str:
        as_of = as_of_said(self.view)
        if self.briefing.as_of.current:
            return self.view.t("briefing.not_frozen", date=as_of)
        return self.view.t("briefing.known" if self.briefing.ready_made else "briefing.frozen", date=as_of)

    def _item(self, number: int, note: str) -> Slide:
        review, view = self.told.reviews[number], self.view
        lead = self.told.headlines[number]
        lines = item_lines(review, lead, view)
        lines += self._milestones(review)
        statement = view.t("work_item_page.statement", statement=view.t(f"work_item.{number}.statement"))
        said = [statement, since_said(self.told, number, view)] if self.told.since else [statement]
        title = view.t("change.item", n=number, title=view.t(f"work_item.{number}"))
        told = self._history(number)
        slide = self._slide(f"{WORK_ITEM}{number}", "work_item", title, lines, note=note or "\n".join(said))
        seen = [lead.indicator_id] if lead and lead.row else []
        seen += [one.target.indicator_id for one in review.measures]
        return replace(slide, telling=told, audience=audience_of(seen, self.desk))

    def _milestones(self, review: Review) -> list[Line]:
        """Return what is late, what is due next and what was done last."""
        late = [step for step in review.steps if step.state == "late"]
        ahead = [(s.due_on.on, s) for s in review.steps if s.state in {"due", "planned"} and s.due_on]
        done = [(s.happened_on.on, s) for s in review.steps if s.state == "done" and s.happened_on]
        ahead.sort(key=lambda pair: pair[0])
        done.sort(key=lambda pair: pair[0], reverse=True)
        few = self.most // 2
        room = max(2 * few - 1 - min(len(late), few) - min(len(ahead), few), 1)
        return [
            *self._dated(self.view.t("briefing.late"), late, few),
            *self._dated(self.view.t("briefing.ahead"), [step for _day, step in ahead], few),
            *self._dated(self.view.t("briefing.done"), [step for _day, step in done][:room], room),
        ]

    def _history(self, number: int) -> Telling | None:
        """Tell the history of the figure that leads a work item, where it is long enough to be drawn."""
        lead = self.told.headlines[number]
        if lead is None or lead.row is None or len(lead.figures) < FEW_FIGURES:
            return None
        panel = Panel(
            id=f"lead-{number}",
            title=f"indicator.{lead.indicator_id}",
            unit=f"unit.{lead.unit}" if self.view.words.has(f"unit.{lead.unit}") else "",
            query=lambda _desk, _filters: lead.figures,
            figure=trend.lines,
            alt=lambda frame, view: trend.alt(frame, view.style),
            indicators=(lead.indicator_id,),
        )
        page = Page(id="work_item", path=f"/work-items/{number}", order=0, title="", panels=(panel,))
        return tell(page, panel, self.desk, self.view.filters, shapes=self.view.style.shapes)

    def _dated(self, heading: str, steps: Sequence[Step], most: int = 0) -> list[Line]:
        return self._group(heading, [step_line(step, self.view) for step in steps], most)

    def _group(self, heading: str, lines: Sequence[Line], most: int = 0) -> list[Line]:
        """Return *lines* under their heading, and how many more there are; nothing where there is none."""
        if not lines:
            return []
        most = most or self.most
        found = [Line(text=heading, role="heading", detail=str(len(lines))), *lines[:most]]
        if len(lines) > most:
            found.append(Line(text=self.view.t("change.more", n=len(lines) - most), role="detail"))
        return found

    def _changed(self, note: str) -> Slide:
        view, told = self.view, self.told
        if told.meeting is None:
            title, lines = view.t("change.title"), [Line(text=view.t("change.before_first"), role="lead")]
            return self._slide(CHANGED, "changed", title, lines, note=note)
        title = view.t("change.title_since", meeting=short_name(told.meeting, view))
        lines = [
            *self._group(view.t("change.statuses"), [status_move_line(one, view) for one in told.statuses]),
            *self._dated(view.t("change.milestones_moved"), told.steps),
            *self._group(view.t("change.figures_moved"), [moved_line(one, view) for one in ordered(told)]),
        ] or [Line(text=view.t("change.nothing_since"), role="lead")]
        seen = [one.indicator_id for one in told.figures]
        slide = self._slide(CHANGED, "changed", title, lines, note=note)
        return replace(slide, audience=audience_of(seen, self.desk))

    def _late(self, note: str) -> Slide:
        view, told = self.view, self.told
        steps = [step for review in told.reviews.values() for step in review.steps]
        late = sorted((s for s in steps if s.state == "late"), key=lambda s: -s.verdict.days_late)
        behind = [
            one for review in told.reviews.values() for one in review.measures
            if one.judged and one.verdict.status in BEHIND
        ]  # fmt: skip
        behind.sort(key=lambda one: BEHIND[::-1].index(one.verdict.status), reverse=True)
        overdue = [
            one for one in open_actions(self.desk.metrics, told.as_of) if one.days_late(told.as_of.day)
        ]
        lines = [
            *self._dated(view.t("briefing.late_milestones"), late),
            *self._group(view.t("briefing.behind_measures"), [short_measure(one, view) for one in behind]),
            *self._group(
                view.t("briefing.overdue_actions"),
                [action_line(one, told.as_of.day, view) for one in overdue],
            ),
        ] or [Line(text=view.t("briefing.nothing_late"), role="lead")]
        lines += overdue_lines(sum(step.state == "unverified" for step in steps), view)
        slide = self._slide(LATE, "late", view.t("briefing.late_title"), lines, note=note)
        audiences = {audience_of([one.target.indicator_id for one in behind], self.desk)}
        audiences |= {one.audience for one in overdue}
        return replace(slide, audience=max(audiences, key=AUDIENCES.index))

    def _slide(
        self, slide_id: str, kind: str, title: str, lines: Iterable[Line], *, note: str = "", foot: str = ""
    ) -> Slide:
        foot = foot or self.view.t("ui.as_known_on", date=as_of_said(self.view))
        return Slide(
            id=slide_id,
            kind=kind,
            lang=self.view.words.lang,
            title=title,
            lines=tuple(lines),
            note=note,
            foot=foot,
        )


def cited(tellings: Iterable[Telling], view: View) -> list[str]:
    """Return who published the figures of *tellings*, most figures first, with the tier where it is not official."""
    counts: Counter[tuple[str, str]] = Counter()
    for telling in tellings:
        rows = telling.rows
        if {"source", "tier"} <= set(rows.columns):
            counts.update(zip(rows["source"], rows["tier"], strict=True))
    named = [(source, tier) for (source, tier), _count in counts.most_common() if source]
    return list(dict.fromkeys(with_tier(source, tier or "official", view) for source, tier in named))


def named(briefing: Briefing, view: View) -> str:
    """Return the name of *briefing* in the reader's language, or in the nearest there is."""
    return spoken(briefing.names, view.words.lang)[0] or view.t("briefing.unnamed")


def own_ids(desk: Desk) -> tuple[str, ...]:
    """Return the ids of the slides that may be chosen and are no panel of a page."""
    return (*(f"{WORK_ITEM}{number}" for number in desk.agenda.work_items), CHANGED, LATE)
