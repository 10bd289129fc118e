"""The password on a PIN pad: pressed there, shown as dots, and not in the way when the pad fails."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.emulators.personas import persona
from drivers.errors import DeviceStatus, Remedy
from drivers.pin_pad.protocol import ReturnCode
from kiosk.services import routes
from kiosk.services.pin_pad import LOOK_INTERVAL_S
from kiosk.views.models import Keypad

WHO = "li-jianguo"
PASSWORD = persona(WHO).password
PAD = {"kind": "zt598", "port": "/dev/serial/by-id/pin-pad"}
ON_PAD = "请在密码键盘上按 6 位密码，再按确认键"
ON_SCREEN = "6 位数字密码"
PAD_FAILED = "密码键盘暂停使用，刚才按的不算。请在屏幕上输入。"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, pin_pad=PAD) as bench:
        yield bench


def dots(bench: Bench) -> str:
    assert isinstance(bench.view.body, Keypad)
    return bench.view.body.shown


def test_a_password_pressed_on_the_pad_opens_the_records(bench: Bench) -> None:
    bench.insert_card(WHO)
    assert ON_PAD in bench.screen
    assert "1" not in bench.choices, "no key on the screen that would compete with those of the pad"
    bench.press(PASSWORD[:4])
    assert dots(bench) == "●●●●"
    bench.press("clear")
    assert dots(bench) == "●●●"
    bench.press(PASSWORD[3:])
    bench.press("confirm")
    assert "我的社保" in bench.screen
    assert not bench.pin_pad.keys_on


def test_the_keys_of_the_pad_are_on_for_a_password_and_for_nothing_else(bench: Bench) -> None:
    assert not bench.pin_pad.keys_on
    bench.insert_card(WHO)
    assert bench.pin_pad.keys_on
    bench.pull_card()
    assert not bench.pin_pad.keys_on
    bench.log_in(WHO)
    assert not bench.pin_pad.keys_on


def test_a_wrong_password_is_told_with_the_tries_left_and_asked_for_on_the_pad_again(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    bench.press("000000")
    bench.press("confirm")
    assert "密码不正确。还可以输入 5 次。" in bench.screen
    assert card.tries_left == 5
    assert dots(bench) == ""
    bench.press(PASSWORD)
    bench.press("confirm")
    assert "我的社保" in bench.screen


def test_a_password_the_backend_verifies_is_pressed_on_the_pad_just_the_same(tmp_path: Path) -> None:
    with Bench(tmp_path, pin_pad=PAD, password={"verified_by": "backend"}) as bench:
        bench.insert_card(WHO)
        bench.press("000000")
        bench.press("confirm")
        assert "密码不正确。还可以输入 5 次。" in bench.screen
        bench.press(PASSWORD)
        bench.press("confirm")
        assert "我的社保" in bench.screen


def test_the_last_try_is_begun_on_the_screen_and_pressed_on_the_pad(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    for _ in range(5):
        bench.press("000000")
        bench.press("confirm")
    assert "只剩最后一次" in bench.screen
    assert not bench.pin_pad.keys_on
    assert card.tries_left == 1
    bench.touch("我记得密码，再试一次")
    bench.press(PASSWORD)
    bench.press("confirm")
    assert "我的社保" in bench.screen


def test_too_few_digits_spend_no_try(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    bench.press("123")
    bench.press("confirm")
    assert "密码是 6 位" in bench.screen
    assert dots(bench) == "●●●"
    assert card.tries_left == 6


def test_the_cancel_key_ends_the_visit_and_spends_no_try(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    bench.press(PASSWORD)
    bench.press("cancel")
    assert "请从读卡口取走您的社保卡" in bench.screen
    assert card.tries_left == 6
    assert not bench.pin_pad.keys_on


def test_whoever_forgot_the_password_reads_what_to_do_and_spends_no_try(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    bench.press("12")
    bench.touch("忘记密码")
    assert "服务窗口办理重置" in bench.screen
    assert not bench.pin_pad.keys_on
    bench.touch("结束")
    assert "请从读卡口取走您的社保卡" in bench.screen
    assert card.tries_left == 6


def change_phone(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")


def test_a_contact_change_asks_for_the_password_on_the_pad_once_more(bench: Bench) -> None:
    change_phone(bench)
    assert ON_PAD in bench.screen
    bench.enter_password(WHO)
    assert "变更已生效" in bench.screen


@pytest.mark.parametrize("how", ["the cancel key", "the way back"])
def test_from_the_second_password_one_goes_back_to_the_review(bench: Bench, how: str) -> None:
    change_phone(bench)
    bench.press("123")
    if how == "the cancel key":
        bench.press("cancel")
    else:
        bench.touch("返回")
    assert bench.view.name == "reviewing"
    assert not bench.pin_pad.keys_on
    bench.touch("没有错，输入密码")
    assert dots(bench) == ""
    bench.enter_password(WHO)
    assert "变更已生效" in bench.screen


def test_whoever_would_rather_may_use_the_screen_and_is_not_sent_back_to_the_pad(bench: Bench) -> None:
    bench.insert_card(WHO)
    bench.press("99")
    bench.touch("改在屏幕上输入")
    assert ON_SCREEN in bench.screen
    assert dots(bench) == ""
    assert not bench.pin_pad.keys_on
    bench.enter("000000")
    bench.touch("确定")
    assert "密码不正确" in bench.screen
    bench.enter(PASSWORD)
    bench.touch("确定")
    assert "我的社保" in bench.screen


def test_a_pad_unplugged_in_the_middle_voids_what_was_pressed_and_the_screen_stands_in(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    bench.press(PASSWORD[:5])
    bench.pin_pad_wire.unplug()
    bench.settle()
    assert PAD_FAILED in bench.screen
    assert dots(bench) == ""
    assert card.tries_left == 6
    bench.enter(PASSWORD)
    bench.touch("确定")
    assert "我的社保" in bench.screen
    check = bench.check(routes.PIN_PAD)
    assert (check.status, check.remedy) == (DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE)


def test_a_pad_missing_from_the_start_is_told_of_where_the_password_is_asked_for(bench: Bench) -> None:
    bench.pin_pad_wire.unplug()
    bench.wait(LOOK_INTERVAL_S)
    bench.insert_card(WHO)
    assert PAD_FAILED in bench.screen
    bench.pull_card()
    bench.pin_pad_wire.plug_in()
    bench.wait(LOOK_INTERVAL_S)
    bench.insert_card(WHO)
    assert ON_PAD in bench.screen, "it came back by itself"


@pytest.mark.parametrize("noise", [b"\xff", b"\x02006", b"1\x80\xfe"])
def test_noise_among_the_keys_never_becomes_a_password(bench: Bench, noise: bytes) -> None:
    card = bench.insert_card(WHO)
    bench.press(PASSWORD[:3])
    bench.pin_pad.send_noise(noise)
    bench.settle()
    bench.press(PASSWORD[3:] + "1")
    bench.press("confirm")
    assert card.tries_left == 6
    assert "我的社保" not in bench.screen


def test_the_pads_own_time_out_ends_nothing_but_the_entry(bench: Bench) -> None:
    bench.insert_card(WHO)
    bench.press("12")
    bench.pin_pad.give_up_waiting()
    bench.settle()
    assert "很久没有按键，按过的不算。" in bench.screen
    assert dots(bench) == ""
    bench.touch("重新输入")
    assert ON_PAD in bench.screen
    bench.press(PASSWORD)
    bench.press("confirm")
    assert "我的社保" in bench.screen


def test_who_walks_away_is_asked_and_then_forgotten_and_the_keys_go_off(bench: Bench) -> None:
    bench.insert_card(WHO)
    bench.wait(91)
    assert "您还在吗" in bench.screen
    bench.press("1")
    assert dots(bench) == "●", "a key is as good a sign of life as a touch"
    bench.wait(91 + 46)
    assert bench.view.name == "taking_card"
    assert not bench.pin_pad.keys_on


def test_a_pad_taken_out_of_its_panel_is_for_maintenance_and_stops_nobody(bench: Bench) -> None:
    bench.pin_pad.trouble = ReturnCode.REMOVED
    bench.wait(LOOK_INTERVAL_S)
    check = bench.check(routes.PIN_PAD)
    assert (check.status, check.remedy) == (DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE)
    assert "REMOVED" in check.detail
    bench.insert_card(WHO)
    assert PAD_FAILED in bench.screen


def test_nothing_that_was_pressed_is_in_the_log(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.power_off()
    log = (bench.folder / "kiosk.jsonl").read_text(encoding="utf-8")
    assert "PinEntered" in log
    assert PASSWORD not in log
    assert "PinKeyPressed" not in log, "nor when each key was pressed"


def test_a_kiosk_without_a_pad_says_so_and_needs_nothing(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        check = bench.check(routes.PIN_PAD)
        assert (check.status, check.remedy) == (DeviceStatus.NO_DEVICE, None)
        bench.insert_card(WHO)
        assert ON_SCREEN in bench.screen
        assert "改在屏幕上输入" not in bench.choices
