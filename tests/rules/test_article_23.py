"""Article 23: the initial password is to be changed soon, at the window."""

from kiosk.domain.guides import Guide
from kiosk.flows import effects as do
from tests.bench import Bench


def test_who_has_the_initial_password_is_told_to_change_it_at_the_window(bench_with) -> None:
    with bench_with("li-jianguo", initial_password=True) as bench:
        bench.log_in("li-jianguo")
        assert "请尽快到服务窗口修改（第二十三条）" in bench.screen
        bench.touch("参保情况")
        assert bench.view.name == "topic_insurances", "a notice bars nothing"


def test_who_has_changed_it_is_told_nothing(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    assert "初始密码" not in bench.screen


def test_changing_is_refused_with_a_guide(guide) -> None:
    for told in (guide(Guide.PASSWORD_CHANGE).screen, guide(Guide.PASSWORD_CHANGE).slip):
        assert "本终端不能修改密码" in told
        assert "社保卡服务窗口" in told
        assert "未修改初始密码造成的损失由持卡人承担" in told


def test_nothing_the_kiosk_can_do_changes_a_password() -> None:
    doing = {effect.__name__ for effect in do.Effect.__args__ if "Password" in effect.__name__}
    assert doing == {"VerifyPasswordOnCard", "VerifyPasswordAtBackend"}
