"""Into maintenance and out of it again: never by accident, never through a visit, and never for good."""

from datetime import timedelta
from pathlib import Path

from drivers.emulators.personas import persona
from kiosk.flows.mode import KNOCKS
from tests.bench import Bench

HOME = "请选择要办理的业务"
OVERVIEW = "维护总览"
PIN = "86420975"


def test_a_technician_knocks_shows_who_they_are_and_leaves_a_kiosk_in_service(bench: Bench) -> None:
    bench.come_in()
    assert bench.view.title == OVERVIEW
    assert "张工（维护人员）" in bench.screen
    assert bench.view.brand == "维护中　暂停服务"
    bench.touch("结束维护，恢复服务")
    assert bench.view.title == HOME


def test_a_citizen_who_plays_with_the_brand_falls_into_nothing(bench: Bench) -> None:
    bench.hire("张工", PIN)
    bench.knock(KNOCKS - 1)
    bench.wait(3)
    bench.knock(KNOCKS - 1)
    assert bench.view.title == HOME
    bench.touch("办事指南")
    assert bench.view.knock is None


def test_whoever_is_not_let_in_leaves_the_kiosk_to_citizens_within_a_minute(bench: Bench) -> None:
    bench.hire("张工", PIN)
    bench.knock()
    assert bench.view.title == "请选择您的姓名"
    bench.wait(61)
    assert bench.view.title == HOME
    bench.knock()
    bench.touch("张工")
    for _ in range(30):  # somebody types and types
        bench.wait(12)
        if bench.view.title == HOME:
            break
        bench.touch("1", "删除")
    assert bench.view.title == HOME


def test_a_citizen_astray_is_told_the_way_out_on_every_page_of_the_door(bench: Bench) -> None:
    telephone = bench.hire("张工", PIN)
    bench.knock()

    def told() -> bool:
        return [each.text for each in bench.view.banners] == ["仅供维护人员。市民请点“退出”"]

    assert told()
    bench.touch("张工")
    assert told()
    bench.enter(PIN)
    bench.touch("下一步")
    assert told()
    bench.enter(telephone.code)
    bench.touch("确定")
    assert bench.view.title == OVERVIEW
    assert not bench.view.banners


def test_a_kiosk_without_technicians_says_so_and_goes_on(bench: Bench) -> None:
    bench.knock()
    assert "还没有登记维护人员" in bench.screen
    bench.touch("退出")
    assert bench.view.title == HOME


def test_a_wrong_try_is_not_told_what_was_wrong_and_many_wait(bench: Bench) -> None:
    telephone = bench.hire("张工", PIN)
    bench.knock()
    bench.touch("张工")
    for pin, code in (("86420976", telephone.code), (PIN, "000000")):
        bench.enter(pin)
        bench.touch("下一步")
        bench.enter(code)
        bench.touch("确定")
        assert "没有通过，请重新输入 PIN 和动态码" in bench.screen
    bench.enter("11223344")
    bench.touch("下一步")
    bench.enter(telephone.code)
    bench.touch("确定")
    assert bench.view.title == "暂时不能进入"
    assert "0 分 15 秒" in bench.screen
    assert "点“知道了”，终端恢复为市民服务" in bench.screen
    bench.wait(13)
    assert bench.view.title == HOME
    bench.knock()
    bench.touch("张工")
    assert bench.view.title == "暂时不能进入", "told at once, not after PIN and code"
    bench.touch("知道了")
    bench.wait(3)
    bench.knock()
    bench.touch("张工")
    assert bench.view.title == "请输入 PIN"


def test_a_code_that_fails_by_a_clock_nobody_has_checked_is_told_so(bench: Bench) -> None:
    bench.hire("张工", PIN)
    bench.backend.skew_clock(timedelta(minutes=10))
    bench.wait(600)
    bench.knock()
    bench.touch("张工")
    bench.enter(PIN)
    bench.touch("下一步")
    bench.enter("000000")
    bench.touch("确定")
    assert "没有通过" in bench.screen
    assert "K-416" in bench.screen


def test_a_technician_waits_for_a_visit_to_end(bench: Bench) -> None:
    bench.hire("张工", PIN, card_id=persona("li-jianguo").card_id)
    bench.touch("社保卡挂失")
    bench.place_id_card("li-jianguo")
    bench.insert_card("li-jianguo")
    assert "维护人员在等候，请放心办完" in bench.screen
    assert "请马上打电话挂失" in bench.screen or "挂失" in bench.view.title
    bench.touch("结束")
    bench.pull_card()
    bench.wait(5)
    assert bench.view.title == "请输入 PIN"


def test_the_wait_for_a_visit_has_an_end_and_the_technician_is_told(bench: Bench) -> None:
    bench.hire("张工", PIN, card_id=persona("li-jianguo").card_id)
    bench.touch("社保卡挂失")
    bench.place_id_card("li-jianguo")
    bench.insert_card("li-jianguo")
    for _ in range(11):
        bench.touch("English", "中文")  # somebody is still reading
        bench.wait(60)
    assert "维护人员在等候" not in bench.screen
    bench.touch("结束")
    bench.pull_card()
    bench.wait(5)
    assert bench.view.title == HOME
    assert "维护人员：刚才一直有人办理" in bench.screen
    bench.touch("办事指南")
    bench.touch("结束")
    bench.wait(5)
    assert "维护人员：刚才一直有人办理" not in bench.screen


def test_a_technicians_own_card_says_the_name_and_ends_the_visit_it_began(bench: Bench) -> None:
    bench.hire("张工", PIN, card_id=persona("li-jianguo").card_id)
    bench.insert_card("li-jianguo")
    assert bench.view.title == "请输入 PIN"
    assert "张工，请输入您的 PIN" in bench.screen
    bench.touch("退出")
    assert bench.view.title == "请取走您的卡"
    bench.pull_card()
    bench.wait(5)
    assert bench.view.title == HOME


def test_a_page_that_nobody_touches_is_locked_and_then_left(bench: Bench) -> None:
    bench.come_in()
    bench.wait(299)
    assert bench.view.title == OVERVIEW
    bench.wait(2)
    assert "长时间没有操作，已锁定" in bench.screen
    bench.wait(61)
    assert bench.view.title == HOME


def test_a_device_that_comes_and_goes_does_not_keep_a_page_unlocked(bench: Bench) -> None:
    bench.come_in()
    for _ in range(10):
        bench.printer.run_out_of_paper()
        bench.wait(20)
        bench.printer.refill()
        bench.wait(20)
    assert bench.view.title != OVERVIEW


def test_an_hour_is_the_longest_whatever_is_touched(bench: Bench) -> None:
    bench.come_in()
    for _ in range(15):
        bench.wait(236)
        bench.touch("对比度：标准", "对比度：深色", "对比度：高", "对比度：高·深色")
    assert bench.view.title == OVERVIEW
    bench.wait(61)
    assert bench.view.title == HOME


def test_a_power_cut_in_maintenance_leaves_a_kiosk_in_service(bench: Bench) -> None:
    bench.come_in()
    bench.power_on()
    assert bench.view.title == HOME


def test_what_a_technician_chose_to_read_by_is_gone_when_they_are(bench: Bench) -> None:
    bench.come_in()
    bench.touch("English")
    assert bench.view.title == "Overview"
    bench.touch("Leave, back in service")
    assert bench.view.title == HOME


def test_a_kiosk_out_of_service_lets_a_technician_in(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.card_slot.unplug_reader()
    bench.wait(5)
    assert bench.view.title == "暂停服务"
    bench.come_in()
    assert bench.view.title == OVERVIEW


def test_kiosk_toml_says_how_long_maintenance_may_take(tmp_path: Path) -> None:
    with Bench(tmp_path, maintenance={"idle_lock_minutes": 1, "hard_limit_minutes": 2}) as bench:
        bench.come_in()
        bench.wait(61)
        assert "已锁定" in bench.screen
    (tmp_path / "other").mkdir()
    with Bench(tmp_path / "other", maintenance={"hard_limit_minutes": 2}) as bench:
        bench.come_in()
        bench.wait(121)
        assert bench.view.title == HOME
