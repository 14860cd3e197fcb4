import pytest

from dashboards.figures.map_ground import TINY, VIEW
from dashboards.figures.map_labels import NARROWEST, Screen, box, free_labels, overlap, place_labels, ratio
from dashboards.i18n import LANGUAGES
from tests.dashboards.figures.world import CITIES, CROSSINGS

POINTS = {place: facts[3] for place, facts in CITIES.items()}


def boxes(labels, texts, screen, size=11.5):
    return {
        label.place_id: box(screen.px((label.lon, label.lat)), label.position, texts[label.place_id], size)
        for label in labels
    }


@pytest.mark.parametrize("lang", range(3), ids=LANGUAGES)
@pytest.mark.parametrize("mark", ["", " ▲"])
@pytest.mark.parametrize("wide", [NARROWEST, 400.0, 640.0, 1000.0])
def test_the_names_of_all_eleven_cities_stand_clear_of_one_another_at_every_width(lang, mark, wide):
    texts = {place: facts[lang] + mark for place, facts in CITIES.items()}
    labels = place_labels(POINTS, texts, Screen(bounds=VIEW, width=NARROWEST), 11.5, room=1.0, beside=TINY)
    screen = Screen(bounds=VIEW, width=wide)
    placed = boxes(labels, texts, screen)
    assert set(placed) == set(CITIES)
    for place, area in placed.items():
        assert all(overlap(area, other) == 0 for name, other in placed.items() if name != place)
        assert area[0] >= 0
        assert area[1] >= 0
        assert area[2] <= screen.width
        assert area[3] <= screen.height


def test_a_city_too_small_for_its_name_is_not_covered_by_it():
    texts = {place: facts[0] for place, facts in CITIES.items()}
    labels = place_labels(POINTS, texts, Screen(bounds=VIEW, width=NARROWEST), 11.5, beside=TINY)
    macao = next(label for label in labels if label.place_id == "macao")
    assert macao.position != "middle center" or macao.leader


def test_the_screen_finds_its_own_points_again():
    screen = Screen(bounds=VIEW, width=500)
    for point in POINTS.values():
        assert screen.point(screen.px(point)) == pytest.approx(point)
    assert screen.height == pytest.approx(500 * ratio(VIEW))


def test_labels_of_discs_cover_no_disc_and_no_other_label():
    placed = {place: facts for place, facts in CROSSINGS.items() if facts[3]}
    points = {place: (facts[3], facts[4]) for place, facts in placed.items()}
    screen = Screen(bounds=(113.85, 22.25, 114.3, 22.6), width=NARROWEST)
    radii = dict.fromkeys(points, 12.0)
    texts = {place: facts[1] for place, facts in placed.items()}
    labels = free_labels(points, texts, screen, 11, radii, [(0.0, 0.0, 40.0, 40.0)])
    assert labels
    areas = list(boxes(labels, texts, screen, 11).values())
    for n, area in enumerate(areas):
        assert all(overlap(area, other) == 0 for other in areas[n + 1 :])
        for place, point in points.items():
            x, y = screen.px(point)
            if labels[n].place_id != place:
                assert overlap(area, (x - 12, y - 12, x + 12, y + 12)) == 0


def test_a_disc_without_room_goes_without_its_name():
    points = {f"p{n}": (114.0, 22.4) for n in range(40)}
    screen = Screen(bounds=(113.9, 22.3, 114.1, 22.5), width=120)
    labels = free_labels(points, dict.fromkeys(points, "a long name"), screen, 11, dict.fromkeys(points, 3.0))
    assert len(labels) < len(points)
