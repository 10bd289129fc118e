"""The dock of the demonstration: every hand on it moves what it says, and the kiosk notices."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from kiosk.demo.stage import Stage
from tests.screens.gallery.displays import FONTS

pytestmark = [pytest.mark.window, pytest.mark.pcscd, pytest.mark.slow]

HOME = "请选择要办理的业务"


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage"), FONTS, where="offscreen", size=(540, 960)) as stage:
        stage.start_kiosk()
        yield stage


@pytest.fixture
def dock(window, stage):
    from kiosk.demo.dock import Dock  # noqa: PLC0415  Kivy comes with the window

    return Dock(stage)


@pytest.fixture
def press(dock) -> Callable[[str], None]:
    def press(words: str) -> None:
        buttons = [each for each in dock.widget.walk() if each.is_event_type("on_release")]
        (button,) = [each for each in buttons if each.text.startswith(words)]
        button.dispatch("on_release")

    return press


def says(stage: Stage, words: str) -> bool:
    return words in stage.screen


def test_the_card_goes_in_and_out(stage, press) -> None:
    press("插入社保卡")
    stage.wait_for("请输入社保账户密码")
    press("拔出社保卡")
    stage.wait_for(HOME)


def test_the_id_card_is_laid_down_and_taken_away(stage, press) -> None:
    stage.touch("社保卡挂失")
    press("放上身份证")
    stage.wait_for("确认挂失")
    press("拿走身份证")
    stage.touch("结束")
    stage.wait_for(HOME)


def test_the_backend_goes_and_comes(stage, press) -> None:
    press("断网")
    stage.wait_for("网络中断", within_s=30)
    press("联网")
    stage.wait_for(lambda: not says(stage, "网络中断"), "the link", within_s=30)


def test_the_paper_goes_and_comes_and_the_last_slip_is_shown(stage, dock, press) -> None:
    press("没纸了")
    stage.wait_for("暂时不能打印")
    press("装纸")
    stage.wait_for(lambda: not says(stage, "暂时不能打印"), "paper")
    dock.refresh()
    assert not dock.shows_a_slip
    stage.touch("办事指南", "卡丢了怎么办", "打印")
    stage.wait_for(partial(says, stage, "已打印"), "the slip")
    dock.refresh()
    assert dock.shows_a_slip
    stage.touch("结束")


def test_another_person_is_chosen_and_a_mistake_is_told_in_words(stage, dock, press) -> None:
    first = dock.who
    press(first.split("（")[0])
    assert dock.who != first
    press("插入社保卡")
    press("插入社保卡")
    assert "there is a card in the slot" in dock.said
    press("拔出社保卡")
