"""The code tables on an ID card: sex (GB/T 2261.1) and nation (GB/T 3304)."""

from enum import Enum


class Sex(Enum):
    """Sex as the card codes it."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSPECIFIED = "9"


# In the order of their codes, 01 to 56. 46 was 崩龙 until 1985, and some programs misspell it 德昴.
_NATIONS = (
    *("汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白"),
    *("土家", "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇"),
    *("柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米"),
    *("塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙"),
    *("鄂伦春", "赫哲", "门巴", "珞巴", "基诺"),
)

NATION_NAMES = {f"{number:02d}": name for number, name in enumerate(_NATIONS, start=1)} | {
    "97": "其他",
    "98": "外国血统中国籍人士",
}
NATION_CODES = {name: code for code, name in NATION_NAMES.items()}
