"""Characters the fonts draw, and what stands for others."""

import pytest

from screens.glyphs import STAND_IN, Glyphs
from tests.screens.gallery.displays import FONTS

LACKING = "\U00020bb7"  # 𠮷, as in names; Noto Sans SC has none


@pytest.mark.parametrize("bold", [False, True])
def test_only_what_the_fonts_lack_is_replaced(bold: bool) -> None:
    glyphs = Glyphs(FONTS)
    kept = "王秀英·麦麦提 㐂㛃䶮 —“12333”\n￥1,234.50 ▲●"
    assert glyphs.legible(kept, bold) == kept
    assert glyphs.legible(f"张{LACKING}{LACKING}三", bold) == f"张{STAND_IN}{STAND_IN}三"
