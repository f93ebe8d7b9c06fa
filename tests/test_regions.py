"""Places in the names of units: found down to the county, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.errors import UsageError
from perfeval.regions import ancestors, find_region, region_name

NAMED = [
    ("上海市青浦区区域发展办公室", "310118"),
    ("219-池州市贵池区棠溪镇人民政府", "341702"),
    ("[155]濉溪县民政局", "340621"),
    ("金寨县茶谷和美丽乡村建设服务中心", "341524"),
    ("六安市文旅局", "341500"),
    ("四川省财政厅", "510000"),
    ("上海青浦教育局", "310118"),
    ("安徽六安金寨县", "341524"),
    ("浦东新区财政局", "310115"),
    ("重庆市梁平区林业局", "500155"),
    ("仙桃市财政局", "429004"),
    ("山西省晋城市城区财政局", "140502"),
    ("萧县农业农村局", "341322"),
    ("德宏州财政局", "533100"),
    ("内蒙古自治区巴彦淖尔市自然资源局甘其毛都口岸分局", "150800"),
    ("北京市朝阳区财政局", "110105"),
]


@pytest.mark.parametrize(("text", "code"), NAMED)
def test_the_most_specific_place_is_found(text: str, code: str) -> None:
    """A unit's name tells its county, city or province, in full or short behind its parent."""
    assert find_region(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "综合科",
        "县农业农村局",
        "鼓楼区教育局",
        "朝阳产业扶持",
        "黄河南岸治理",
        "完成县级指标",
        "江南区域协调",
        "城区财政局",
        "责任县区",
    ],
)
def test_no_place_is_guessed(text: str) -> None:
    """A name borne by several places, a short name in the open, or a chance hit is no place."""
    assert find_region(text) == ""


def test_other_texts_settle_and_refine() -> None:
    """A second text tells which 鼓楼区 is meant, and makes a province into a county."""
    assert find_region("鼓楼区教育局", "江苏省南京市") == "320106"
    assert find_region("云南省教育厅", "永德县教育体育局") == "530923"


def test_the_first_text_wins_over_a_place_elsewhere() -> None:
    """A project for another province does not move its unit."""
    assert find_region("上海市普陀区体育局", "对口支援云南省文山市") == "310107"


def test_former_names_are_known() -> None:
    """Forms keep the names of their year: 莱芜市 until 2019, 闸北区 until 2015."""
    assert find_region("莱芜市财政局") == "371200"
    assert find_region("上海市闸北区财政局") == "310108"


def test_chain_and_names() -> None:
    """A county lies in its city, province and country; a municipality has no city in between."""
    assert ancestors("310118") == ("310118", "310000", "000000")
    assert ancestors("341524") == ("341524", "341500", "340000", "000000")
    assert ancestors("429004") == ("429004", "420000", "000000")
    assert ancestors("000000") == ("000000",)
    assert region_name("310118") == "上海市青浦区"
    assert region_name("000000") == "全国"


@pytest.mark.parametrize("code", ["", "999999", "上海", "31"])
def test_unknown_code_is_named(code: str) -> None:
    """A code that is none is a fault of the call, and the message shows it."""
    with pytest.raises(UsageError, match="行政区划"):
        region_name(code)


@given(st.lists(st.text(alphabet="上海市青浦区县安徽省朝阳州 -1办", max_size=12), max_size=3))
def test_any_text_is_answered(texts: list[str]) -> None:
    """Whatever stands in the texts, the answer is a code that has a name, or none."""
    code = find_region(*texts)
    assert code == "" or region_name(code)
