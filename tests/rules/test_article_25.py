"""Article 25: a forgotten password is reset at the window; whoever lost the card too still reports it."""

from kiosk.domain.guides import Guide
from tests.bench import Bench


def test_resetting_is_refused_with_the_papers_of_the_article(guide) -> None:
    for told in (guide(Guide.PASSWORD_RESET).screen, guide(Guide.PASSWORD_RESET).slip):
        assert "本终端不能重置密码" in told
        assert "本人社保卡" in told
        assert "本人身份证" in told
        assert "社保卡服务窗口" in told
        assert "卡也丢了的，请先挂失" in told


def test_before_the_last_try_who_has_forgotten_it_is_sent_to_have_it_reset(bench_with) -> None:
    with bench_with("li-jianguo") as bench:
        bench.insert_card("li-jianguo")
        for _ in range(5):
            bench.enter("000000")
            bench.touch("确定")
        assert bench.view.name == "password_last_try"
        assert "到服务窗口办理密码重置（第二十五条）" in bench.screen


def test_a_loss_is_reported_without_any_password(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("确认挂失")
    assert "挂失已生效" in bench.screen
    assert not any("password" in view.name for view in bench.shown)
