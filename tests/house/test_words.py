"""The words of the product, wherever they are kept, are those of their own language: the term base as rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from geo.places import LANGUAGES
from ingest.registry import sources

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "dashboards" / "locales"
VARIANTS = ROOT / "metrics" / "catalogue" / "variants.toml"
KEPT = (
    *ROOT.glob("geo/atlas/*.toml"),
    *ROOT.glob("metrics/catalogue/**/*.toml"),
    *ROOT.glob("ingest/*.toml"),
)
CHINESE = ("zh-Hant", "zh-Hans")
QUOTES = {"zh-Hant": ("「", "」"), "zh-Hans": ("“", "”")}

# Each form's own name in the switch stands on every page in its own script.
ANY_SCRIPT = re.compile(r"^zh-Han[ts]\.switch\.")
# Simplified forms of one character that are whole characters of the Traditional form too.
BOTH = set("里台表制回系准注游后云余采松冲志范征干复后于斗谷面向几郁折")
# Characters of names in Hong Kong and Macao: in no Mainland set of common characters, and right all the same.
NAMES_ONLY = set("氹磡埗昇")

# What the other side says. Names that keep their own words are taken out of the text first.
KEEP = {
    "en": (
        "Zhuhai-Macao Cross-border Industrial Park",
        "Qianhai Shenzhen-Hong Kong Modern Service Industry Cooperation Zone",
        "Guangdong-Macao In-Depth Cooperation Zone in Hengqin",
        "Hong Kong-Macau Ferry Terminal",
        "Called Macau Ferry Terminal",
        "Macau International Airport",
        "Macau Daily Times",
        "Macau Post Daily",
        "Macau Business",
        "Macau Shimbun",
        "mini program",
    ),
    "zh-Hant": (
        "國家地理信息公共服務平台",
        "粵港信息化合作專責小組",
        "工業和信息化",
        "互聯網信息辦公室",
        "中國移動",
        "澳門註冊機動車",
    ),
    "zh-Hans": (
        "政府资讯科技总监",
        "个人资料私隐专员公署",
        "电子健康纪录互通系统",
        "数码企业身份",
        "数码港",
        "巴士的报",
    ),
}
FOREIGN = {
    "en": (
        r"[Cc]ross-border|\bMacau\b|[Cc]ooperat|[Cc]oordinat|\bdata sets?\b|\bthe mainland\b|\bexpert group\b"
        r"|\b(?:color|center|fiber|labor|catalog|analyze|traveler|organization)s?\b|\bprogram\b|\bweb site"
    ),
    "zh-Hant": (
        "網路|軟體|硬體|小程序|應用程序|登錄|註冊|註銷|信息|移動|文件夾|打印|默認|缺省|界面|接口|鏈接|屏幕|菜單|加載|上傳"
        "|搜索|視頻|音頻|數位|賬|帳號|公交|出租車|集裝箱|旅客吞吐量|口徑|充值|日均|同比|環比|寬帶|普及率|短信|郵箱|服務器"
        "|計算機|字節|文檔|模板|單元格|工作簿|導出|導入|實時|賦能|佔比|報導|衛生|彙報|發佈|公佈|分佈|週|身分|運營|大陸"
        "|國內|櫃檯|櫃台|點位(?!置)|質量|您|幻燈片|複核|港幣|取整|筆記錄"
    ),
    "zh-Hans": (
        "资讯|网路|软体|硬体|程式|登入|登出|纪录|列印|预设|介面|萤幕|荧幕|连结|选单|储存|上载|搜寻|检视|影片|视讯|数位"
        "|数码|帐|营运|的士|货柜|统计基准|增值|每日平均|宽频|渗透率|电邮|伺服器|字元|位元组|范本|活页簿|汇出|汇入|质素"
        "|人手|呈交|覆核|私隐|柜位|柜枱|轮候|工作天|网志|理据|投影片|遥距|泊位|单车|透过|阁下|服务项目|宗数|大陆|国内"
        "|港币|你|恒常化|巴士|流动(?:电话|宽带|网络|服务|应用|数据)"
    ),
}
# The governments' own names of services stand in quotation marks.
BRANDS = {
    "zh-Hant": (
        "跨境通辦|智方便|粵省事|粵智助|灣事通|一戶通|商社通|澳政易|智取易|琴事澳辦|澳事琴辦|轉數快|"
        "跨境支付通|跨境徵信互通|商業數據通|深港跨境數據驗證平台|授權數據交換閘|數碼企業身份|貿易單一窗口|"
        "醫健通|跨境健康紀錄|個人資料夾|長者醫療券大灣區試點計劃|港澳藥械通|港車北上|粵車南下|監管沙盒|"
        "數字灣區|資料一線通"
    ),
    "zh-Hans": (
        "跨境通办|智方便|粤省事|粤智助|湾事通|一户通|商社通|澳政易|智取易|琴事澳办|澳事琴办|转数快|"
        "跨境支付通|跨境征信互通|商业数据通|深港跨境数据验证平台|授权数据交换闸|数码企业身份|贸易单一窗口|"
        "医健通|跨境健康记录|个人资料夹|长者医疗券大湾区试点计划|港澳药械通|港车北上|粤车南下|监管沙盒|"
        "数字湾区|资料一线通"
    ),
}
SCHEMES_TOGETHER = re.compile("港車及澳車北上|港车、澳车北上")


class Text(NamedTuple):
    at: str
    lang: str
    says: str


def entries(found: object, at: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Every table that holds one text by language, with where it stands."""
    if isinstance(found, dict):
        if set(found) & set(LANGUAGES):
            yield at, found
            return
        for key, value in found.items():
            yield from entries(value, f"{at}.{key}")
    elif isinstance(found, list):
        for place, value in enumerate(found):
            name = value.get("id", place) if isinstance(value, dict) else place
            yield from entries(value, f"{at}.{name}")


def leaves(found: dict[str, object], at: str) -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{at}.{key}")
        else:
            yield f"{at}.{key}", str(value)


@lru_cache(maxsize=1)
def by_language() -> dict[str, dict[str, object]]:
    """Each text of the atlas, the catalogue, the agenda, the returns and the sources, by where it stands."""
    kept = {
        at: texts for path in KEPT for at, texts in entries(tomllib.loads(path.read_text("utf-8")), path.stem)
    }
    return kept | {f"source.{one.id}": dict(one.title) for one in sources().values()}


@lru_cache(maxsize=1)
def texts() -> tuple[Text, ...]:
    kept = [
        Text(at, lang, said)
        for at, found in by_language().items()
        for lang, value in found.items()
        for said in (value if isinstance(value, list) else [value])
        if isinstance(said, str)  # a unit's factors are by language too
    ]
    chrome = [
        Text(at, lang, said)
        for lang in LANGUAGES
        for at, said in leaves(tomllib.loads((LOCALES / f"{lang}.toml").read_text("utf-8")), lang)
    ]
    return (*kept, *chrome)


def told(lang: str) -> list[Text]:
    return [one for one in texts() if one.lang == lang and not ANY_SCRIPT.match(one.at)]


def without_names(text: str, lang: str) -> str:
    for name in KEEP[lang]:
        text = text.replace(name, "")
    return text


def pairs() -> list[tuple[str, str]]:
    rows = tomllib.loads(VARIANTS.read_text("utf-8"))["pairs"]
    return [(pair[0], pair[1]) for row in rows for pair in row.split()]


def test_the_rules_see_every_room_that_keeps_words() -> None:
    seen = {one.at.partition(".")[0] for one in texts()}
    assert {"cities", "crossings", "transport", "units", "organisations", "milestones", "returns"} <= seen
    assert {"source", *LANGUAGES} <= seen
    assert len(texts()) > 9000


def test_whatever_is_said_in_one_language_is_said_in_all_three() -> None:
    assert {at: sorted(found) for at, found in by_language().items() if set(found) != set(LANGUAGES)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_has_loose_spaces(lang: str) -> None:
    joining = re.compile(
        r"(^|\.)(joined|format|cite)\.|separator|^en\."
    )  # what stands between two texts keeps its space
    loose = [
        one.at
        for one in told(lang)
        if not one.says or "  " in one.says or (one.says != one.says.strip() and not joining.search(one.at))
    ]
    assert loose == []


def test_traditional_texts_hold_no_simplified_character() -> None:
    simplified = {short for full, short in pairs()} - {full for full, _ in pairs()} - BOTH
    slips = [(one.at, char) for one in told("zh-Hant") for char in one.says if char in simplified]
    assert slips == []


def test_simplified_texts_hold_no_traditional_character() -> None:
    traditional = {full for full, short in pairs() if full != short} - NAMES_ONLY
    slips = [(one.at, char) for one in told("zh-Hans") for char in one.says if char in traditional]
    assert slips == []


@pytest.mark.parametrize(("lang", "codec"), [("zh-Hant", "big5hkscs"), ("zh-Hans", "gb2312")])
def test_each_chinese_keeps_to_the_characters_of_its_side(lang: str, codec: str) -> None:
    exempt = NAMES_ONLY | set("·−²")
    strange = {}
    for one in told(lang):
        try:
            "".join(char for char in one.says if char not in exempt).encode(codec)
        except UnicodeEncodeError as error:
            strange[one.at] = error.object[error.start : error.end]
    assert strange == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_its_own_words(lang: str) -> None:
    foreign = re.compile(FOREIGN[lang])
    slips = [
        (one.at, found[0]) for one in told(lang) if (found := foreign.search(without_names(one.says, lang)))
    ]
    assert slips == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_that_keeps_its_own_words_still_stands_somewhere(lang: str) -> None:
    everything = "\n".join(one.says for one in told(lang))
    assert [name for name in KEEP[lang] if name not in everything] == []


@pytest.mark.parametrize("lang", CHINESE)
def test_each_chinese_has_its_own_quotation_marks(lang: str) -> None:
    (other,) = set(CHINESE) - {lang}
    foreign = set("".join(QUOTES[other]) + "\"'‘’" + ("" if lang == "zh-Hans" else "“”"))
    assert [(one.at, one.says) for one in told(lang) if foreign & set(one.says)] == []
    opening, closing = QUOTES[lang]
    assert [one.at for one in told(lang) if one.says.count(opening) != one.says.count(closing)] == []


@pytest.mark.parametrize("lang", CHINESE)
def test_names_of_services_stand_in_quotation_marks(lang: str) -> None:
    everything = "\n".join(one.says for one in told(lang))
    assert [name for name in BRANDS[lang].split("|") if name not in everything] == []
    bare = re.compile(f"(?<!{QUOTES[lang][0]})(?:{BRANDS[lang]})")
    assert [one for one in told(lang) if bare.search(SCHEMES_TOGETHER.sub("", one.says))] == []


@pytest.mark.parametrize("lang", CHINESE)
def test_chinese_has_no_space_beside_latin_and_no_half_width_stops(lang: str) -> None:
    typed = re.compile(
        r"(例如|写成|寫成|或|、|，) ?[a-z0-9].*"
    )  # what a person types stands apart from the sentence
    spaced = re.compile(r"[一-鿿] [A-Za-z0-9]|[A-Za-z0-9] [一-鿿]")
    stops = re.compile(r"[一-鿿][,;:!?()]|[,;:!?()][一-鿿]")
    faults = [
        (one.at, one.says)
        for one in told(lang)
        if (spaced.search(one.says) and not (".fault" in one.at or typed.search(one.says)))
        or stops.search(one.says)
    ]
    assert faults == []


@pytest.mark.parametrize("lang", CHINESE)
def test_the_per_sign_of_a_unit_is_that_of_its_side(lang: str) -> None:
    sign = {"zh-Hant": "/", "zh-Hans": "／"}[lang]
    found = [one for one in told(lang) if one.at.startswith("units.")]
    assert found
    assert [one.at for one in found if sign in one.says] == []


def test_an_english_title_or_name_begins_with_a_capital() -> None:
    own = re.compile(r"^(iAM|eHealth|e-|ifeng|unwire|speakout|etnet|am730|dotdotnews|waou|click2macao|news\.gov|"
                     r"ict\.asia|echinagov|blog of|visas2hk|reportify|forexbnb)")  # fmt: skip
    begins = [
        (at, found["en"])
        for at, found in by_language().items()
        if at.startswith(("source.", "initiatives.", "milestones.", "meetings.", "crossings.", "districts."))
        or (".indicator." in at and at.endswith((".name", ".definition", ".comparability")))
        if re.match(r"[a-z]", found["en"]) and not own.match(found["en"])
    ]
    assert begins == []
