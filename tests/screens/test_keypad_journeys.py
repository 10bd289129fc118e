"""Whole visits by the keys of an accessible keypad alone: a real kiosk behind the real window, no touch."""

import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.emulators.personas import persona
from kiosk.flows import events as on
from kiosk.running import ring_follower
from kiosk.views.models import Audience

pytestmark = pytest.mark.window

NEXT, ENTER = 274, 13
WHO, LOSER = "li-jianguo", "wang-xiuying"
MOST_STEPS = 60  # of the ring, from one choice to any other on the same screen


class Visitor:
    """Somebody who sees the screen and has only the keypad; and the cards in their hand."""

    def __init__(self, bench: Bench, pump) -> None:
        from kivy.core.window import Window  # noqa: PLC0415 - Kivy reads its settings on import

        self.bench = bench
        self._pump = pump
        self._keys = Window
        pump.touch_nothing()
        pump.window.on_choice = bench.runtime.touch
        pump.window.on_touched = lambda: bench.runtime.post(on.ScreenTouched())
        pump.window.on_ringed = ring_follower(bench.runtime, Audience(bench.config.voice.heard_by))
        self.see()

    def see(self) -> None:
        self.bench.settle()
        self._pump.window.show(self.bench.view)
        self._pump.frame()

    def strike(self, *codes: int) -> None:
        for code in codes:
            self._keys.dispatch("on_key_down", code, 0, None, [])
            self._keys.dispatch("on_key_up", code, 0)
            self._pump.now += 1  # nobody strikes faster than the keypad listens
            self.see()

    def choose(self, *words: str) -> None:
        """Go to each choice by its words and make it."""
        for word in words:
            for _ in range(MOST_STEPS):
                if self.ringed == [word]:
                    break
                self.strike(NEXT)
            assert self.ringed == [word], f"no way to {word!r} on {self.bench.view.name}"
            self.strike(ENTER)

    def digits(self, digits: str) -> None:
        self.strike(*(ord(digit) for digit in digits))

    def password(self, who: str) -> None:
        """Enter a password; a bystander who photographs the screen learns nothing from it."""
        for digit in persona(who).password:
            self.digits(digit)
            assert not any(text.isdigit() for text in self.ringed)
            assert not any(target.pressed for target in self.targets)
        self.choose("确定")

    @property
    def targets(self):
        return list(self._pump.window.screen.targets())

    @property
    def ringed(self) -> list[str]:
        return [target.choice.text for target in self.targets if target.ringed]


@pytest.fixture
def visitor(tmp_path: Path, pump) -> Iterator[Visitor]:
    with Bench(tmp_path) as bench:
        yield Visitor(bench, pump)
    pump.window.on_touched = lambda: None
    pump.window.on_ringed = lambda choice, key: None


def test_own_records_from_the_first_screen_to_paper(visitor: Visitor) -> None:
    visitor.choose("查询我的社保")
    visitor.bench.insert_card(WHO)
    visitor.see()
    visitor.password(WHO)
    assert "我的社保" in visitor.bench.screen
    visitor.choose("养老账户", "打印")
    assert "查询结果，不作证明用" in visitor.bench.slip.replace("\n", "")
    visitor.choose("返回", "结束")
    visitor.bench.pull_card()
    visitor.bench.wait(5)
    assert visitor.bench.view.name == "home"


def test_a_contact_change_with_an_address_typed_on_nine_keys(visitor: Visitor) -> None:
    visitor.choose("修改联系方式")
    visitor.bench.insert_card(WHO)
    visitor.see()
    visitor.password(WHO)
    visitor.choose("修改联系电话")
    visitor.digits("13903730021")
    visitor.choose("填好了", "修改通讯地址")
    if "九键拼音" not in visitor.bench.choices:
        pytest.skip("the dictionaries of the keyboards are not compiled here")
    visitor.choose("选县区", "红旗区", "洪门镇", "九键拼音")
    visitor.digits("7464982658")  # ping yuan lu
    visitor.choose("平原路", "门牌号")
    visitor.digits("18")
    visitor.choose("号", "填好了", "核对修改")
    assert "河南省新乡市红旗区洪门镇平原路18号" in visitor.bench.screen
    visitor.choose("没有错，输入密码")
    visitor.password(WHO)
    visitor.bench.wait(2)
    visitor.see()
    assert "变更已生效" in visitor.bench.screen
    assert "变更已生效" in visitor.bench.slip


def test_a_loss_report(visitor: Visitor) -> None:
    visitor.choose("社保卡挂失")
    visitor.bench.place_id_card(LOSER)
    visitor.see()
    visitor.choose("确认挂失")
    visitor.bench.wait(2)
    visitor.see()
    assert "挂失已生效" in visitor.bench.screen
    assert visitor.bench.lost_cards == {persona(LOSER).card_number}
    visitor.choose("完成")


def test_the_ring_can_be_seen_wherever_it_is(visitor: Visitor) -> None:
    """Focus is a difference on the screen, not only in the program."""
    before = visitor._pump.window.picture()
    visitor.strike(NEXT)
    places = set()
    for _ in visitor.targets:
        target = next(target for target in visitor.targets if target.ringed)
        box = (
            target.x,
            before.height - target.y - target.height,
            target.x + target.width,
            before.height - target.y,
        )
        now = visitor._pump.window.picture()
        assert now.crop(box) != before.crop(box), f"no ring to be seen on {target.choice.text!r}"
        places.add(target.choice.text)
        visitor.strike(NEXT)
    assert places == {target.choice.text for target in visitor.targets}


def test_a_key_counts_as_somebody_being_there(visitor: Visitor) -> None:
    visitor.choose("办事指南")
    visitor.bench.wait(80)
    visitor.strike(NEXT)
    visitor.bench.wait(80)
    assert visitor.bench.view.name != "still_there"
    visitor.bench.wait(20)
    visitor.see()
    assert visitor.bench.view.name == "still_there"
    visitor.choose("继续办理")
    assert "办事指南" in visitor.bench.screen


def test_who_cannot_see_hears_where_the_ring_is_and_nothing_of_what_is_typed(visitor: Visitor) -> None:
    visitor.choose("朗读")
    visitor.bench.wait(1)
    visitor.bench.loudspeaker.forget()
    visitor.strike(NEXT)
    visitor.bench.wait(2)
    assert max(array("h", visitor.bench.loudspeaker.heard)) > 1000
    visitor.choose("查询我的社保")
    visitor.bench.insert_card(WHO)
    visitor.see()
    visitor.strike(ord("8"))
    visitor.bench.wait(1)
    visitor.bench.loudspeaker.forget()
    visitor.strike(ord("8"), ord("8"))
    visitor.bench.wait(2)
    assert visitor.bench.loudspeaker.heard == b""
