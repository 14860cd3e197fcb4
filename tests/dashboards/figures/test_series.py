from dashboards.figures.series import joined, lines, stretches
from tests.dashboards.figures.world import figures, one, style

MONTHS = [("2025-01-01", "2025-01-31"), ("2025-02-01", "2025-02-28"), ("2025-04-01", "2025-04-30")]


def months(*values, **more):
    return figures(
        *(
            one("macao", value, end, start, span="month", **more)
            for value, (start, end) in zip(values, MONTHS, strict=False)
        )
    )


def runs(frame):
    return [[dot.row.value for dot in dots] for line in lines(frame, style()) for _, dots in stretches(line)]


def test_a_gap_in_the_months_stays_a_gap():
    assert runs(months(1.0, 2.0, 3.0)) == [[1.0, 2.0]]


def test_a_missing_figure_is_a_gap_too():
    assert runs(months(1.0, float("nan"), 3.0)) == []


def test_a_stock_at_a_date_is_never_joined_with_a_year():
    frame = figures(
        one("macao", 1.0, "2023-12-31", "2023-01-01", span="year"),
        one("macao", 2.0, "2024-12-31"),
        one("macao", 3.0, "2025-12-31"),
    )
    found = lines(frame, style())
    assert {line.span: len(line.dots) for line in found} == {"year": 1, "point": 2}
    assert runs(frame) == [[2.0, 3.0]]


def test_two_counting_bases_are_two_lines_and_each_says_which():
    frame = figures(
        one("shenzhen", 46_480.0, "2020-08-14", counting_basis="municipal"),
        one("shenzhen", 30_591.0, "2020-08-31", counting_basis="provincial"),
    )
    assert runs(frame) == []
    assert {line.name for line in lines(frame, style())} == {
        "Shenzhen (municipal count)",
        "Shenzhen (provincial count)",
    }


def test_a_series_break_is_not_bridged():
    frame = figures(
        one("macao", 1.0, "2019-12-31"), one("macao", 2.0, "2020-12-31"), one("macao", 3.0, "2021-12-31")
    )
    frame["series_break"] = [False, True, False]
    assert runs(frame) == [[2.0, 3.0]]


def test_sums_since_a_date_are_never_joined():
    frame = figures(
        one("macao", 1.0, "2024-12-31", "2020-01-01", span="since"),
        one("macao", 2.0, "2025-12-31", "2020-01-01", span="since"),
    )
    assert runs(frame) == []


def test_a_qualified_end_makes_its_joins_less_firm():
    frame = figures(
        one("macao", 1.0, "2019-12-31"),
        one("macao", 2.0, "2020-12-31"),
        one("macao", 3.0, "2021-12-31", qualifier="over"),
    )
    (line,) = lines(frame, style())
    assert [(firm, len(dots)) for firm, dots in stretches(line)] == [(True, 2), (False, 2)]


def test_different_units_are_different_lines():
    frame = figures(one("macao", 1.0, unit="stations"), one("macao", 2.0, "2026-12-31", unit="users"))
    assert len(lines(frame, style())) == 2


def test_years_that_follow_each_other_are_joined_and_financial_years_too():
    (line,) = lines(
        figures(
            one("macao", 1.0, "2024-03-31", "2023-04-01", span="year"),
            one("macao", 2.0, "2025-03-31", "2024-04-01", span="year"),
        ),
        style(),
    )
    assert joined(*line.dots)
