import itertools

import pandas as pd
import pytest

from dashboards.figures import trend
from tests.dashboards.figures.world import CITIES, EVERY_STYLE, figures, one, sound, style, texts


def history(*places, years=range(2019, 2026)):
    return figures(
        *(
            one(place, 1_000.0 * (n + 1) * (year - 2010), f"{year}-12-31")
            for n, place in enumerate(places)
            for year in years
        )
    )


FULL = history(*CITIES)
FRAMES = {
    "empty": figures(),
    "one city": history("macao"),
    "one figure": figures(one("macao", 5.0)),
    "full": FULL,
}


def drawn(figure, dash):
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.dash == dash]


@pytest.mark.parametrize("look", EVERY_STYLE)
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_every_frame_draws_and_names_its_lines(frame, look):
    figure = trend.lines(frame, look)
    sound(figure)
    named = set(frame["place_id"]) if len(frame) else set()
    assert all(look.place(place) in texts(figure) for place in named)
    if not named:
        assert look.t("ui.no_figure") in texts(figure)


def test_names_at_the_ends_stand_clear_of_one_another():
    figure = trend.lines(FULL, style())
    low, high = figure.layout.yaxis.range
    names = [a for a in figure.layout.annotations if a.xref == "paper" and a.x == 1]
    assert len(names) == 11
    places = sorted((high - a.y) / (high - low) * trend.HEIGHT for a in names)
    assert all(b - a > style().size - 1 for a, b in itertools.pairwise(places))


def test_a_qualified_figure_has_its_own_mark_and_key():
    frame = figures(one("macao", 1.0, "2020-12-31"), one("macao", 2.0, "2021-12-31", qualifier="over"),
                    one("macao", 3.0, "2022-12-31", qualifier="approx"))  # fmt: skip
    figure = trend.lines(frame, style())
    marks = next(trace for trace in figure.data if trace.mode == "markers")
    assert list(marks.marker.symbol) == ["circle", "triangle-up", "circle-open"]
    assert {"over", "about"} <= set(texts(figure).split("\n"))
    assert not drawn(figure, "solid")


def test_a_provisional_figure_is_hollow_and_dotted():
    frame = figures(one("macao", 1.0, "2020-12-31"), one("macao", 2.0, "2021-12-31", status="provisional"))
    figure = trend.lines(frame, style())
    assert next(trace for trace in figure.data if trace.mode == "markers").marker.symbol[1] == "diamond-open"
    assert "provisional" in texts(figure)
    assert drawn(figure, "2px,3px")


def test_gaps_stay_gaps():
    days = pd.date_range("2025-01-01", "2025-03-31").delete(slice(30, 40))
    frame = figures(*(one("macao", 5.0, day, day, span="day") for day in days))
    (line,) = drawn(trend.lines(frame, style()), "solid")
    assert list(line.y).count(None) == 2


def test_events_are_numbered_in_the_chart_and_told_below():
    frame = history("macao")
    frame.attrs["events"] = [
        ("2024-06-30", "Shenzhen-Zhongshan Link opens"),
        ("1999-12-20", "before the chart"),
    ]
    seen = texts(trend.lines(frame, style()))
    assert "①" in seen
    assert "Shenzhen-Zhongshan" in seen
    assert "before the chart" not in seen


def test_a_break_of_the_series_is_marked():
    frame = history("macao").assign(series_break=[False, False, True, False, False, False, False])
    assert "//" in texts(trend.lines(frame, style()))
    assert "series break" in texts(trend.lines(frame, style()))


def test_a_scale_that_does_not_begin_at_zero_says_so():
    frame = figures(one("macao", 98.0, "2024-12-31"), one("macao", 104.0))
    assert "not at zero" in texts(trend.lines(frame, style()))
    assert "not at zero" not in texts(trend.lines(history("macao"), style()))


def test_a_name_with_markup_is_shown_as_it_is_written():
    frame = history("macao").assign(label="<b>x</b>")
    assert "&lt;b&gt;" in texts(trend.lines(frame, style()))


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_for_a_trend_tell_its_first_and_newest_figure(look):
    said = trend.alt(history("macao"), look)
    assert "9,000" in said
    assert "15,000" in said
    assert trend.alt(figures(), look)


def test_long_names_keep_their_first_words_where_all_have_room_for_two_lines():
    long = [
        f"{name} by the count of the province, shared sites included" for name in ("Alpha", "Beta", "Gamma")
    ]
    labels, gap = trend._labels([line_named(name) for name in long], style(), 90.0)
    assert all(len(label) > 2 for label in labels[:1])
    many = [f"{n} by the count of the province, shared sites included" for n in "ABCDEF"]
    labels, gap = trend._labels([line_named(name) for name in many], style(), 90.0)
    assert [len(label) for label in labels] == [2] * 6
    assert all(label[0].startswith(f"<b>{name[0]} by") for name, label in zip(many, labels, strict=True))
    assert all("…" in label[1] for label in labels)
    assert gap * 6 <= trend.HEIGHT


def test_names_that_had_to_be_cut_stand_whole_below_in_the_colour_of_their_line():
    names = [f"{place} by the count of the province" for place in CITIES]
    whole = pd.concat([history(place).assign(label=name) for place, name in zip(CITIES, names, strict=True)])
    figure = trend.lines(whole, style())
    written = {note.text: note for note in figure.layout.annotations}
    below = [written[name] for name in names]
    assert all(note.yshift < 0 for note in below)
    assert {note.font.color for note in figure.layout.annotations if note.text == "●"} >= set(
        style().palette.series
    )
    assert figure.layout.margin.b > trend.lines(FULL, style()).layout.margin.b
    assert "●" not in texts(trend.lines(FULL, style()))


def line_named(name: str):
    (line,) = trend.gathered(figures(one("macao", 1.0, "2020-12-31")).assign(label=name), style())
    return line
