from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.warehouse.lanes import NO_CLAIM, Claim, live, settle


def claim(value: float, claimed: int, known: int | None = None, source: str = "made", **more) -> Claim:
    named = {"claimed": claimed, "known": claimed if known is None else known, "source": source, "ref": ""}
    return Claim(value=value, **{**named, "qualifier": 0, "status": 0, **more})


class Lane:
    """A lane as the warehouse keeps it: rows and looks, added to and never taken from."""

    def __init__(self) -> None:
        self.rows: list[Claim] = []
        self.looks: list[tuple[int, str, str]] = []
        self.clock = count(1)

    def take(self, *new: Claim) -> int:
        settled = settle(self.rows, self.looks, new)
        self.rows += [replace(row, recorded=next(self.clock)) for row in settled.rows]
        self.looks += settled.looks
        return settled.news

    def told(self) -> list[tuple[int, float]]:
        story: list[tuple[int, float]] = []
        for place, row in sorted(live(self.rows).items()):
            if not story or story[-1][1] != row.value:
                story.append((place[0], row.value))
        return story


def test_a_repetition_is_a_look_and_no_row():
    lane = Lane()
    assert lane.take(claim(10, 1)) == 1
    assert lane.take(claim(10, 3)) == 0
    assert len(lane.rows) == 1
    assert lane.looks == [(3, "made", "")]


def test_a_late_claim_between_a_figure_and_its_repetition_leaves_the_last_word_alone():
    lane = Lane()
    for one in (claim(10, 1), claim(10, 3), claim(12, 2)):
        lane.take(one)
    assert lane.told() == [(1, 10), (2, 12), (3, 10)]


def test_a_correction_leaves_a_later_repetition_of_the_old_figure_in_place():
    lane = Lane()
    for one in (claim(10, 1), claim(10, 3, source="other"), claim(12, 1)):
        lane.take(one)
    assert lane.told() == [(1, 12), (3, 10)]


def test_a_correction_that_takes_a_change_back_is_news():
    lane = Lane()
    lane.take(claim(10, 1, source="one"))
    lane.take(claim(12, 2, source="two"))
    assert lane.take(claim(10, 2, source="two")) == 1
    assert lane.told() == [(1, 10)]


def test_the_first_claim_of_a_feed_is_dated_by_its_lag_whichever_payload_comes_first():
    lane = Lane()
    lane.take(claim(12, 9, known=2))
    assert lane.told() == [(2, 12)]
    lane.take(claim(10, 5, known=2))
    assert lane.told() == [(2, 10), (9, 12)]


def test_two_sources_that_date_a_period_differently_tell_one_story():
    lane = Lane()
    lane.take(claim(12, 9, known=2, source="feed"))
    lane.take(claim(10, 4, source="published"))
    at = dict(lane.told())
    assert at[4] == 10
    assert at[9] == 12


def test_a_row_that_only_sets_another_aside_claims_nothing():
    lane = Lane()
    lane.take(claim(10, 1, source="one"), claim(12, 2, source="two"))
    lane.take(claim(10, 2, source="two"))
    assert [row.value for row in lane.rows if row.claimed == NO_CLAIM] == [10]


CLAIMS = st.lists(
    st.builds(claim, st.sampled_from([10.0, 12.0, 14.0]), st.integers(1, 6), source=st.sampled_from("ab")),
    min_size=1,
    max_size=12,
)


def plainly(claims: list[Claim]) -> list[tuple[int, float]]:
    """Return the story of published claims: the last word of each claimant and instant, repetitions left out."""
    spoken = {one.said: one.value for one in claims}
    story: list[tuple[int, float]] = []
    for said in sorted(spoken):
        if not story or story[-1][1] != spoken[said]:
            story.append((said[0], spoken[said]))
    return story


@given(claims=CLAIMS, cut=st.integers(0, 12))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_published_claims_tell_the_story_of_the_log(claims, cut):
    one_by_one, in_two = Lane(), Lane()
    for one in claims:
        one_by_one.take(one)
    for part in (claims[:cut], claims[cut:]):
        if part:
            in_two.take(*part)
    assert one_by_one.told() == in_two.told() == plainly(claims)


@given(
    values=st.lists(st.sampled_from([10.0, 12.0]), min_size=1, max_size=6),
    shuffle=st.randoms(use_true_random=False),
)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_feed_tells_one_story_in_every_order_of_its_payloads(values, shuffle):
    claims = [claim(value, 10 + seen, known=3) for seen, value in enumerate(values)]
    expected = plainly(claims)
    expected[0] = (3, expected[0][1])
    lane = Lane()
    order = claims + shuffle.choices(claims, k=2)
    shuffle.shuffle(order)
    for one in order:
        lane.take(one)
    assert lane.told() == expected
