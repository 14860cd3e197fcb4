from datetime import date

import pytest

from metrics.catalogue_checks import indicator_faults

NAME = {"en": "Kiosks", "zh-Hant": "自助服務機", "zh-Hans": "自助服务机"}
GOOD = {
    "id": "kiosks",
    "leads": True,
    "work_item": 1,
    "unit": "locations",
    "frequency": "irregular",
    "direction": "higher_is_better",
    "stock": True,
    "bounds": [0, 500],
    "owner": "dpo",
    "reviewed": date(2026, 11, 21),
    "next_review": date(2027, 11, 21),
    "lag_days": 7,
    "fresh_days": 400,
    "name": NAME,
    "definition": NAME,
}


def faults_of(*entries, **changes):
    entries = entries or ({**GOOD, **changes},)
    return list(indicator_faults({"services": entries}, units={"locations", "%"}, organisations={"dpo"}))


def test_a_whole_entry_has_no_fault():
    assert faults_of() == []


@pytest.mark.parametrize("key", ["bounds", "owner", "reviewed", "next_review", "lag_days", "fresh_days"])
def test_an_indicator_that_leads_pages_needs_all_its_papers(key):
    entry = {k: v for k, v in GOOD.items() if k != key}
    assert faults_of(entry) == [f"services.toml: kiosks: lacks {key}, which an indicator that leads needs"]


def test_an_indicator_that_gives_context_needs_only_a_name_and_what_it_counts():
    keys = ("id", "work_item", "unit", "frequency", "direction", "stock", "name")
    assert faults_of({key: GOOD[key] for key in keys}) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"work_item": 6}, "work_item must be 1 to 5, found 6"),
        ({"unit": "furlongs"}, "unit 'furlongs' is not in units.toml"),
        ({"other_units": ["leagues"]}, "unit 'leagues' is not in units.toml"),
        ({"frequency": "often"}, "frequency 'often' is not known; expected one of live, daily"),
        ({"direction": "up"}, "direction 'up' is not known"),
        ({"audience": "friends"}, "audience 'friends' is not known"),
        ({"owner": "nobody"}, "owner 'nobody' is not in organisations.toml"),
        ({"bounds": [5, 5]}, "bounds must be two numbers, the lower first"),
        ({"next_review": date(2026, 1, 1)}, "next_review 2026-01-01 must come after reviewed 2026-11-21"),
        ({"lag_days": 500}, "fresh_days 400 must be more than lag_days 500"),
        ({"stock": "yes"}, "stock must be bool, found 'yes'"),
        ({"decimals": True}, "decimals must be int, found True"),
        ({"id": "Kiosks"}, "id must be snake_case"),
        ({"breaks": [{"on": "2020", "places": []}]}, "break on must be a date, found '2020'"),
        (
            {"breaks": [{"on": date(2020, 1, 1), "places": "macao"}]},
            "break places must be a list of place ids",
        ),
        ({"breaks": [{"from": date(2020, 1, 1)}]}, "break has an unknown key 'from'"),
        ({"parts": ["kind=a"]}, "parts must be two or more different breakdowns"),
        ({"parts": ["kind=a", "kind=a"]}, "parts must be two or more different breakdowns"),
        ({"parts": ["fixed", "moving"]}, "parts must be two or more different breakdowns"),
        ({"parts": "kind=a"}, "parts must be list"),
        ({"colour": "red"}, "has an unknown key 'colour'"),
        ({"definition": {"en": "x"}}, "lacks definition in zh-Hant, zh-Hans"),
    ],
)
def test_each_slip_is_told_in_words(changes, words):
    assert any(words in fault for fault in faults_of(**changes)), faults_of(**changes)


def test_all_faults_of_all_entries_are_told_together():
    assert len(faults_of({**GOOD, "unit": "x", "owner": "y"}, {**GOOD, "id": "other", "work_item": 0})) == 3


def test_an_id_may_stand_in_one_file_only():
    files = {"services": [GOOD], "transport": [GOOD]}
    assert list(indicator_faults(files, units={"locations"}, organisations={"dpo"})) == [
        "transport.toml: kiosks: stands in services.toml too"
    ]


def test_a_rule_of_derivation_must_name_indicators_that_exist_and_a_sane_factor():
    rule = {"op": "sum", "of": "nothing", "per": "kiosks", "times": 0, "match": "nearest"}
    assert faults_of(derive=rule) == [
        "services.toml: kiosks: derive op 'sum' is not known; expected one of ratio",
        "services.toml: kiosks: derive match 'nearest' is not known; expected one of newest, same_period",
        "services.toml: kiosks: derive times must be a number above 0, found 0",
        "services.toml: kiosks: derive of 'nothing' is no indicator of the catalogue",
    ]
