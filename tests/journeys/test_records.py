"""The own records, as a citizen sees them (Art 22)."""

from bench import Bench

from drivers.emulators.personas import persona


def test_a_citizen_sees_the_own_records_and_takes_a_slip_home(bench: Bench) -> None:
    bench.insert_card("li-jianguo")
    bench.enter(persona("li-jianguo").password)
    bench.touch("确定")
    assert "我的社保" in bench.screen
    bench.touch("我的信息")
    assert "李建国" in bench.screen
    assert persona("li-jianguo").holder_number not in bench.screen, "masked until touched"
    bench.touch("显示完整信息")
    assert persona("li-jianguo").holder_number in bench.screen
    bench.touch("返回", "参保情况")
    assert "城镇职工基本养老保险" in bench.screen
    bench.touch("返回", "近 12 个月缴费")
    assert "12 个月合计" in bench.screen
    bench.touch("打印")
    assert "查询结果，不作证明用" in bench.slip
    assert "李*国" in bench.slip
    assert "李建国" not in bench.slip
    assert persona("li-jianguo").holder_number not in bench.slip


def test_a_pulled_card_leaves_nothing_of_the_citizen_on_the_screen(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.touch("我的信息")
    bench.pull_card()
    assert bench.view.name == "home"
    assert "李建国" not in bench.screen
    assert not bench.runtime.kiosk.visit.session.holder


def test_leaving_with_the_card_inside_asks_for_it_until_it_is_out(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.touch("结束")
    assert "请取走您的卡" in bench.screen
    bench.wait(20)
    assert "卡还在读卡口里" in bench.screen
    bench.pull_card()
    assert "感谢使用" in bench.screen
    bench.wait(5)
    assert bench.view.name == "home"


def test_who_does_not_move_is_asked_and_then_forgotten(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.touch("我的信息")
    bench.wait(91)
    assert "您还在吗" in bench.screen
    assert "李建国" not in bench.screen
    bench.touch("继续办理")
    assert "李建国" in bench.screen
    bench.wait(91 + 46)
    assert "请取走您的卡" in bench.screen
    assert bench.runtime.kiosk.visit.session.holder is None


def test_records_a_backend_does_not_offer_are_told_as_such(bench: Bench) -> None:
    bench.log_in("sun-guilan")
    bench.touch("参保情况")
    assert "本市无记录" in bench.screen
    assert "未参保" in bench.screen  # 不等于未参保


def test_a_wrong_password_says_how_many_tries_are_left_and_six_lock_the_card(bench: Bench) -> None:
    card = bench.insert_card("li-jianguo")
    for left in (5, 4, 3, 2):
        bench.enter("000000")
        bench.touch("确定")
        assert f"还可以输入 {left} 次" in bench.screen
    bench.enter("000000")
    bench.touch("确定")
    assert "只剩最后一次" in bench.screen
    assert card.tries_left == 1
    bench.touch("我记得密码，再试一次")
    bench.enter("000000")
    bench.touch("确定")
    assert "社保账户密码已锁定" in bench.screen
    assert card.tries_left == 0


def test_while_the_backend_is_silent_nobody_is_asked_for_a_card_in_vain(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    assert "网络中断" in bench.screen
    bench.touch("查询我的社保")
    assert "暂时连不上社保系统" in bench.screen
    assert "12333" in bench.screen


def test_a_backend_that_falls_silent_during_the_visit_ends_in_one_plain_sentence(bench: Bench) -> None:
    bench.insert_card("li-jianguo")
    bench.enter(persona("li-jianguo").password)
    bench.backend.go_offline()
    bench.touch("确定")
    assert "暂时连不上社保系统" in bench.screen
    bench.touch("知道了")
    assert "请取走您的卡" in bench.screen
