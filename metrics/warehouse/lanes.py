"""What one source tier says about one period, in the order it was said, however it reached us.

A lane holds *claims*: "at this instant this source gave this figure". Stored are the claims that changed the
story (rows) and the mere fact of the others (looks). ``settle`` takes in claims that arrive out of order, or
correct one another, and says which rows must be added so that the stored lane tells what it would have told
had everything come in its order. Nothing is removed: a row is set aside by a later one with the same instant
and claimant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

NO_CLAIM = 0  # claimed_at of a row that only sets another aside
_WITHDRAWN = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One figure as said: instants are microseconds, qualifier and status their codes.

    ``known`` is when it counts as known: for the first claim of a lane as given, for a later one ``claimed``.
    """

    claimed: int
    known: int
    value: float
    qualifier: int
    status: int
    source: str
    ref: str
    precision: int = 0
    payload: str = ""
    recorded: int = 0

    @property
    def content(self) -> tuple[float, int, int]:
        """Return what makes a claim news: value, qualifier, status."""
        return self.value, self.qualifier, self.status

    @property
    def said(self) -> tuple[int, str, str]:
        """Return the place of the claim in the story."""
        return self.claimed, self.source, self.ref

    @property
    def row(self) -> tuple[int, str, str]:
        """Return the place of its row: a later row with the same place sets this one aside."""
        return self.known, self.source, self.ref


@dataclass(frozen=True, kw_only=True)
class Settled:
    """Rows to add, looks to add (their ``said``), and how many of the new claims were news."""

    rows: list[Claim] = field(default_factory=list)
    looks: list[tuple[int, str, str]] = field(default_factory=list)
    news: int = 0


def live(rows: Iterable[Claim]) -> dict[tuple[int, str, str], Claim]:
    """Return the rows that count, by place: of the same place the one recorded last."""
    return {row.row: row for row in sorted(rows, key=attrgetter("recorded"))}


def settle(rows: Iterable[Claim], looks: Iterable[tuple[int, str, str]], new: Sequence[Claim]) -> Settled:
    """Return what must be added to a lane so that it tells the story with the *new* claims in it."""
    counted = live(rows)
    looks = set(looks)
    claims = _claims(counted.values(), looks)
    claims.update((claim.said, claim) for claim in new)
    story = _story(claims)
    added = [row for row in story if not _same(counted.get(row.row), row)]
    after = counted | {row.row: row for row in added}
    aside = _set_aside(after, story)
    told = {row.said for row in (after | {row.row: row for row in aside}).values()} | looks
    fresh = {claim.said for claim in new}
    return Settled(
        rows=added + aside,
        looks=[said for said in claims if said not in told],
        # A correction that only takes a change back is news as well.
        news=max(sum(row.said in fresh for row in added), int(bool(added or aside))),
    )


def _same(stored: Claim | None, row: Claim) -> bool:
    return stored is not None and stored.content == row.content and stored.claimed == row.claimed


def _claims(rows: Iterable[Claim], looks: set[tuple[int, str, str]]) -> dict[tuple[int, str, str], Claim]:
    """Return every claim of the lane by its place; a look repeats the claim before it, or the first one."""
    stated: dict[tuple[int, str, str], Claim] = {}
    for row in sorted(rows, key=attrgetter("recorded")):
        if row.claimed != NO_CLAIM:
            earlier = stated.get(row.said, row)
            stated[row.said] = replace(row, known=min(row.known, earlier.known))
    order = sorted(stated)
    claims = dict(stated)
    for said in looks - stated.keys():
        place = bisect_right(order, said)
        meant = stated[order[max(place - 1, 0)]]
        known = said[0] if place else meant.known
        claims[said] = replace(meant, claimed=said[0], source=said[1], ref=said[2], known=known)
    return claims


def _story(claims: dict[tuple[int, str, str], Claim]) -> list[Claim]:
    """Return the claims that changed something, in their order, each dated by when it counts as known."""
    story: list[Claim] = []
    for said in sorted(claims):
        claim = claims[said]
        if not story:
            story.append(replace(claim, known=min(claim.known, claim.claimed)))
        elif claim.content != story[-1].content:
            story.append(replace(claim, known=claim.claimed))
    return story


def _set_aside(counted: dict[tuple[int, str, str], Claim], story: list[Claim]) -> list[Claim]:
    """Return rows that silence those which would tell something else than the story at their instant."""
    order = [row.row for row in story]
    rows = []
    for place, row in counted.items():
        before = bisect_right(order, place) - 1
        content = story[before].content if before >= 0 else (row.value, row.qualifier, _WITHDRAWN)
        if row.content != content:
            value, qualifier, status = content
            rows.append(replace(row, value=value, qualifier=qualifier, status=status, claimed=NO_CLAIM))
    return rows
