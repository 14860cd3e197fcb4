"""What stewards do on their pages, with everything said in the reader's language: returns, reviews, quarantine.

The pages know none of this room: ``app.py`` hands them this object, and what it returns are plain values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.commands import every_source
from ingest.errors import ArchiveError, CheckError
from ingest.proposals import RULE as PROPOSED
from ingest.release import reject, release
from ingest.returns import (
    FaultyReturn,
    Hand,
    approve,
    check,
    keep,
    rows_of,
    send_back,
    submit,
    template,
)
from ingest.returns_difference import difference
from ingest.returns_form import MEDIA_TYPE, RefusedReturn, returnable
from ingest.returns_words import said
from ingest.steward_lines import (
    FigureLine,
    Handed,
    Held,
    Outcome,
    Upload,
    fault_line,
    figure_line,
    handed,
    held_line,
    how_counted,
)
from ingest.steward_proposals import Proposed, RefusedWord, Word, accepted, listed
from ingest.tools import Tools
from metrics.indicators import DOMAINS, catalogue
from metrics.warehouse.returns import (
    AlreadyReviewed,
    HandedInBefore,
    ReturnBook,
    SamePerson,
    UnknownReturn,
)

OWN = "own"
MOST_HELD = 200
_ANSWERS: Mapping[type[Exception], str] = {
    SamePerson: "answer.same_person",
    AlreadyReviewed: "answer.decided",
    UnknownReturn: "answer.unknown",
    HandedInBefore: "answer.handed_in_before",
    ArchiveError: "answer.lost",
}


@dataclass(frozen=True, kw_only=True)
class Stewards:
    """Holds the tools of a product run."""

    tools: Tools
    media_type: str = MEDIA_TYPE

    # Returns

    def departments(self, lang: str) -> list[tuple[str, str]]:
        """Return the departments that may hand figures in, by name: those that own indicators come first."""
        book = catalogue()
        owners = {one.owner for one in book if one.owner and returnable(one)}
        official = [one for one in book.organisations.by_id.values() if one.kind in {"official", "company"}]
        ordered = sorted(official, key=lambda one: one.id not in owners)
        return [(one.id, one.names[lang]) for one in ordered]

    def sets(self) -> tuple[str, ...]:
        """Return the sets of indicators: a department's own, and those of each domain."""
        return (OWN, *DOMAINS)

    def template(self, department: str, chosen: str, lang: str, told_in: str) -> bytes:
        """Return the template of a department for a set in *lang*; raise ValueError that says why not, in *told_in*."""
        if department not in catalogue().organisations.by_id or chosen not in self.sets():
            raise ValueError(said("answer.no_indicators", told_in))
        own = chosen == OWN
        wanted = [one.id for one in catalogue() if (one.owner == department if own else one.domain == chosen)]
        try:
            return template(department, wanted, lang, self.tools)
        except RefusedReturn as refused:
            raise ValueError(refused.told(told_in)) from refused

    def upload(self, content: bytes, lang: str, by: str, address: str) -> Upload:
        """Return what a file says, in the file's language or, where that cannot be read, in *lang*.

        A file without faults is kept until it is handed in.
        """
        found = self._read(content, lang)
        told = {"refused": found.refused} if found.refused else {"faults": len(found.faults)}
        told |= {"payload": keep(content, self.tools)} if found.sha256 else {}
        deed = Hand(person_id=by, where=address).deed("return", found.department, step="uploaded", **told)
        self.tools.warehouse.append_audit(
            actor=deed.actor, action=deed.action, subject=deed.subject, detail=deed.detail
        )
        return found

    def _read(self, content: bytes, lang: str) -> Upload:
        try:
            checked = check(content, self.tools)
        except RefusedReturn as refused:
            return Upload(lang=lang, refused=refused.told(lang))
        except FaultyReturn as faulty:
            read = faulty.returned
            faults = [fault_line(fault, read.lang) for fault in read.faults]
            return Upload(lang=read.lang, department=read.department, faults=faults, sound=len(read.rows))
        read = checked.returned
        return Upload(
            lang=read.lang,
            department=read.department,
            sound=len(read.rows),
            figures=[figure_line(change, read.lang) for change in checked.changes],
            sha256=checked.sha256,
        )

    def submit(self, sha256: str, lang: str, by: str, address: str) -> Outcome:
        """Hand in a file that was uploaded, told by its hash: it is read and checked anew."""
        return self._answered(lang, lambda: self._submitted(sha256, lang, Hand(person_id=by, where=address)))

    def _submitted(self, sha256: str, lang: str, by: Hand) -> Outcome:
        given = submit(self.tools.archive.read(sha256), self.tools, by)
        return Outcome(done=True, said=said("answer.submitted", lang), subject=given.return_id)

    def returns(self) -> list[Handed]:
        """Return what was handed in, what waits for review first."""
        return [handed(given) for given in self._book().listed()]

    def returned(self, return_id: str, lang: str) -> Handed | None:
        """Return one return with its figures; while it waits, against what is known now."""
        given = self._book().returned(return_id)
        if given is None:
            return None
        rows = rows_of(given)
        if given.verdict:
            return handed(given, [FigureLine(row=row, counted=how_counted(row, lang)) for row in rows])
        changes = difference(rows, self.tools.warehouse, now=self.tools.clock())
        return handed(given, [figure_line(change, lang) for change in changes])

    def file(self, return_id: str) -> bytes | None:
        """Return the bytes of a return as they were handed in, None where they are not there."""
        given = self._book().returned(return_id)
        try:
            return self.tools.archive.read(given.payload_sha256) if given else None
        except ArchiveError:
            return None

    def approve(self, return_id: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Load a return that somebody else handed in."""
        return self._answered(
            lang, lambda: self._approved(return_id, why, lang, Hand(person_id=by, where=address))
        )

    def _approved(self, return_id: str, why: str, lang: str, by: Hand) -> Outcome:
        report = approve(return_id, self.tools, by, why)
        if report.status in {"failed", "busy"}:
            return Outcome(done=False, said=said("answer.failed", lang, message=report.message))
        told = {"new": report.new, "unchanged": report.unchanged, "quarantined": report.quarantined}
        return Outcome(done=True, said=said("answer.approved", lang, **told), subject=return_id)

    def send_back(self, return_id: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Send a return back with a reason."""

        def work() -> Outcome:
            send_back(return_id, self.tools, Hand(person_id=by, where=address), why)
            return Outcome(done=True, said=said("answer.sent_back", lang), subject=return_id)

        return self._answered(lang, work)

    # Quarantine

    def quarantine(self, lang: str) -> list[Held]:
        """Return what waits in quarantine, newest first."""
        known = every_source(self.tools)
        frame = self.tools.warehouse.quarantined(open_only=True)
        figures = frame[frame["rule"] != PROPOSED].head(MOST_HELD)
        return [held_line(row, known, lang) for row in figures.to_dict("records")]

    def release(self, item: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Let one figure out of quarantine, with a reason."""

        def work() -> Outcome:
            report = release(
                item, self.tools, known=every_source(self.tools), by=by, why=" ".join(why.split())
            )
            if report.status in {"failed", "busy"}:
                return Outcome(done=False, said=said("answer.failed", lang, message=report.message))
            self._note(item, "release", why, Hand(person_id=by, where=address), run=report.run_id)
            return Outcome(done=True, said=said("answer.released", lang))

        return self._decided(why, lang, work)

    def reject(self, item: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Keep one figure out for good, with a reason."""

        def work() -> Outcome:
            reject(item, self.tools, by=by, why=" ".join(why.split()))
            self._note(item, "reject", why, Hand(person_id=by, where=address))
            return Outcome(done=True, said=said("answer.rejected", lang))

        return self._decided(why, lang, work)

    # Proposed milestones

    def proposals(self, lang: str) -> list[Proposed]:
        """Return the proposals that wait for a decision, newest publication first."""
        return listed(self.tools, every_source(self.tools), lang)

    def accept(self, item: str, word: Mapping[str, str], lang: str, by: str, address: str) -> Outcome:
        """Make of a proposal the event of the agenda that *word* says, by the names of ``Word``."""

        def work() -> Outcome:
            report = accepted(item, Word(**word), self.tools, known=every_source(self.tools), by=by)
            if report.status in {"failed", "busy"}:
                return Outcome(done=False, said=said("answer.failed", lang, message=report.message))
            told = {name: word[name] for name in ("milestone", "event", "on")}
            by_hand = Hand(person_id=by, where=address)
            self._note(item, "accept", word["why"], by_hand, action="accept", run=report.run_id, **told)
            return Outcome(done=True, said=said("answer.accepted", lang))

        try:
            return self._answered(lang, work)
        except RefusedWord as refused:
            return Outcome(done=False, said=said(refused.key, lang))

    def turn_down(self, item: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Turn a proposal down, with a reason."""
        done = self.reject(item, why, lang, by, address)
        return Outcome(done=True, said=said("answer.turned_down", lang)) if done.done else done

    def _decided(self, why: str, lang: str, work: Callable[[], Outcome]) -> Outcome:
        if not why.strip():
            return Outcome(done=False, said=said("answer.needs_reason", lang))
        return self._answered(lang, work)

    def _note(
        self, item: str, decision: str, why: str, by: Hand, *, action: str = "release", **more: Any
    ) -> None:
        deed = by.deed(action, item, decision=decision, why=" ".join(why.split()), **more)
        self.tools.warehouse.append_audit(
            actor=deed.actor, action=deed.action, subject=deed.subject, detail=deed.detail
        )

    def _book(self) -> ReturnBook:
        return ReturnBook(self.tools.warehouse.engine)

    def _answered(self, lang: str, work: Callable[[], Outcome]) -> Outcome:
        try:
            return work()
        except RefusedReturn as refused:
            return Outcome(done=False, said=refused.told(lang))
        except FaultyReturn as faulty:
            return Outcome(done=False, said=faulty.faults[0].line(lang))
        except CheckError as error:
            return Outcome(done=False, said=said("answer.failed", lang, message=str(error)))
        except tuple(_ANSWERS) as error:
            return Outcome(done=False, said=said(_ANSWERS[type(error)], lang))
