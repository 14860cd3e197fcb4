import plotly.graph_objects as go
import pytest

from dashboards.figures.legend import Key, class_legend, class_names, draw_keys, draw_notes, shades
from dashboards.figures.lettering import width
from tests.dashboards.figures.world import EVERY_STYLE, style

LOOKS = ("fill", "outline", "hatch", "dots", "dashes", "plain", "▲")


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_every_mark_has_a_sample_and_its_words(look):
    figure = go.Figure()
    used = draw_keys(
        figure, look, [Key(look=name, text=f"words of {name}", colour="#123456") for name in LOOKS], 8
    )
    said = [annotation.text for annotation in figure.layout.annotations]
    assert all(f"words of {name}" in said for name in LOOKS)
    assert len(figure.layout.shapes) >= len(LOOKS) - 1
    assert used > 8


def test_a_legend_fits_a_telephone():
    figure = go.Figure()
    look = style()
    draw_keys(
        figure, look, [Key(look="fill", text="a rather long text of a key " * 3, colour="#123456")] * 3, 0
    )
    for annotation in figure.layout.annotations:
        assert annotation.xshift + width(annotation.text, look.size - 1) <= look.room


def test_absences_look_different_from_one_another():
    drawn = set()
    for name in ("hatch", "dots", "dashes", "plain", "outline", "fill"):
        figure = go.Figure()
        draw_keys(figure, style(), [Key(look=name, text="", colour="#123456")], 0)
        drawn.add(str([(s.type, s.fillcolor, s.line.dash, s.line.color) for s in figure.layout.shapes]))
    assert len(drawn) == 6


def test_each_class_is_named_by_the_figures_it_holds():
    figure = go.Figure()
    class_legend(figure, style(), (8_000, 30_000), 0)
    said = [annotation.text for annotation in figure.layout.annotations]
    assert said == ["under 8,000", "8,000 to under 30,000", "30,000 or more"]
    assert len({shape.fillcolor for shape in figure.layout.shapes}) == 3


def test_a_single_class_is_named_too():
    assert class_names((), style()) == ["one figure"]


def test_few_classes_use_the_far_ends_of_the_ramp():
    assert shades(style(), 2) == [0, 4]
    assert shades(style(), 5) == [0, 1, 2, 3, 4]


def test_notes_are_written_as_text_and_nothing_else():
    figure = go.Figure()
    assert draw_notes(figure, style(), [], 5) == 5
    assert draw_notes(figure, style(), ["<i>note</i>"], 5) > 5
    assert figure.layout.annotations[0].text == "&lt;i&gt;note&lt;/i&gt;"


def test_keys_that_need_more_than_a_row_stand_in_columns():
    figure = go.Figure()
    look = style()
    names = ["under 10,000", "10,000 to under 20,000", "20,000 to under 40,000", "40,000 or more", "none"]
    draw_keys(figure, look, [Key(look="fill", text=name, colour="#123456") for name in names], 0)
    starts = [note.xshift for note in figure.layout.annotations]
    rows = [note.yshift for note in figure.layout.annotations]
    columns = sorted(set(starts))
    assert starts == [columns[n % len(columns)] for n in range(len(names))]
    assert len(set(rows)) == -(-len(names) // len(columns))


def test_keys_that_fit_one_row_stand_close():
    figure = go.Figure()
    draw_keys(figure, style(), [Key(look="▲", text="over"), Key(look="○", text="about")], 0)
    first, second = (note for note in figure.layout.annotations if note.text in {"over", "about"})
    assert first.yshift == second.yshift
    assert second.xshift - first.xshift < style().room / 2
