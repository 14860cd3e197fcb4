"""A pack made whole: how far it is, and what could not be drawn or shown."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboards.briefings import making
from dashboards.briefings.packs.forms import FORMS
from dashboards.briefings.packs.made import made
from dashboards.briefings.packs.reading import read
from dashboards.exports.engine import ImageError
from tests.dashboards.briefings.packs.packing import MAP, RANKING, drawing_of, own_of


def refusing(_figure, _canvas) -> bytes:
    raise ImageError("picture.image_failed", "Chromium died")


@pytest.mark.parametrize("languages", [("en",), ("zh-Hant", "en")])
@pytest.mark.parametrize("form", sorted(FORMS))
def test_progress_only_grows_and_ends_at_all(opening_desk, form, languages):
    seen = []
    done = made(
        own_of(MAP, RANKING, languages=languages), FORMS[form], drawing_of(opening_desk), opening_desk,
        progress=lambda at, of: seen.append((at, of)),
    )  # fmt: skip
    everything = 2 * len(languages) + 2 + 2
    assert {of for _at, of in seen} == {everything}
    assert [at for at, _of in seen] == sorted(at for at, _of in seen)
    assert seen[0][0] == 1
    assert seen[-1][0] == everything
    assert done.whole is (form != "pdf" or done.undrawn == 0)


class StopError(Exception):
    """Says that somebody pressed Ctrl-C, or cancelled."""


@pytest.mark.parametrize("after", [1, 5])
def test_whoever_is_told_may_end_it_at_every_step(opening_desk, after):
    def stop(at: int, _of: int) -> None:
        if at >= after:
            raise StopError

    with pytest.raises(StopError):
        made(own_of(MAP, RANKING), FORMS["html"], drawing_of(opening_desk), opening_desk, progress=stop)


def test_charts_that_could_not_be_drawn_are_counted_and_their_figures_stand(opening_desk):
    draws = replace(drawing_of(opening_desk), engine=SimpleNamespace(able=True, draw=refusing))
    done = made(own_of(MAP, RANKING), FORMS["pdf"], draws, opening_desk)
    assert (done.undrawn, done.failed, done.whole) == (2, 0, False)
    text = read(done.body).shown[0][0]
    assert text.count("Thechartcouldnotbedrawn") == 2
    told = done.pack.slides[1].telling
    assert all("".join(figure.split()) in text for figure in told.rows["figure"])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_chart_that_fails_is_a_slide_that_says_so_and_the_others_are_whole(opening_desk, monkeypatch, form):
    def breaks(_style):
        raise ZeroDivisionError("a chart of nothing")

    def telling(page, panel, *rest, **more):
        told = tell(page, panel, *rest, **more)
        return replace(told, figure=breaks) if panel.id == MAP.panel_id else told

    tell = making.tell
    monkeypatch.setattr(making, "tell", telling)
    done = made(own_of(MAP, RANKING), FORMS[form], drawing_of(opening_desk), opening_desk)
    assert (done.failed, done.whole) == (1, False)
    assert [slide.kind for slide in done.pack.slides] == ["title", "failed", "chart", "sources"]
    words = opening_desk.words["en"]
    said = "".join("".join(part.split()) for shown in read(done.body).shown for part in shown)
    for key in ("briefing.no_slide", "ui.panel_failed"):
        assert "".join(words.t(key).split()) in said
