"""What a screen means is seen without any colour: with the colours gone, its contours still differ.

Each pair of screens differs in one meaning only, and has the same words. A picture is turned to grey and
reduced to its contours, strong steps of lightness, so that a tint alone is nothing.
"""

from dataclasses import replace
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageFilter

from kiosk.views.models import (
    Banner,
    Bar,
    Field,
    Form,
    Health,
    Icon,
    Keypad,
    Look,
    Mark,
    Menu,
    Outcome,
    Palette,
    Role,
    StatusList,
    StatusRow,
    Step,
    Table,
    View,
)
from tests.screens.gallery_samples import choice, samples

pytestmark = pytest.mark.window

STEEP = 60  # of 255: a contour, and not a change of tint
FEW = 150  # pixels: less than two signs of a status row differ in

HOME = next(sample for sample in samples(zh=True) if sample.name == "home")


def with_body(body: object, **more: object) -> View:
    return replace(HOME, body=body, **more)


def keypad(*, enabled: bool) -> View:
    keys = tuple(choice(digit, enabled=enabled) for digit in "1234567890")
    return with_body(Keypad("号码", "", 6, keys, secret=False))


def outcome(mark: Mark) -> View:
    return with_body(Outcome(mark, "同一句话"))


def status(health: Health) -> View:
    return with_body(StatusList((StatusRow(health, "一样", "打印机"),)))


def verdict(health: Health) -> View:
    return with_body(StatusList((), verdict=StatusRow(health, "", "同一句话")))


def menu(*, chosen: bool) -> View:
    return with_body(Menu((choice("大字", Icon.TEXT_SIZE, chosen=chosen), choice("标准", Icon.TEXT_SIZE))))


def tile(*, chosen: bool, enabled: bool) -> View:
    return with_body(Menu((choice("停用", Icon.WRENCH, chosen=chosen, enabled=enabled),)))


def banner(*, grave: bool) -> View:
    return replace(HOME, banners=(Banner("暂时不能打印", grave=grave),))


def chart(*, hollow: bool) -> View:
    bars = (Bar("10月", 30.0, "30.00"), Bar("11月", 30.0, "30.00", hollow=hollow))
    return with_body(Table(("月份",), (("11月",),), chart=bars))


def form(*, changed: bool) -> View:
    return with_body(
        Form((Field("电话", "13900000000", "修改", choice("修改", Icon.PHONE), changed=changed),))
    )


def step(number: int) -> View:
    return replace(HOME, step=Step(number, 3, ("填写", "核对", "输入密码")))


def action(role: Role) -> View:
    return replace(HOME, choices=(choice("继续", Icon.NEXT, role),))


MEANINGS: dict[str, tuple[View, ...]] = {
    "how a transaction stands": tuple(outcome(mark) for mark in Mark),
    "how a part of the kiosk is": tuple(status(health) for health in Health),
    "what a page comes to": tuple(verdict(health) for health in Health),
    "which of several is chosen": (menu(chosen=True), menu(chosen=False)),
    "whether a key can be pressed": (keypad(enabled=True), keypad(enabled=False)),
    "whether a field was changed": (form(changed=True), form(changed=False)),
    "how far a change is": tuple(step(number) for number in (1, 2, 3)),
    "which action is the main one, or can't be undone": tuple(
        action(role) for role in (Role.PRIMARY, Role.SECONDARY, Role.DANGER)
    ),
    "whether a tile is in force, can be taken or can't": (
        tile(chosen=True, enabled=False),
        tile(chosen=False, enabled=True),
        tile(chosen=False, enabled=False),
    ),
    "how grave a banner is": (banner(grave=True), banner(grave=False)),
    "whether a month has been received": (chart(hollow=True), chart(hollow=False)),
}


def contours(picture: Image.Image) -> Image.Image:
    return picture.convert("L").filter(ImageFilter.FIND_EDGES).point(lambda steep: 255 * (steep > STEEP))


def apart(one: Image.Image, other: Image.Image) -> int:
    """How many pixels the contours of two pictures differ in."""
    return ImageChops.difference(contours(one), contours(other)).histogram()[255]


@pytest.mark.parametrize("palette", Palette)
@pytest.mark.parametrize("meaning", MEANINGS)
def test_a_meaning_is_seen_without_its_colour(window, meaning: str, palette: Palette) -> None:
    pictures = []
    for view in MEANINGS[meaning]:
        window.show(replace(view, look=Look(palette=palette)))
        pictures.append(window.picture())
    for one, other in combinations(pictures, 2):
        assert apart(one, other) > FEW


def test_a_difference_in_colour_alone_is_none(window) -> None:
    window.show(replace(outcome(Mark.IN_EFFECT), look=Look()))
    green = window.picture()
    grey = green.convert("L")
    assert apart(green, Image.merge("RGB", (grey, grey, grey))) == 0
