import pytest

from dashboards.figures.classes import breaks, class_of, round_between


def test_breaks_lie_between_the_values_at_round_numbers():
    assert breaks([7_472, 8_305, 21_000, 48_000, 65_000]) == (8_000, 10_000, 30_000, 50_000)


def test_equal_values_are_never_parted():
    values = [1, 1, 1, 1, 2, 2, 9]
    cuts = breaks(values)
    assert len({class_of(1, cuts)}) == 1
    assert class_of(1, cuts) < class_of(2, cuts) < class_of(9, cuts)


@pytest.mark.parametrize(
    "values", [range(1, 12), [0.12, 3.4, 17, 22, 31, 40, 55], [-5, -2, 1, 3, 8], range(1000)]
)
def test_there_are_five_classes_and_none_is_empty(values):
    cuts = breaks(values)
    assert list(cuts) == sorted(set(cuts))
    assert {class_of(value, cuts) for value in values} == set(range(len(cuts) + 1)) == set(range(5))


def test_few_values_make_few_classes():
    assert breaks([]) == ()
    assert breaks([5.0]) == ()
    assert len(breaks([5.0, 6.0])) == 1
    assert breaks([float("nan"), 3.0]) == ()


def test_many_values_are_cut_at_rounder_numbers_than_lie_between_two_of_them():
    cuts = breaks(80_000 + 7 * n for n in range(1_000))
    assert len(cuts) == 4
    assert all(cut % 100 == 0 for cut in cuts)


@pytest.mark.parametrize(
    ("low", "high"), [(7_472, 8_305), (0.12, 0.13), (-5, -2), (1e9, 1e9 + 7), (-1, 1), (0, 3)]
)
def test_a_round_number_is_above_the_lower_value_and_not_above_the_upper(low, high):
    assert low < round_between(low, high) <= high


def test_a_value_at_a_break_belongs_to_the_class_above_it():
    assert class_of(10, (10, 20)) == 1
    assert class_of(9.99, (10, 20)) == 0
