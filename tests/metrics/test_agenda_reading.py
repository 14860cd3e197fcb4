"""Reading the agenda's files: what is wrong is said with its place, and all of it."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.agenda_reading import Faults, Reader, document, gathered_on, known, tables
from metrics.agenda_values import Dated, Known


def reader(**entry):
    faults = Faults()
    return Reader("file.toml: one", entry, faults), faults.said


def test_a_missing_field_is_said():
    one, said = reader()
    assert one.need("owner", str, "") == ""
    assert said == ["file.toml: one: owner is missing"]


@pytest.mark.parametrize(("value", "kind"), [(3, str), ("3", int), (True, int), (1, bool), ([], dict)])
def test_a_field_of_another_kind_is_a_fault_and_gives_the_default(value, kind):
    one, said = reader(field=value)
    assert one.get("field", kind, None) is None
    assert len(said) == 1
    assert "not of the kind expected" in said[0]


def test_a_word_outside_the_list_names_the_list():
    one, said = reader(kind="wish")
    assert one.choice("kind", ("target", "plan")) == "target"
    assert said == ["file.toml: one: kind = 'wish'; expected one of target, plan"]


def test_an_optional_word_may_be_left_out():
    one, said = reader()
    assert one.choice("kind", ("target", "plan"), "plan") == "plan"
    assert said == []


def test_a_text_needs_all_three_languages_and_no_fourth():
    one, said = reader(name={"en": "One", "zh-Hant": " ", "fr": "Un"})
    assert one.words("name")["en"] == "One"
    assert said == [
        "file.toml: one: name.zh-Hant is missing",
        "file.toml: one: name.zh-Hans is missing",
        "file.toml: one: name.fr is no language of ours (en, zh-Hant, zh-Hans)",
    ]


def test_an_id_named_twice_in_a_list_is_a_fault():
    one, said = reader(places=["macao", "macao"], owners=["", 3])
    one.ids("places")
    one.ids("owners")
    assert said[0] == "file.toml: one: places names one id twice"
    assert len(said) == 3


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        (date(2024, 6, 14), date(2024, 6, 14), "day"),
        ("2024-02", date(2024, 2, 29), "month"),
        ("2021", date(2021, 12, 31), "year"),
    ],
)
def test_a_date_stands_for_the_end_of_what_was_published(written, on, precision):
    one, said = reader(due_on=written)
    assert one.dated("due_on") == Dated(on=on, precision=precision)
    assert said == []


@pytest.mark.parametrize("written", ["2024-13", "2024-00", "soon", "14-06-2024", 2024])
def test_what_is_no_date_is_a_fault(written):
    one, said = reader(due_on=written)
    assert one.dated("due_on") is None
    assert len(said) == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.gov.hk", "https://", "https://a b/"])
def test_what_is_no_web_address_is_a_fault(address):
    one, said = reader(url=address)
    one.url("url")
    assert len(said) == 1


def test_a_misspelt_field_is_told():
    one, said = reader(duo_on="2024")
    one.dated("due_on")
    one.done()
    assert said == ["file.toml: one: duo_on is not known; is it misspelt?"]


def test_a_source_without_tier_is_told_under_its_entry():
    one, said = reader(source={"title": "T", "publisher": "P"})
    assert one.evidence().title == "T"
    assert said == ["file.toml: one: source: tier is missing"]


def test_a_file_that_is_missing_or_broken_is_one_fault(tmp_path):
    (tmp_path / "broken.toml").write_text("= 3", encoding="utf-8")
    faults = Faults()
    assert document(tmp_path, "absent.toml", faults) == {}
    assert document(tmp_path, "broken.toml", faults) == {}
    assert [one.split(":")[0] for one in faults.said] == ["absent.toml", "broken.toml"]


def test_ids_that_come_twice_or_are_no_ids_are_faults(tmp_path):
    (tmp_path / "f.toml").write_text(
        '[[x]]\nid = "a_b"\n[[x]]\nid = "a_b"\n[[x]]\nid = "A b"\n', encoding="utf-8"
    )
    faults = Faults()
    assert len(list(tables(tmp_path, "f.toml", "x", faults))) == 3
    assert faults.said == [
        "f.toml: a_b: comes twice",
        "f.toml: A b: an id is small letters, digits and single underscores",
    ]


def test_a_table_without_its_day_of_gathering_is_a_fault(tmp_path):
    (tmp_path / "f.toml").write_text("gathered_on = 2026-11-21\n", encoding="utf-8")
    (tmp_path / "g.toml").write_text("", encoding="utf-8")
    faults = Faults()
    assert gathered_on(tmp_path, "f.toml", faults) == date(2026, 11, 21)
    assert gathered_on(tmp_path, "g.toml", faults) == date.max
    assert len(faults.said) == 1


LIMIT = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("dated", "inferred", "expected"),
    [
        (Dated(on=date(2024, 3, 28), precision="day"), False, Known(on=date(2024, 3, 28), precision="day")),
        (
            Dated(on=date(2024, 3, 31), precision="month"),
            False,
            Known(on=date(2024, 3, 31), precision="month"),
        ),
        (
            Dated(on=date(2023, 12, 31), precision="year"),
            False,
            Known(on=date(2023, 12, 31), precision="estimated"),
        ),
        (
            Dated(on=date(2024, 3, 28), precision="day"),
            True,
            Known(on=date(2024, 3, 28), precision="estimated"),
        ),
        (Dated(on=date(2026, 12, 31), precision="year"), False, Known(on=LIMIT, precision="estimated")),
    ],
)
def test_nothing_is_known_after_it_was_gathered_and_a_year_is_only_about(dated, inferred, expected):
    assert known(dated, LIMIT, inferred=inferred) == expected
