"""The product's own agenda: complete, in three languages, and true to its dates."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import pytest

from geo.places import LANGUAGES, atlas
from metrics.agenda import FOLDER, AgendaFaults, agenda, disagreements, read_agenda
from metrics.indicators import catalogue
from tests.shared import SHARED

SIMPLIFIED = "这国际务数据网络证认电广门样进为实个们时发开设应动临处号业区连经济县务会东庆图线达报样览"
TRADITIONAL = "這國際務數據網絡證認電廣門樣進為實個們時發開設應動臨處號業區連經濟縣務會東慶圖線達報覽"
needs_shared = pytest.mark.skipif(SHARED is None, reason="the gathered tables are not beside this checkout")


class AnyPlace:
    def __contains__(self, place_id):
        return place_id in atlas()


def changed(tmp_path, file, old, new):
    folder = tmp_path / "agenda"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def faults_of(folder):
    with pytest.raises(AgendaFaults) as caught:
        read_agenda(folder)
    return caught.value.faults


def test_the_agenda_is_whole():
    book = agenda()
    assert list(book.work_items) == [1, 2, 3, 4, 5]
    assert len(book.milestones) == 85
    assert len(book.targets) == 79
    assert len({t.id for t in book.targets}) == 79
    assert {i.work_item for i in book.initiatives} == {1, 2, 3, 4, 5}
    assert agenda() is book


def test_every_name_stands_in_three_languages_and_the_two_chinese_forms_differ_in_script():
    book = agenda()
    named = [
        *(m.names for m in book.milestones.values()),
        *(i.names for i in book.initiatives),
        *(w.statement for w in book.work_items.values()),
    ]
    for names in named:
        assert set(names) == set(LANGUAGES)
        assert names["zh-Hant"] != names["zh-Hans"]
        assert "“" not in names["zh-Hant"]
        assert "「" not in names["zh-Hans"]
        assert not set(SIMPLIFIED) & set(names["zh-Hant"])
        assert not set(TRADITIONAL) & set(names["zh-Hans"])


def test_the_traditional_form_uses_hong_kong_words_and_the_simplified_form_mainland_words():
    hant = " ".join(m.names["zh-Hant"] for m in agenda().milestones.values())
    hans = " ".join(m.names["zh-Hans"] for m in agenda().milestones.values())
    for mainland in ("應用程序", "小程序", "網絡安全", "柜台", "櫃檯", "上線", "充值", "註冊"):
        assert mainland not in hant
    for hong_kong in ("小程式", "柜位", "柜枱", "增值", "遥距", "登记用户"):
        assert hong_kong not in hans


def test_every_initiative_that_the_governments_name_keeps_a_row():
    assert [i.id for i in agenda().initiatives] == [
        "cbps_hong_kong",
        "cbps_guangdong",
        "kiosks_hong_kong",
        "kiosks_mainland",
        "kiosks_macao",
        "iam_smart",
        "yue_sheng_shi",
        "cultural_tourism",
        "transport_interconnection",
        "iam_smart_link",
        "iam_smart_counters",
        "gba_5g",
        "data_flow",
        "agreements",
        "expert_group_meetings",
    ]


def test_the_agenda_names_only_what_the_catalogue_and_the_atlas_know():
    known = catalogue()
    told = disagreements(
        agenda(),
        indicators=known.by_id,
        places=AnyPlace(),
        organisations=known.organisations.by_id,
    )
    assert list(told) == []


def test_a_target_is_in_the_unit_of_its_indicator():
    known = catalogue()
    assert [t.id for t in agenda().targets if t.unit != known.get(t.indicator_id).unit] == []


def test_a_name_unknown_to_the_catalogue_is_told_with_its_entry():
    told = list(disagreements(agenda(), indicators=set(), places=set(), organisations={"dpo"}))
    assert "initiatives.toml: cbps_guangdong: organisation 'gd_asgd' is not known" in told
    assert "targets.toml: dc_pue_guangdong_open: indicator 'dc_pue' is not known" in told
    assert "meetings.toml: egscc_2: place 'hong_kong' is not known" in told
    assert not any("'dpo'" in one for one in told)


def test_the_first_meeting_is_known_by_its_report_and_the_second_by_its_day():
    first, second = agenda().meetings
    assert (first.as_of, first.precision, first.place) == (date(2024, 3, 28), "reported", "guangzhou")
    assert (second.as_of, second.precision, second.place) == (date(2025, 5, 15), "day", "hong_kong")
    assert second.inferred == ("date",)


def test_lower_is_better_for_the_power_use_of_data_centres_only():
    assert {t.indicator_id for t in agenda().targets if t.direction == "lower_is_better"} == {"dc_pue"}


def test_a_municipal_target_is_not_judged_by_a_provincial_count():
    bases = {t.place_id: t.counting_basis for t in agenda().targets_of("fiveg_base_stations")}
    assert bases == {"guangdong": "provincial", "guangzhou": "municipal", "shenzhen": "municipal"}


def test_macao_is_out_of_scope_only_where_it_publishes_nothing_of_its_own():
    out = {s.indicator_id for s in agenda().scope if s.place_id == "macao" and s.kind == "not_in_scope"}
    assert {"cbps_services_hk", "cbps_kiosk_cities_mainland"} <= out
    published = {
        "fiveg_subscriptions",
        "cbps_kiosk_locations",
        "cbps_services_kiosk_hk",
        "iam_smart_reg_points",
    }
    assert not out & published


def test_two_faults_in_two_files_are_told_together(tmp_path):
    folder = changed(tmp_path, "meetings.toml", 'milestones = ["egscc_2"]', 'milestones = ["egscc_3"]')
    path = folder / "work_items.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("number = 5", "number = 6"), encoding="utf-8")
    assert faults_of(folder) == (
        "work_items.toml: holds [1, 2, 3, 4, 6]; expected 1 to 5, in order",
        "meetings.toml: egscc_2: milestone 'egscc_3' is not known",
    )


def test_meetings_out_of_order_are_a_fault(tmp_path):
    folder = changed(tmp_path, "meetings.toml", "date = 2024-03-28", "date = 2026-03-28")
    assert faults_of(folder) == ("meetings.toml: the meetings are not in order of their dates",)


def test_the_same_target_twice_is_a_fault(tmp_path):
    folder = changed(tmp_path, "targets.toml", "value = 96000", "value = 96001")
    text = (folder / "targets.toml").read_text(encoding="utf-8")
    (folder / "targets.toml").write_text(text.replace("2020-08-05", '"2020-04"'), encoding="utf-8")
    assert any("announcement comes twice" in one for one in faults_of(folder))


@needs_shared
def test_the_milestones_are_those_gathered_with_their_dates():
    book = agenda()
    with (SHARED / "data" / "milestones.csv").open(encoding="utf-8", newline="") as file:
        rows = {r["milestone_id"]: r for r in csv.DictReader(file)}
    assert list(book.milestones) == list(rows)
    for row in rows.values():
        m = book.milestones[row["milestone_id"]]
        assert (str(m.work_item), m.kind, m.outcome) == (row["work_item"], row["kind"], row["outcome"])
        assert m.weak is (row["weak"] == "yes")
        assert bool(m.source.url) is (row["linkable"] == "yes" and bool(row["source_url"]))
        assert _as_written(m.happened_on) == row["happened_on"]
        assert _as_written(m.outcome_known_on) == row["outcome_known_on"]
        if m.id != "pa2024_sc_all":  # the gathered due date is the day of the address, which names none
            assert _as_written(m.due_on) == row["due_on"]


@needs_shared
def test_the_targets_are_those_gathered_with_their_values():
    with (SHARED / "data" / "targets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, t in zip(rows, agenda().targets, strict=True):
        assert (t.indicator_id, t.place_id, t.kind) == (row["indicator_id"], row["place_id"], row["kind"])
        assert (t.value, t.direction) == (float(row["value"]), row["direction"])
        assert _as_written(t.due_on) == row["due_on"]
        assert bool(t.source.url) is (row["linkable"] == "yes")
        if t.baseline is not None:
            assert (t.baseline, t.baseline_on.isoformat()) == (float(row["baseline"]), row["baseline_on"])


def _as_written(dated):
    if dated is None:
        return ""
    return dated.on.isoformat()[: {"day": 10, "month": 7, "year": 4}[dated.precision]]
