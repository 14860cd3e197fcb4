from metrics.entries import CatalogueFaults, entries_in, frozen_text, key_faults, read_file, text_faults


def test_a_file_that_is_absent_is_one_fault_and_empty(tmp_path):
    faults = []
    assert read_file(tmp_path, "services", faults) == {}
    assert len(faults) == 1
    assert faults[0].startswith("services.toml: file: not found")


def test_a_file_that_is_no_toml_says_so_without_raising(tmp_path):
    (tmp_path / "services.toml").write_text("[[indicator]\nid = 1\n", encoding="utf-8")
    faults = []
    assert read_file(tmp_path, "services", faults) == {}
    assert "services.toml: file: is no TOML" in faults[0]


def test_an_entry_that_stands_twice_and_one_without_an_id_are_both_named():
    faults = []
    tables = {"unit": [{"id": "km", "kind": "length"}, {"id": "km", "kind": "count"}, {"kind": "count"}]}
    kept = entries_in(tables, "units", "unit", faults)
    assert [entry["id"] for entry in kept] == ["km"]
    assert faults == ["units.toml: km: stands 2 times", "units.toml: unit 3: has no id"]


def test_a_text_must_stand_in_all_three_languages_and_in_no_other():
    assert list(text_faults({}, "name")) == ["lacks name in en, zh-Hant, zh-Hans"]
    wrong = {"name": {"en": "Kiosks", "zh-Hant": " ", "fr": "Bornes"}}
    assert list(text_faults(wrong, "name")) == [
        "lacks name in zh-Hant, zh-Hans",
        "has name in fr; expected en, zh-Hant, zh-Hans",
    ]


def test_a_slip_of_the_pen_in_a_key_is_named_with_what_was_meant():
    assert list(key_faults({"id": "x", "direktion": "up"}, ("id", "direction"))) == [
        "has an unknown key 'direktion'; expected one of direction, id"
    ]


def test_a_frozen_text_has_every_language_and_cannot_be_changed():
    text = frozen_text({"name": {"en": "Kiosks"}}, "name")
    assert dict(text) == {"en": "Kiosks", "zh-Hant": "", "zh-Hans": ""}
    assert not hasattr(text, "__setitem__")


def test_the_error_names_every_fault_one_a_line():
    error = CatalogueFaults(["a.toml: x: lacks unit", "b.toml: y: lacks name"])
    assert error.faults == ("a.toml: x: lacks unit", "b.toml: y: lacks name")
    assert str(error).splitlines()[1:] == list(error.faults)
