"""The three journeys under a real pointer: X events on a real window, pcscd, ptys, HTTP, real time.

Nothing is handed in behind the screen: the finger is xdotool's, and finds a choice where it is drawn.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.emulators.personas import persona
from kiosk.demo.stage import Stage
from tests.screens.x_display import XDisplay, needs_x

pytestmark = [pytest.mark.window, pytest.mark.pcscd, pytest.mark.slow, needs_x]

SIZE = (1080, 1920)
FONTS = Path(sys.prefix) / "share" / "fonts"
HOME = "请选择要办理的业务"
WHO, LOSER = "li-jianguo", "wang-xiuying"


class Finger:
    """Touches what is drawn, by its words, through the X server."""

    def __init__(self, stage: Stage, display: XDisplay) -> None:
        self.stage = stage
        self.display = display
        self._last = (0, 0)

    def touch(self, *words: str) -> None:
        for word in words:
            x, y = self.stage.middle(word)
            # The same spot rests for half a second, the same key for a moment (screens/touch.py), as a
            # person would.
            near = max(abs(x - self._last[0]), abs(y - self._last[1])) < SIZE[0] // 2
            pause = ["sleep", "0.12" if word.isdigit() else "0.55"] if near else []
            self.display.send(
                *pause, "mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.05", "mouseup", "1"
            )
            self._last = (x, y)

    def password(self, title: str) -> None:
        self.stage.wait_for(title)
        self.touch(*persona(WHO).password, "确定")


@pytest.fixture(scope="module")
def finger(tmp_path_factory) -> Iterator[Finger]:
    display = XDisplay(*SIZE)
    patch = pytest.MonkeyPatch()
    for name in ("SDL_VIDEODRIVER", "KIVY_NO_ARGS"):
        patch.delenv(name, raising=False)
    patch.setenv("DISPLAY", display.name)
    try:
        with Stage(tmp_path_factory.mktemp("stage"), FONTS, where="alone", size=SIZE) as stage:
            stage.start_kiosk()
            yield Finger(stage, display)
    finally:
        patch.undo()
        display.close()


def test_own_records(finger: Finger) -> None:
    stage = finger.stage
    finger.touch("查询我的社保")
    stage.wait_for("请插入社保卡")
    stage.insert_card(WHO)
    finger.password("请输入社保账户密码")
    finger.touch("养老账户", "打印")
    stage.wait_for("已打印，再打一张")
    assert "查询结果，不作证明用" in stage.printer.last_slip.text.replace("\n", "")
    stage.pull_card()
    stage.wait_for(HOME, within_s=5)
    assert persona(WHO).name not in stage.screen


def test_a_contact_change(finger: Finger) -> None:
    stage = finger.stage
    finger.touch("修改联系方式")
    stage.wait_for("请插入社保卡")
    stage.insert_card(WHO)
    finger.password("请输入社保账户密码")
    finger.touch("修改联系电话", *"13903730021", "填好了", "修改通讯地址")
    finger.touch(
        "选县区", "红旗区", "洪门镇", "门牌号", *"18", "号", "填好了", "核对修改", "没有错，输入密码"
    )
    finger.password("请输入密码，确认修改")
    stage.wait_for("变更已生效")
    stage.wait_for("回执已打印，请取走")
    assert "变更已生效" in stage.printer.last_slip.text
    finger.touch("完成")
    stage.wait_for("请取走您的卡")
    stage.pull_card()
    stage.wait_for(HOME)


def test_a_loss_report(finger: Finger) -> None:
    stage = finger.stage
    finger.touch("社保卡挂失")
    stage.wait_for("放在读卡区")
    stage.place_id_card(LOSER)
    finger.touch("确认挂失")
    stage.wait_for("挂失已生效")
    stage.lift_id_card()
    stage.wait_for("回执已打印，请取走")
    assert "挂失已生效" in stage.printer.last_slip.text
    assert stage.lost_cards == {persona(LOSER).card_number}
    finger.touch("完成")
    stage.wait_for(HOME)
