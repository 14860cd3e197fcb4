import shutil

import pytest

from geo.places import LANGUAGES, atlas
from metrics.entries import CATALOGUE, CatalogueFaults
from metrics.indicators import Derivation, catalogue

LIVE = (
    "bcp_passengers_daily",
    "bcp_passengers_monthly",
    "bcp_wait_level",
    "journey_minutes",
    "road_speed_kmh",
    "road_volume_vph",
    "traffic_incidents_open",
    "ferry_sailings",
    "boundary_train_headway",
    "boundary_parking_vacancy",
)
# Characters that only one of the two Chinese forms writes; each stands often in our words.
SIMPLIFIED_ONLY = set(
    "数务个门条这时间网络动讯过车发区统计标宽带实记录检广东齐联医疗资产业险备兑购导厅则仅构银贷费术电话线历总湾岛铁辆载货"
)
TRADITIONAL_ONLY = set(
    "數務個門條這時間網絡動訊過車發區統計標寬帶實記錄檢廣東齊聯醫療資產業險備兌購導廳則僅構銀貸費術電話線歷總灣島鐵輛載貨"
)
WORDS_OF_THE_OTHER_SIDE = {
    "zh-Hant": ("移動電話", "移動寬頻", "網路", "口徑", "信息系統", "笔", "旅客吞吐量"),
    "zh-Hans": ("流动服务", "网路", "资讯", "寬頻", "统计基准", "服务项目", "宗数"),
}


def texts(indicator):
    yield indicator.names
    yield from (text for text in (indicator.definition, indicator.comparability) if text)


def test_the_catalogue_holds_every_indicator_of_the_opening_figures_and_of_the_feeds():
    found = catalogue()
    assert len(found) == 344
    assert [one for one in LIVE if one not in found] == []


def test_about_sixty_indicators_lead_pages_and_each_work_item_has_some():
    leading = catalogue().leading
    assert 55 <= len(leading) <= 70
    assert {one.work_item for one in leading} == {1, 2, 3, 4, 5}
    assert all(one.definition and one.owner and one.bounds and one.reviewed for one in leading)


def test_the_catalogue_is_read_once_a_process():
    assert catalogue() is catalogue()


def test_an_unknown_indicator_is_answered_with_those_near_it():
    with pytest.raises(KeyError, match=r"near it: .*iam_smart_users"):
        catalogue().get("iam_smart_user")


def test_a_work_item_lists_its_leading_indicators_first():
    mine = catalogue().by_work_item(4)
    leads = [one.leads for one in mine]
    assert leads == sorted(leads, reverse=True)
    assert {one.work_item for one in mine} == {4}
    assert sum(len(catalogue().by_work_item(n)) for n in range(1, 6)) == len(catalogue())


def test_density_of_stations_is_worked_out_from_stations_and_residents():
    assert catalogue().get("fiveg_bs_per_10k_pop").derive == Derivation(
        op="ratio", of="fiveg_base_stations", per="resident_population", times=10_000
    )


def test_what_an_entry_does_not_say_follows_from_its_frequency_and_unit():
    latency = catalogue().get("network_latency_ms")
    assert (latency.direction, latency.frequency, latency.decimals) == ("lower_is_better", "irregular", 0)
    assert latency.lag_days < latency.fresh_days == 550
    assert catalogue().get("fiveg_cbd_coverage_pct").decimals == 1


def test_an_indicator_in_three_currencies_lists_all_its_units():
    assert catalogue().get("gdp_local_currency_bn").units == ("CNY bn", "HKD bn", "MOP bn")
    assert catalogue().units["CNY bn"]["zh-Hans"] == "十亿元人民币"


def test_a_status_on_a_live_feed_expires_sooner_than_one_on_a_yearly_figure():
    found = catalogue()
    assert found.get("road_speed_kmh").fresh_days < found.get("bcp_passengers_monthly").fresh_days
    assert found.get("bcp_passengers_monthly").fresh_days < found.get("fiveg_pop_coverage_pct").fresh_days


def test_traditional_texts_hold_no_simplified_characters_and_the_reverse():
    slips = [
        (one.id, lang, char)
        for one in catalogue()
        for text in texts(one)
        for lang, foreign in (("zh-Hant", SIMPLIFIED_ONLY), ("zh-Hans", TRADITIONAL_ONLY))
        for char in text[lang]
        if char in foreign
    ]
    assert slips == []


def test_each_language_has_its_own_quotation_marks_and_words():
    for one in catalogue():
        for text in texts(one):
            assert not set("“”") & set(text["zh-Hant"]), one.id
            assert not set("「」") & set(text["zh-Hans"]), one.id
            for lang, words in WORDS_OF_THE_OTHER_SIDE.items():
                assert [word for word in words if word in text[lang]] == [], (one.id, lang)


def test_breaks_name_places_of_the_atlas():
    broken = {one.id: one.breaks for one in catalogue() if one.breaks}
    assert set(broken) == {"resident_population", "bcp_vehicles"}
    assert [
        place for breaks in broken.values() for one in breaks for place in one.places if place not in atlas()
    ] == []
    assert len(broken["resident_population"][0].places) == 10


def test_every_counting_basis_has_a_name_in_each_language():
    bases = catalogue().bases
    assert "derived" in bases
    assert all(names[lang] for names in bases.values() for lang in LANGUAGES)


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    folder = shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    with (folder / "services.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[indicator]]\nid = "half_done"\nunit = "parsecs"\n')
    with (folder / "transport.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[indicator]]\nid = "half_done"\n')
    (folder / "bases.toml").unlink()
    with pytest.raises(CatalogueFaults) as caught:
        catalogue(folder)
    faults = caught.value.faults
    assert any(fault.startswith("bases.toml: file: not found") for fault in faults)
    assert "services.toml: half_done: unit 'parsecs' is not in units.toml" in faults
    assert "transport.toml: half_done: stands in services.toml too" in faults
    assert "transport.toml: half_done: lacks work_item, unit, frequency, direction, stock" in faults
