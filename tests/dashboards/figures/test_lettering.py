import itertools

import pytest

from dashboards.figures.lettering import lines, plain, shortened, spread, two_lines, width


def test_markup_in_a_name_is_shown_and_not_obeyed():
    assert plain("<b>&") == "&lt;b&gt;&amp;"


def test_a_chinese_character_is_as_wide_as_the_type_is_high():
    assert width("珠海", 12) == 24
    assert width("il", 12) < width("mw", 12) < width("珠海", 12)


@pytest.mark.parametrize(
    "text", ["Figures rest on different counting bases", "數字的統計基準不同：比較時須留意，不可相加。"]
)
def test_lines_fit_the_room_and_lose_nothing(text):
    done = lines(text, 12, 120)
    assert len(done) > 1
    assert all(width(line, 12) <= 120 for line in done)
    assert "".join(done).replace(" ", "") == text.replace(" ", "")


def test_a_line_never_begins_with_a_closing_sign():
    assert not any(line[0] in "，。" for line in lines("一二三四，一二三四。", 10, 40))


def test_numbers_and_latin_words_inside_chinese_stay_whole():
    assert any("65,000" in line for line in lines("深圳市超過65,000個基站", 10, 55))


def test_a_shortened_name_fits_and_says_that_it_was_cut():
    cut = shortened("Hong Kong-Zhuhai-Macao Bridge", 12, 100)
    assert cut.endswith("…")
    assert width(cut, 12) <= 100
    assert shortened("Lo Wu", 12, 100) == "Lo Wu"


def test_labels_keep_their_order_and_their_distance():
    places = spread([10, 11, 12, 90], 20, 0, 100)
    assert places == sorted(places)
    assert all(b - a >= 20 for a, b in itertools.pairwise(places))
    assert spread([90, 91], 20, 0, 100) == [80, 100]


def test_too_many_labels_come_closer_and_none_is_dropped():
    places = spread([5] * 11, 20, 0, 100)
    assert len(places) == 11
    assert min(places) == 0
    assert max(places) == 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Macao",
        "Guangdong (provincial count, 28 Mar 2024)",
        "口岸各類旅客每月人次數目及其他",
        "one\u00a0two  three",
    ],
)
def test_two_lines_say_the_text_as_it_was_written_and_cut_only_the_second(text: str) -> None:
    for room in (20.0, 60.0, 400.0):
        said = two_lines(text, 12.0, room)
        assert len(said) in {1, 2}
        if not any("…" in line for line in said):
            assert "".join("".join(said).split()) == "".join(text.split())
        assert len(said) == 1 or said[0] in text or said[0].endswith("…")
