"""What maintenance asks of the window: how far off a touch was, a whole display of one colour, a knock."""

from dataclasses import replace

import pytest

from kiosk.flows.maintenance.events import TargetTouched
from kiosk.views.models import (
    Choice,
    ColourField,
    Hue,
    Icon,
    Instruction,
    Menu,
    Picture,
    TouchGrid,
    View,
)

pytestmark = pytest.mark.window

GRID = View(
    "maintenance.test.touch",
    "测试：触摸屏",
    TouchGrid(tuple(Choice(str(place), TargetTouched(place)) for place in range(12)), 3, "请依次点"),
)


def test_a_touch_tells_how_far_it_was_from_the_middle_in_millimetres(pump, finger):
    pump.window.show(GRID)
    target, hand = pump.target("4"), finger()
    per_mm = pump.window.screen.theme.ppi / 25.4
    hand.down(target.center_x + 3 * per_mm, target.center_y - 4 * per_mm)
    pump.frame(0.1)
    hand.up()
    pump.frame(1.0)
    (hit,) = pump.chosen
    assert hit.place == 4
    assert hit.right_mm == pytest.approx(3, abs=0.3)
    assert hit.up_mm == pytest.approx(-4, abs=0.3)


def test_a_cross_is_bare_and_its_letter_stands_beside_it(pump):
    from screens.pieces import Words  # noqa: PLC0415 - Kivy reads its settings on import

    pump.window.show(GRID)
    screen = pump.window.screen
    letters = {block.text: block for block in screen.walk() if isinstance(block, Words)}
    targets = [target for target in screen.targets() if isinstance(target.choice.event, TargetTouched)]
    assert len(targets) == 12
    for target in targets:
        letter = letters[target.choice.text]
        assert letter not in target.walk()
        assert letter.right <= target.x or letter.x >= target.right
        assert target.y < letter.center_y < target.top
        assert letter.x >= 0
        assert letter.right <= pump.window.screen.theme.width


def test_a_state_that_warns_keeps_its_sign_when_it_is_in_force_and_is_checked_too(pump):
    from screens.icons import CHECK, ICONS  # noqa: PLC0415
    from screens.pieces import Drawing  # noqa: PLC0415
    from screens.targets import Target  # noqa: PLC0415

    well, closed = (
        Choice(text, text, icon, chosen=chosen)
        for text, icon, chosen in (("正常服务", Icon.CONFIRM, False), ("停用", Icon.WARNING, True))
    )

    def signs(choice):
        pump.window.show(View("service", "停用与恢复", Menu((choice,))))
        target = next(each for each in pump.window.screen.walk() if isinstance(each, Target))
        return [block.sketch for block in target.walk() if isinstance(block, Drawing)]

    assert signs(closed) == [ICONS[Icon.WARNING], CHECK]
    assert CHECK in signs(replace(well, chosen=True))


def test_a_colour_fills_the_whole_display(pump):
    pump.window.show(View("field", "", ColourField(Hue.RED, Choice("换颜色", "onward"))))
    picture = pump.window.picture()
    assert picture.getcolors() == [(picture.width * picture.height, (255, 0, 0))]


def test_the_brand_can_be_knocked_at_only_where_the_view_says_so(pump):
    body = Instruction(Picture.WAITING, "请稍候。")
    pump.window.show(View("home", "首页", body, brand="终端", knock=Choice("终端", "knock")))
    knock = pump.window.screen.knock
    assert knock is not None
    assert knock not in list(pump.window.screen.targets()), "nobody sees that it is a target"
    pump.window.show(View("records", "查询", body, brand="终端"))
    assert pump.window.screen.knock is None
