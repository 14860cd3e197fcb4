from __future__ import annotations

import re
import shutil

import pytest

from geo.entries import AtlasError
from geo.places import ATLAS, KINDS, LANGUAGES, City, atlas, read_atlas, resolve

# id: English, Traditional, Simplified, pinyin, code, GB/T 2260
CITIES = {
    "hong_kong": ("Hong Kong", "香港", "香港", "Xianggang", "HK", "810000"),
    "macao": ("Macao", "澳門", "澳门", "Aomen", "MO", "820000"),
    "guangzhou": ("Guangzhou", "廣州", "广州", "Guǎngzhōu", "GZ", "440100"),
    "shenzhen": ("Shenzhen", "深圳", "深圳", "Shēnzhèn", "SZ", "440300"),
    "zhuhai": ("Zhuhai", "珠海", "珠海", "Zhūhǎi", "ZH", "440400"),
    "foshan": ("Foshan", "佛山", "佛山", "Fóshān", "FS", "440600"),
    "huizhou": ("Huizhou", "惠州", "惠州", "Huìzhōu", "HZ", "441300"),
    "dongguan": ("Dongguan", "東莞", "东莞", "Dōngguǎn", "DG", "441900"),
    "zhongshan": ("Zhongshan", "中山", "中山", "Zhōngshān", "ZS", "442000"),
    "jiangmen": ("Jiangmen", "江門", "江门", "Jiāngmén", "JM", "440700"),
    "zhaoqing": ("Zhaoqing", "肇慶", "肇庆", "Zhàoqìng", "ZQ", "441200"),
}
MAINLAND = [city for city in CITIES if city not in ("hong_kong", "macao")]
IMMIGRATION_NAMES = {
    "Airport": "hk_airport",
    "Express Rail Link West Kowloon": "hk_west_kowloon",
    "Hung Hom": "hk_hung_hom",
    "Lo Wu": "hk_lo_wu",
    "Lok Ma Chau Spur Line": "hk_lok_ma_chau_spur",
    "Heung Yuen Wai": "hk_heung_yuen_wai",
    "Hong Kong-Zhuhai-Macao Bridge": "hk_hzmb",
    "Lok Ma Chau": "hk_lok_ma_chau",
    "Man Kam To": "hk_man_kam_to",
    "Sha Tau Kok": "hk_sha_tau_kok",
    "Shenzhen Bay": "hk_shenzhen_bay",
    "China Ferry Terminal": "hk_china_ferry",
    "Harbour Control": "hk_harbour_control",
    "Kai Tak Cruise Terminal": "hk_kai_tak",
    "Macau Ferry Terminal": "hk_macao_ferry",
    "Tuen Mun Ferry Terminal": "hk_tuen_mun_ferry",
}


def forms() -> list[tuple[str, str]]:
    found = []
    for city, (english, hant, hans, pinyin, code, adcode) in CITIES.items():
        found += [(form, city) for form in (city, english, hant, hans, pinyin, code, adcode, f"156{adcode}")]
        found += [
            (f(english), city) for f in (str.upper, str.lower, lambda s: f"  {s} ", lambda s: s + "\u3000")
        ]
        found += [
            (code.lower(), city),
            (f"{hant}\n", city),
            (full_width(english), city),
            (full_width(adcode), city),
        ]
        found += [(f"{english[:3]} {english[3:]}", city), (f"{adcode}000000", city)]
    for city in MAINLAND:
        english, hant, hans, pinyin, *_ = CITIES[city]
        found += [
            (hant + "市", city),
            (hans + "市", city),
            (f"廣東省{hant}市", city),
            (f"广东省{hans}市", city),
        ]
        found += [
            (f"{english} City", city),
            (f"{english}, Guangdong", city),
            (f"{english} Municipality", city),
        ]
        found += [(f"{pinyin} Shi", city), (f"广东{hans}", city), (f"{english}, China", city)]
    for english, city in (
        ("Hong Kong", "hong_kong"),
        ("Macao", "macao"),
        ("Macau", "macao"),
        ("MACAU", "macao"),
    ):
        found += [
            (f"{english} SAR", city),
            (f"{english} Special Administrative Region", city),
            (english, city),
        ]
        found += [
            (f"{english} SAR, China", city),
            (f"China, {english} SAR", city),
            (f"{english}, China", city),
        ]
    for name, city in (
        ("香港特別行政區", "hong_kong"),
        ("香港特别行政区", "hong_kong"),
        ("澳門特別行政區", "macao"),
    ):
        found += [(name, city), ("中國" * ("別" in name) + name, city)]
    found += [
        ("澳门特别行政区", "macao"),
        ("中国澳门", "macao"),
        ("中国香港", "hong_kong"),
        ("香港特區", "hong_kong"),
    ]
    found += [("香港市", "hong_kong"), ("澳門市", "macao"), ("澳门市", "macao"), ("Hongkong", "hong_kong")]
    return [*found, ("Hong-Kong", "hong_kong"), ("HKSAR", "hong_kong"), ("MSAR", "macao"), ("CN-MO", "macao")]


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def test_at_least_300_forms_of_the_city_names_are_known():
    assert len(set(forms())) >= 300


def test_each_form_of_a_city_names_that_city_with_and_without_saying_that_a_city_is_meant():
    wrong = [
        (f, c, resolve(f), resolve(f, "city")) for f, c in forms() if {resolve(f), resolve(f, "city")} != {c}
    ]
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "Shenzen", "Shenzhe", "Shenzhen-Dongguan", "深圳东莞", "深", "州", "市", "Guang", "Kong",
        "Beijing", "北京", "Hangzhou", "杭州市", "广西", "Total", "合计", "Guangdong and Hong Kong", "Shenzhen?",
        "Shenzhen total", "44", "4403", "440301", "999999", "1", "Hong Kong Island", "Macaw", "珠海市香港",
        "nine cities", "Hong",
    ],
)  # fmt: skip
def test_an_unknown_name_is_none_and_never_the_nearest(text):
    assert resolve(text) is None


@pytest.mark.parametrize(
    "text",
    ["Guangdong total", "Guangdong", "Guangdong Province", "廣東省", "广东", "440000", "廣東全省", "GD"],
)
def test_a_provincial_total_is_the_province_and_never_a_city(text):
    assert resolve(text) == "guangdong"
    assert resolve(text, "city") is None


@pytest.mark.parametrize("text", ["GBA", "Greater Bay Area", "粵港澳大灣區", "大湾区", "gba"])
def test_the_bay_area_is_a_region(text):
    assert resolve(text) == "gba"
    assert resolve(text, "city") is None


@pytest.mark.parametrize(
    "text", ["Macau Ferry Terminal", "Macao Ferry Terminal", "MACAU FERRY TERMINAL", "港澳客輪碼頭"]
)
def test_the_ferry_terminal_is_one_crossing_under_both_spellings(text):
    assert resolve(text) == resolve(text, "crossing") == "hk_macao_ferry"


@pytest.mark.parametrize("name", IMMIGRATION_NAMES)
def test_the_clearance_names_of_hong_kong_are_known_when_the_side_is_said(name):
    assert resolve(name, "crossing", "hong_kong") == IMMIGRATION_NAMES[name]


@pytest.mark.parametrize("text", ["Shenzhen Bay", "Airport", "HZMB", "青茂口岸", "Qingmao Port", "文錦渡"])
def test_a_name_that_both_sides_use_is_nobodys_until_the_side_is_said(text):
    assert resolve(text) is None
    assert resolve(text, "crossing") is None


def test_saying_the_side_settles_a_shared_name():
    assert resolve("青茂口岸", "crossing", "zhuhai") == "zh_qingmao"
    assert resolve("青茂口岸", "crossing", "macao") == "mo_qingmao"
    assert resolve("Shenzhen Bay", "crossing", "shenzhen") == "sz_shenzhen_bay"
    assert resolve("Shenzhen Bay", "crossing", "zhuhai") is None


def test_a_city_that_is_its_own_only_district_keeps_the_name():
    assert resolve("東莞市") == "dongguan"
    assert resolve("東莞市", "district") == "district_dg_dongguan"
    assert resolve("442000", "district") == "district_zs_zhongshan"


@pytest.mark.parametrize("text", ["North", "北區", "Eastern", "東區", "Southern", "南区", "Islands"])
def test_a_district_named_after_a_direction_needs_more_than_its_bare_name(text):
    assert resolve(text) is None
    assert resolve(text, "district").startswith("district_hk_")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("福田", "district_sz_futian"), ("福田区", "district_sz_futian"), ("深圳市福田区", "district_sz_futian"),
        ("Futian District", "district_sz_futian"), ("福田口岸", "sz_futian"), ("Bao’an", "district_sz_baoan"),
        ("Sha Tin", "district_hk_sha_tin"), ("香港北區", "district_hk_north"), ("博罗县", "district_hz_boluo"),
        ("Boluo", "district_hz_boluo"), ("台山市", "district_jm_taishan"), ("横琴", "area_zh_hengqin"),
        ("横琴口岸", "zh_hengqin"), ("前海", "area_sz_qianhai"), ("羅湖", "district_sz_luohu"),
        ("羅湖口岸", "sz_luohu"),
    ],
)  # fmt: skip
def test_districts_areas_and_crossings_are_told_apart_by_their_endings(text, place):
    assert resolve(text) == place


def test_every_place_is_found_by_its_id_and_by_each_of_its_names():
    lost = []
    for place in atlas():
        city = atlas().city_of(place.id)
        lost += [place.id for lang in LANGUAGES if resolve(place.names[lang], place.kind, city) != place.id]
        lost += [place.id] * (resolve(place.id) not in (place.id, city))
    assert not lost


def test_a_kind_that_does_not_exist_is_an_error_that_lists_the_kinds():
    with pytest.raises(ValueError, match="expected one of city, crossing, district"):
        resolve("Shenzhen", "town")


def test_the_cities_come_in_official_order_with_their_codes():
    assert [city.id for city in atlas().cities] == list(CITIES)
    for order, city in enumerate(atlas().cities):
        english, hant, hans, _, code, adcode = CITIES[city.id]
        assert (city.code, city.adcode, city.order) == (code, adcode, order)
        assert tuple(city.names[lang] for lang in LANGUAGES) == (english, hant, hans)
    assert [city.side for city in atlas().cities] == ["hong_kong", "macao"] + ["mainland"] * 9


def test_the_tile_grid_shows_all_11_cities_and_none_over_another():
    tiles = [city.tile for city in atlas().cities]
    assert len(set(tiles)) == 11
    assert all(column >= 0 and row >= 0 for column, row in tiles)


@pytest.mark.parametrize(
    ("west", "east"), [("zhaoqing", "foshan"), ("foshan", "guangzhou"), ("zhongshan", "shenzhen")]
)
def test_the_tile_grid_keeps_west_left_of_east(west, east):
    assert atlas().get(west).tile[0] < atlas().get(east).tile[0]


def test_the_tile_grid_keeps_north_above_south():
    rows = [atlas().get(city).tile[1] for city in ("guangzhou", "zhongshan", "zhuhai", "macao")]
    assert rows == sorted(set(rows))


def test_there_are_45_crossings_and_70_districts_and_ids_are_unique():
    assert len(atlas().crossings) == 45
    assert len(atlas().districts) == 70
    ids = [place.id for place in atlas()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", place_id) for place_id in ids)


def test_every_name_stands_in_the_script_of_its_language():
    simplified, traditional = set("广东门关湾岗马线运东庆龙罗麦沟"), set("廣東門關灣崗馬線運東慶龍羅麥溝")
    for place in atlas():
        for names in (place.names, place.full, place.short, getattr(place, "note", {})):
            assert not simplified & set(names.get("zh-Hant", "")), place.id
            assert not traditional & set(names.get("zh-Hans", "")), place.id
            assert not re.search(r"[㐀-鿿]", names.get("en", "")), place.id


def test_macao_is_spelled_macau_only_inside_proper_names():
    spelled = {place.id for place in atlas() if "Macau" in place.names["en"]}
    assert spelled == {"hk_macao_ferry", "mo_airport"}


def test_counterparts_face_each_other_across_a_boundary():
    crossings = {crossing.id: crossing for crossing in atlas().crossings}
    for crossing in crossings.values():
        for other in crossing.counterparts:
            assert crossing.id in crossings[other].counterparts
            assert crossings[other].city_id != crossing.city_id


def test_a_crossing_that_stands_elsewhere_or_roughly_says_so_in_three_languages():
    for crossing in atlas().crossings:
        if crossing.lies_in or crossing.offshore or crossing.approximate:
            assert all(crossing.note[lang] for lang in LANGUAGES), crossing.id


def test_the_atlas_answers_for_ids_and_says_what_is_near_to_an_unknown_one():
    assert "hk_lo_wu" in atlas()
    assert "nowhere" not in atlas()
    assert isinstance(atlas().get("shenzhen"), City)
    assert atlas().name("macao", "zh-Hant") == "澳門"
    assert atlas().city_of("hk_lo_wu") == "hong_kong"
    assert atlas().city_of("guangdong") is None
    with pytest.raises(KeyError, match="did you mean shenzhen"):
        atlas().get("shenzen")
    with pytest.raises(KeyError, match="expected one of en, zh-Hant, zh-Hans"):
        atlas().name("macao", "pt")


def test_the_kinds_are_those_that_places_have():
    assert {place.kind for place in atlas()} == set(KINDS)


def test_a_faulty_atlas_is_refused_with_its_faults(tmp_path):
    folder = shutil.copytree(ATLAS, tmp_path / "atlas")
    text = (folder / "cities.toml").read_text(encoding="utf-8")
    (folder / "cities.toml").write_text(text.replace('"mainland"', '"inland"', 1), encoding="utf-8")
    with pytest.raises(AtlasError, match=r"cities\.toml: guangzhou: side must be one of"):
        read_atlas(folder)
