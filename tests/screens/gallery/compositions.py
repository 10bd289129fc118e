"""What the input method answers to long inputs, for the exhibits: the walks know nothing of an engine.

Taken from librime; tests/screens/test_typing.py asks it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.flows.contact_change import EnteringValue
from kiosk.flows.events import Keyboard
from kiosk.flows.text_entry import Composition
from kiosk.input.rime import MOST_KEYS


@dataclass(frozen=True)
class Typed:
    """Keys, and the first page of what they may mean."""

    keys: str
    shown: Composition


def _typed(keys: str, preedit: str, candidates: str = "", *, more: bool = False) -> Typed:
    return Typed(keys, Composition(preedit, tuple(candidates.split()), has_next=more))


USUAL = {
    Keyboard.PINYIN: _typed(
        "henanshengxinxiangshihongqiqu",
        "he nan sheng xin xiang shi hong qi qu",
        "河南省新乡市红旗区 河南省新乡市 河南省 河南 何难 恒安 很暗 很 横 衡 恒 亨 恨 狠 哼 痕",
        more=True,
    ),
    Keyboard.NINE_KEY: _typed(
        "9469426474446647478",
        "xin xiang shi hong qi qu",
        "新乡市红旗区 新乡市 新乡 印象 音箱 信箱 音响 心想 印章 音像 引向 馨香 薪饷 音长 新章 信长",
        more=True,
    ),
    Keyboard.STROKES: _typed(
        "hhhszp", "一一一丨乙丿", "㓞 贰 契 㛃 挈 恝 洯 栔 㸷 㼤 㓶 䂮 絜 㗉 蛪 觢", more=True
    ),
    Keyboard.CODE: _typed("36C3", "36C3", "㛃"),
}
"""An input as it comes, with long candidates where there are such."""

LONGEST = {
    Keyboard.PINYIN: _typed(
        "n" * MOST_KEYS,
        " ".join("n" * MOST_KEYS),
        "男男女女" * (MOST_KEYS // 4)
        + " 男男女女 扭扭捏捏 袅袅娜娜 奶奶 男女 你能 牛奶 年内 南宁 哪能 农奴 那年 年年 牛牛 奶牛",
        more=True,
    ),
    Keyboard.NINE_KEY: _typed(
        "2" * MOST_KEYS,
        " ".join(["ba"] * (MOST_KEYS // 2)),
        "巴巴爸爸" * (MOST_KEYS // 8)
        + " 巴巴爸爸 罢罢罢 爸爸 巴巴 擦擦 粑粑 八八 八把 叭叭 啊啊啊啊 阿坝 阿巴 阿爸 啊啊啊 吧",
        more=True,
    ),
    Keyboard.STROKES: _typed("hspnz" * 12 + "hspn", "一丨丿丶乙" * 12 + "一丨丿丶"),
    Keyboard.CODE: _typed("20BB7", "20BB7"),
}
"""As many keys as an input can have, with the longest letters and candidates."""


def behind(state: EnteringValue, typed: Mapping[Keyboard, Typed], text: str) -> EnteringValue:
    """Return the state with letters and candidates behind a text, and both turns where there is more."""
    entry = state.entry
    shown = typed[entry.keyboard].shown
    composition = replace(shown, has_previous=shown.has_next)
    return replace(state, entry=replace(entry, text=text, composition=composition))
