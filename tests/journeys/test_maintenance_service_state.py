"""Out of service by hand, back again, restart and shutdown; and every way ends with a kiosk that serves."""

from kiosk.views.models import Menu, Role
from tests.bench import Bench

HOME = "请选择要办理的业务"
LEAVE, LEAVE_CLOSED = "结束维护，恢复服务", "结束维护，仍暂停服务"


def at_service(bench: Bench) -> None:
    bench.come_in()
    bench.touch("停用与恢复")


def test_a_kiosk_taken_out_of_service_says_why_and_stays_so_through_a_power_cut(bench: Bench) -> None:
    at_service(bench)
    bench.touch("停用：设备维修", "返回", LEAVE_CLOSED)
    assert bench.view.title == "暂停服务"
    assert "设备正在维修" in bench.screen
    bench.power_on()
    assert bench.view.title == "暂停服务"
    assert "设备正在维修" in bench.screen


def test_it_is_back_in_service_when_a_technician_says_so(bench: Bench) -> None:
    at_service(bench)
    bench.touch("停用：移机", "返回", LEAVE_CLOSED)
    bench.come_in("李工")
    bench.touch("停用与恢复", "正常服务", "返回", LEAVE)
    assert bench.view.title == HOME
    bench.power_on()
    assert bench.view.title == HOME


def test_the_state_in_force_says_so_in_words_and_the_way_out_is_the_main_choice(bench: Bench) -> None:
    at_service(bench)
    bench.touch("停用：系统维护")
    assert isinstance(bench.view.body, Menu)
    (now,) = [item for item in bench.view.body.items if "当前状态" in item.detail]
    assert (now.text, now.chosen) == ("停用：系统维护", True)
    *others, last = bench.view.choices
    assert [each.text for each in others] == ["重启程序", "关机"]
    assert last.role is Role.PRIMARY
    bench.touch(LEAVE_CLOSED)
    assert bench.view.title == "暂停服务"


def test_the_technician_sees_the_words_citizens_will_see(bench: Bench) -> None:
    at_service(bench)
    for words in ("设备正在维修", "社保系统正在维护", "大厅暂停服务", "终端正在移机"):
        assert f"市民会看到：{words}" in bench.screen


def test_a_file_that_cannot_be_read_closes_no_kiosk(bench: Bench) -> None:
    at_service(bench)
    bench.touch("停用：设备维修", "返回", LEAVE_CLOSED)
    (bench.config.kiosk.data_dir / "maintenance" / "withdrawn").write_bytes(b"\xff\xfe")
    bench.power_on()
    assert bench.view.title == HOME


def test_a_restart_is_asked_once_more_and_leads_back_to_service(bench: Bench) -> None:
    at_service(bench)
    bench.touch("重启程序")
    assert bench.switch.ordered == []
    bench.touch("返回", "重启程序", "重启")
    assert bench.switch.ordered == ["restart"]
    bench.power_on()
    assert bench.view.title == HOME


def test_what_the_system_refuses_is_named_whether_restart_or_shutdown(bench: Bench) -> None:
    at_service(bench)
    bench.switch.refuses = True
    bench.touch("重启程序", "重启")
    bench.wait(61)  # a restart is not refused: the kiosk is still there
    assert [banner.text for banner in bench.view.banners] == ["重启没有执行，请联系管理员"]
    bench.touch("关机", "关机")
    assert [banner.text for banner in bench.view.banners] == ["关机没有执行，请联系管理员"]
    bench.switch.refuses = False
    bench.touch("关机", "关机")
    assert bench.switch.ordered == ["restart", "shut down"]
    assert "等屏幕熄灭后再断电" in bench.screen
    assert not {"返回", "总览"} & set(bench.choices), "as if nothing were happening"


def test_a_kiosk_no_reader_of_which_works_stays_closed_and_the_technician_is_told(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.card_slot.unplug_reader()
    bench.wait(5)
    at_service(bench)
    assert "读卡器都不能用，结束维护后仍暂停服务" in bench.screen
    bench.touch("返回", LEAVE_CLOSED)
    assert bench.view.title == "暂停服务"
