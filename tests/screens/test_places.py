"""Where things stand: what is alike is in one place on every screen."""
# ruff: noqa: PLC0415 - what imports Kivy is imported once the window is open

from dataclasses import replace

import pytest

from kiosk.views.models import Choice, Icon, Menu, Role, TextEntry
from tests.screens.gallery.displays import DISPLAYS, FONTS
from tests.screens.gallery.exhibits import Pose, poses
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

LOOKS = {  # all of them, and all exhibits, in `make gallery-check`
    "portrait": ("zh_CN.normal.light", ("",)),
    "landscape": ("zh_CN.elder.light", (".1", ".foul")),
    "square": ("en.elder.light", (".1", ".foul")),
}
HOME = next(sample for sample in samples(zh=True) if sample.name == "home")
BACK, EXIT = Choice("返回", "back", Icon.BACK), Choice("结束", "home", Icon.HOME)
TURNS = tuple(
    Choice(text, text, icon, Role.QUIET, detail="第 2 页，共 3 页")
    for text, icon in (("上一页", Icon.PREVIOUS), ("下一页", Icon.NEXT))
)


def target(window, text):
    return next(each for each in window.screen.targets() if each.choice.text == text)


@pytest.mark.slow
@pytest.mark.timeout(300)  # the walks, unless other tests have walked before
@pytest.mark.parametrize("display", LOOKS)
def test_home_back_and_the_way_on_stand_still_from_screen_to_screen(window, display):
    from screens.glyphs import Glyphs
    from screens.screen import lay_out
    from screens.textures import Textures
    from screens.theme import Theme
    from screens.typesetting import Typesetter
    from tests.screens.gallery.places import Places

    typesetter, textures, places = Typesetter(Glyphs(FONTS)), Textures(), Places()
    look, ends = LOOKS[display]
    for pose in poses([look]):
        if pose.exhibit.endswith(ends):
            theme = Theme(typesetter, textures, *DISPLAYS[display], pose.view.look)
            places.note(lay_out(pose.view, theme), pose)
    assert list(places.strays()) == []


def test_a_way_that_is_moved_is_a_stray(window):
    from tests.screens.gallery.places import Places

    places, view = Places(), replace(HOME, back=BACK, home=EXIT)
    for name in ("one", "another"):
        window.show(replace(view, clock=name))
        places.note(window.screen, Pose("look", name, view))
    assert not list(places.strays())
    target(window, "结束").x += window.screen.theme.mm(1) + 1
    places.note(window.screen, Pose("look", "third", view))
    assert {stray.split(": ")[1] for stray in places.strays()} == {"home", "home, 结束"}


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
