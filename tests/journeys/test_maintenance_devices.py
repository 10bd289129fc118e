"""Every device is tested with a technician's own hands and eyes, and nobody's data is on the screen."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.emulators.id_card_reader import IdCard
from drivers.emulators.personas import persona
from drivers.id_card_reader.protocol import Status
from kiosk.flows import events as on
from kiosk.flows.maintenance.events import Device, DeviceChosen, TargetTouched
from kiosk.views.models import (
    Aimed,
    ColourField,
    Facts,
    Health,
    Keypad,
    Role,
    StatusList,
    StatusRow,
    TouchGrid,
)
from tests.bench import Bench

WHO = persona("wang-xiuying")


def verdict(bench: Bench) -> StatusRow:
    """What the page comes to."""
    assert isinstance(bench.view.body, Facts | StatusList)
    assert bench.view.body.verdict is not None
    return bench.view.body.verdict


def leading(bench: Bench) -> list[str]:
    """What is filled with colour: the one thing to do."""
    return [each.text for each in bench.view.choices if each.role is Role.PRIMARY and each.enabled]


def row(bench: Bench, label: str) -> StatusRow:
    assert isinstance(bench.view.body, StatusList)
    return next(each for each in bench.view.body.rows if each.label == label)


def at_devices(bench: Bench) -> None:
    bench.come_in()
    bench.touch("打印机和纸")


def test_a_test_card_is_read_but_for_its_holder(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("社保卡读卡器")
    assert "正常" not in bench.choices, "nothing was read that could be well"
    bench.insert_card(WHO.key)
    assert bench.cards[WHO.key].power_on().hex(" ").upper() in bench.screen
    assert "读取正常" in bench.screen
    for private in (WHO.name, WHO.holder_number, WHO.card_number):
        assert private not in bench.screen
    bench.touch("正常")
    assert "已测试：正常" in row(bench, "社保卡读卡器").seen
    bench.touch("返回", "结束维护，恢复服务")
    assert bench.view.title == "请取走您的卡"


@pytest.mark.parametrize(("variant", "health"), [("mute", Health.FAILED), ("bank-only", Health.NOTED)])
def test_a_card_that_cannot_be_read_is_no_reason_to_call_the_reader_well(
    bench: Bench, variant: str, health: Health
) -> None:
    at_devices(bench)
    bench.touch("社保卡读卡器")
    bench.insert_card(WHO.key, variant)
    assert isinstance(bench.view.body, Facts)
    told = bench.view.body.verdict
    assert told is not None
    assert told.health is health
    assert "正常" not in bench.choices
    bench.touch("再读一次")
    assert bench.view.body.verdict == told
    bench.pull_card()
    assert "请插入测试用社保卡" in bench.screen
    bench.touch("有故障")
    assert row(bench, "社保卡读卡器").health is Health.FAILED


def test_the_id_reader_tells_its_module_and_that_a_card_was_read(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("身份证阅读器")
    assert "请放上身份证" in bench.screen
    bench.place_id_card(WHO.key)
    assert "读取正常" in bench.screen
    assert WHO.name not in bench.screen
    bench.touch("正常")
    assert "已测试：正常" in row(bench, "身份证阅读器").seen


def test_an_id_card_that_was_not_read_can_be_read_again_where_it_lies(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("身份证阅读器")
    damaged = replace(IdCard.of_persona(WHO), refusal=Status.READ_FAILED)
    bench.id_reader.place(damaged)
    bench.wait(6)
    assert verdict(bench).label == "读不出来"
    assert "把证件放平" in verdict(bench).advice
    assert "正常" not in bench.choices
    bench.id_reader._card = IdCard.of_persona(WHO)  # the same card, lying better
    assert leading(bench) == ["再读一次"]
    bench.touch("再读一次")
    assert verdict(bench).label == "读取正常"
    assert leading(bench) == ["正常"]


def test_a_security_module_that_gave_no_answer_is_asked_again_before_or_after_a_card(bench: Bench) -> None:
    at_devices(bench)
    bench.id_reader.refuse_next(Status.SAM_SELF_TEST_FAILED)
    bench.touch("身份证阅读器")
    assert "安全模块没有应答" in bench.screen
    bench.id_reader.place(WHO)
    bench.wait(3)
    assert verdict(bench).label == "证件能读，但安全模块没有应答"
    assert "给阅读器断电再通电" in verdict(bench).advice
    assert leading(bench) == ["再读一次"]
    bench.touch("再读一次")
    assert verdict(bench).label == "读取正常"

    bench.id_reader.lift()
    bench.touch("返回")
    bench.id_reader.refuse_next(Status.SAM_SELF_TEST_FAILED)
    bench.touch("身份证阅读器")
    assert "安全模块没有应答" in bench.screen
    bench.touch("再读一次")
    assert "安全模块编号" in bench.screen
    assert "请放上身份证" in bench.screen, "no card lies there, and none was found to be unreadable"


def test_a_card_is_not_called_well_while_the_security_module_is_asked(bench: Bench) -> None:
    at_devices(bench)
    bench.runtime.post(DeviceChosen(Device.ID_READER))
    bench.runtime.post(on.IdCardRead(WHO.name, WHO.holder_number, expired=False))
    bench.runtime.turn()
    told = verdict(bench)
    assert (told.health, told.label) == (Health.UNDER_WAY, "证件能读，正在询问安全模块")
    assert not leading(bench)
    bench.settle()
    assert verdict(bench).label == "读取正常"


def test_a_test_slip_shows_what_a_printer_must_be_able_to(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("打印机和纸", "打印测试单")
    for words in ("测试单", "喆堃", "0123456789", "手机扫码应显示"):
        assert words in bench.slip
    assert "1 张" in bench.screen
    bench.touch("正常")


def test_a_printer_without_paper_says_so_and_is_not_called_well(bench: Bench) -> None:
    at_devices(bench)
    bench.printer.run_out_of_paper()
    bench.wait(3)
    bench.touch("打印机和纸", "打印测试单")
    assert "没有纸" in bench.screen
    assert verdict(bench).advice == "换上新纸卷，合上盖子，再打一张测试单"
    assert "正常" not in bench.choices


def test_a_receipt_that_did_not_come_out_is_printed_as_a_copy_that_is_true_now(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.printer.run_out_of_paper(after_bytes=300)
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO.key)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
    assert "没有打印出来" in bench.screen
    bench.power_on()  # the number is remembered; nothing else of the receipt is
    bench.backend.go_online()
    bench.printer.refill()
    bench.wait(60)

    at_devices(bench)
    bench.touch("打印机和纸")
    assert number in bench.screen
    bench.touch("补打回执")
    assert "补打" in bench.slip
    assert number in bench.slip
    assert "挂失已生效" in bench.slip.replace("\n", "")
    assert number not in bench.screen
    assert "补打回执" not in bench.choices
    kept = json.loads((bench.config.kiosk.data_dir / "paper" / "roll.json").read_bytes())
    assert set(kept) == {"slips", "near_end", "last_roll", "unprinted"}


def test_a_roll_that_was_used_up_tells_what_the_next_is_good_for(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("打印机和纸", *["打印测试单"] * 5)
    assert "用完一卷后才能预计" in bench.screen
    bench.printer.run_out_of_paper()
    bench.wait(3)
    bench.printer.refill()
    bench.wait(3)
    bench.touch("已换新纸", "打印测试单")
    assert "约 4 张" in bench.screen
    bench.power_on()
    bench.wait(3)
    assert bench.view.title == "请选择要办理的业务"


def test_where_the_paper_ran_out_the_new_roll_leads_and_then_a_slip_from_it(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("打印机和纸")
    assert leading(bench) == ["打印测试单"]
    bench.touch("打印测试单")
    assert leading(bench) == ["正常"]
    bench.printer.run_out_of_paper()
    bench.wait(3)
    bench.touch("打印测试单")
    assert leading(bench) == ["已换新纸"]
    bench.printer.refill()
    bench.wait(3)
    bench.touch("已换新纸")
    assert leading(bench) == ["打印测试单"]


def test_touches_are_measured_in_millimetres(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("触摸屏")
    assert isinstance(bench.view.body, TouchGrid)
    assert "点不到的，说明该处没有反应" in bench.view.body.lead
    for target in bench.view.body.targets:
        assert isinstance(target.event, Aimed)
        hit = target.event.aimed_at(3.0, 4.0)
        assert isinstance(hit, TargetTouched)
        bench.runtime.post(hit)
        bench.settle()
    assert "最大偏移 5.0 毫米" in bench.screen
    bench.touch("正常")
    assert row(bench, "触摸屏").health is Health.WELL


def test_the_display_shows_every_colour_and_nothing_else(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("显示屏", "开始")
    seen = set()
    while isinstance(bench.view.body, ColourField):
        seen.add(bench.view.body.hue)
        bench.runtime.post(on.Confirmed())
        bench.settle()
    assert len(seen) == 5
    bench.touch("有故障")
    assert row(bench, "显示屏").health is Health.FAILED


def test_every_key_of_the_keypad_is_pressed(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("密码键盘")
    bench.enter("123456789")
    assert "正常" not in bench.choices
    bench.enter("0")
    bench.touch("正常")
    assert row(bench, "密码键盘").health is Health.WELL


@pytest.fixture
def with_pad(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, pin_pad={"kind": "zt598", "port": "/dev/serial/by-id/pin-pad"}) as bench:
        at_devices(bench)
        bench.touch("密码键盘")
        yield bench


def test_every_key_of_a_pin_pad_is_pressed_and_the_keys_go_off_again(with_pad: Bench) -> None:
    with_pad.press("1234567890")
    assert "正常" not in with_pad.choices, "the key to confirm has not come"
    with_pad.press("confirm")
    assert "十个数字键和确认键都正常" in with_pad.screen
    assert not with_pad.pin_pad.keys_on
    with_pad.touch("正常")
    assert row(with_pad, "密码键盘").health is Health.WELL


def test_a_key_of_the_pin_pad_that_does_not_come_is_named(with_pad: Bench) -> None:
    with_pad.press("1224567890")
    with_pad.press("confirm")
    assert "没有收到：3" in with_pad.screen
    assert isinstance(with_pad.view.body, Keypad)
    assert with_pad.view.body.shown == "12 4567890", "ten dots would look as if all had come"
    assert "正常" not in with_pad.choices
    with_pad.touch("再测一次")
    with_pad.press("cancel")
    assert "取消键正常" in with_pad.screen


@pytest.mark.parametrize("way", ["返回", "有故障"])
def test_whoever_leaves_the_test_of_the_pin_pad_leaves_no_keys_on(with_pad: Bench, way: str) -> None:
    with_pad.press("12")
    assert with_pad.pin_pad.keys_on
    with_pad.touch(way)
    assert not with_pad.pin_pad.keys_on


def test_a_technician_who_forgets_the_test_of_the_pin_pad_leaves_no_keys_on(with_pad: Bench) -> None:
    with_pad.wait(with_pad.config.policy().maintenance.idle_lock_s + 1)
    assert not with_pad.pin_pad.keys_on


def test_a_pin_pad_that_is_gone_says_so(with_pad: Bench) -> None:
    with_pad.pin_pad_wire.unplug()
    with_pad.settle()
    assert "密码键盘没有应答" in with_pad.screen
    with_pad.touch("返回")
    in_the_list = row(with_pad, "密码键盘")
    assert in_the_list.health is Health.FAILED
    assert "K-701" in in_the_list.seen


def test_what_came_and_went_is_told_with_its_times(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(60)
    bench.printer.refill()
    bench.wait(3)
    at_devices(bench)
    bench.touch("故障记录")
    past = row(bench, "K-301 打印机没有纸")
    assert past.word == "已消除"
    assert past.health is Health.WELL
    assert past.seen == "11月24日 09:30 至 09:31", "nobody needs to be told the year"


def test_the_loudspeaker_is_judged_only_after_it_was_heard(bench: Bench) -> None:
    at_devices(bench)
    bench.touch("声音")
    assert leading(bench) == ["播放"]
    assert "正常" not in bench.choices
    silence = bench.loudspeaker.heard
    bench.touch("播放")
    bench.wait(3)
    assert len(bench.loudspeaker.heard) > len(silence)
    assert any(bench.loudspeaker.heard)
    assert leading(bench) == ["正常"]
    bench.touch("正常")
    assert "已测试：正常" in row(bench, "声音").seen


def test_a_silent_kiosk_says_so_to_the_technician(bench: Bench) -> None:
    bench.loudspeaker.unplug()
    bench.power_on()
    at_devices(bench)
    bench.touch("声音")
    assert "现在没有声音可放" in bench.screen
    assert "播放" not in bench.choices
    assert "正常" not in bench.choices
