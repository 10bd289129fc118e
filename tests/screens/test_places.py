"""Where things stand: what is alike is in one place on every screen."""

from dataclasses import replace

import pytest

from kiosk.views.models import Choice, Icon, Menu, Role, TextEntry
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

HOME = next(sample for sample in samples(zh=True) if sample.name == "home")
BACK, EXIT = Choice("返回", "back", Icon.BACK), Choice("结束", "home", Icon.HOME)
TURNS = tuple(
    Choice(text, text, icon, Role.QUIET, detail="第 2 页，共 3 页")
    for text, icon in (("上一页", Icon.PREVIOUS), ("下一页", Icon.NEXT))
)


def target(window, text):
    return next(each for each in window.screen.targets() if each.choice.text == text)


def test_the_way_back_stands_leftmost_where_there_is_no_way_home(window):
    window.show(replace(HOME, back=BACK, home=EXIT, choices=()))
    leftmost = target(window, "结束").x
    assert target(window, "返回").x > leftmost
    window.show(replace(HOME, back=BACK, home=None, choices=()))
    assert target(window, "返回").x == leftmost


def test_pages_are_turned_in_a_row_above_the_way_on_and_never_in_its_place(window):
    window.show(replace(HOME, home=EXIT, choices=(*TURNS, Choice("打印", "print", Icon.PRINT, Role.PRIMARY))))
    back, on, ahead = (target(window, text) for text in ("上一页", "下一页", "打印"))
    assert back.y == on.y > ahead.top
    assert back.right < on.x
    assert ahead.y == target(window, "结束").y
    window.show(replace(HOME, home=EXIT, choices=TURNS[1:]))
    assert target(window, "下一页").x == on.x, "where there is no page before, its place is free"
    assert target(window, "下一页").y > target(window, "结束").top


def test_keys_stand_under_those_of_the_row_above(window):
    rows = ("1234567890", "号楼栋单元室层", "东西南北中", "路街巷")
    keys = tuple(tuple(Choice(sign, sign) for sign in row) for row in rows)
    erase = Choice("删除", "erase", Icon.ERASE)
    window.show(replace(HOME, body=TextEntry("路名", "", "", (), (*keys[:3], (*keys[3], erase)))))
    columns = {target(window, digit).x for digit in rows[0]}
    assert {target(window, sign).x for sign in "".join(rows[1:])} <= columns
    assert target(window, "删除").right == target(window, "0").right


@pytest.mark.parametrize("count", [2, 3])
def test_few_choices_stand_below_each_other(window, count):
    items = tuple(Choice(text, text, Icon.GUIDE) for text in "甲乙丙"[:count])
    window.show(replace(HOME, body=Menu(items)))
    assert len({target(window, item.text).x for item in items}) == 1
