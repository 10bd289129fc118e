"""Article 26: who bears a loss turns on the time of effect, which is the backend's and is told exactly."""

from datetime import timedelta

from kiosk.domain.guides import Guide
from kiosk.views.words import BEIJING
from tests.bench import Bench

WHO = "wang-xiuying"


def test_the_time_of_effect_is_the_backends_and_never_the_kiosks(bench: Bench) -> None:
    bench.backend.skew_clock(timedelta(minutes=4))
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    bench.touch("确认挂失")
    theirs = f"{bench.backend.now().astimezone(BEIJING):%H:%M}"
    ours = f"{bench.clock.wall.astimezone(BEIJING):%H:%M}"
    effect = next(line for line in bench.slip.splitlines() if "生效时间" in line)
    assert theirs != ours
    assert theirs in effect
    assert ours not in effect


def test_without_the_backends_word_no_time_of_effect_is_told(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    assert "生效时间" not in bench.slip
    assert "登记时间" in bench.slip


def test_who_bears_a_loss_is_told_before_a_report_is_made(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    assert "损失由持卡人承担（第二十六条）" in bench.screen


def test_who_bears_a_loss_is_told_before_a_report_is_only_taken_down(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    bench.touch("打不了电话，在此登记")
    assert "未及时挂失造成的损失由持卡人承担（第二十六条）" in bench.screen


def test_the_guides_say_both_halves_of_the_article(guide) -> None:
    assert "未及时挂失造成的损失由持卡人承担" in guide(Guide.LOSS_BY_OTHER_WAYS).slip
    assert "未修改初始密码造成的损失由持卡人承担" in guide(Guide.PASSWORD_CHANGE).slip
