"""Article 19: a loss is reported in time, here as by 12333; it is lifted at the window only."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from drivers.emulators.personas import persona
from kiosk.domain.cards import CardState
from kiosk.domain.guides import Guide
from kiosk.domain.measures.use import can_be_reported_lost
from kiosk.domain.transaction import IdentityLevel
from kiosk.views.models import Instruction
from kiosk.views.words import Words
from tests.bench import Bench

WHO = "wang-xiuying"
CARD = persona(WHO).card_number


def begin_report(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)


@pytest.mark.parametrize("state", CardState)
def test_the_kiosk_offers_to_report_what_can_be_reported_and_nothing_else(
    bench: Bench, state: CardState
) -> None:
    bench.backend.window.set_state(CARD, state)
    begin_report(bench)
    assert ("确认挂失" in bench.choices) is can_be_reported_lost(state)
    if can_be_reported_lost(state):
        bench.touch("确认挂失")
        assert "挂失已生效" in bench.screen, "and the backend takes what the kiosk offers"
    else:
        assert bench.view.name == "loss_no_card"


def test_the_identity_card_is_enough_to_report_and_opens_no_record(bench: Bench) -> None:
    begin_report(bench)
    bench.touch("确认挂失")
    (taken,) = bench.backend.transactions
    assert taken.told.evidence.level is IdentityLevel.ID_CARD
    assert not any(view.name.startswith("topic") for view in bench.shown)


def test_paper_and_screen_say_since_when_it_is_in_effect_and_how_it_is_lifted(bench: Bench) -> None:
    begin_report(bench)
    bench.touch("确认挂失")
    for told in (bench.screen, bench.slip):
        assert "生效时间" in told
        assert "本人持社保卡、身份证到服务窗口解除挂失" in told.replace("\n", "")


def test_an_earlier_loss_is_told_with_its_own_time(bench: Bench) -> None:
    bench.backend.window.report_loss(CARD)
    earlier = bench.clock.wall + timedelta(hours=8)
    bench.clock.forward(600)
    begin_report(bench)
    bench.touch("确认挂失")
    assert "此前已挂失" in bench.screen
    assert f"{earlier:%H:%M}" in bench.screen


def test_while_the_backend_is_silent_the_first_and_largest_word_is_12333(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    assert "12333" in bench.screen, "before any card is asked for"
    begin_report(bench)
    assert isinstance(bench.view.body, Instruction)
    assert bench.view.body.emphasis == "12333"
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    for told in (bench.screen, bench.slip):
        assert "尚未生效" in told.replace("\n", "")
        assert "请马上拨打 12333 挂失" in told.replace("\n", "")


def test_a_late_report_does_not_lock_the_card_that_came_after_it(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    begin_report(bench)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    bench.clock.forward(24 * 3600)
    bench.backend.window.replace_card(CARD, new_number="A40799999", new_id="410700D15600000500990748")
    bench.backend.go_online()
    bench.wait(120)
    assert bench.backend.transactions
    assert bench.lost_cards == set()


def test_a_card_that_is_reported_lost_opens_nothing_and_the_window_lifts_the_report(bench: Bench) -> None:
    bench.backend.window.report_loss(CARD)
    bench.log_in(WHO)
    assert bench.view.name == "not_served"
    assert "到服务窗口解除挂失" in bench.screen
    assert "请带社保卡、身份证" in bench.screen
    assert "第十九条" in bench.screen
    bench.touch("看办事指南")
    assert bench.view.name == "guide_un_loss"


def test_lifting_is_refused_with_the_papers_of_the_article(guide) -> None:
    for told in (guide(Guide.UN_LOSS).screen, guide(Guide.UN_LOSS).slip):
        assert "本终端不能解除挂失" in told
        assert "补卡前找回卡的" in told
        assert "“还应当提供代理人身份证原件及复印件”" in told


def test_a_found_card_can_be_lost_again(bench: Bench) -> None:
    bench.backend.window.report_loss(CARD)
    bench.backend.window.un_loss(CARD)
    bench.wait(60)
    begin_report(bench)
    bench.touch("确认挂失")
    assert "此前" not in bench.screen
    assert bench.lost_cards == {CARD}


def test_the_bureau_can_switch_it_off_and_the_other_ways_are_named(tmp_path: Path) -> None:
    with Bench(tmp_path, loss_report={"enabled": False}) as bench:
        assert "社保卡挂失" not in bench.choices
        bench.place_id_card(WHO)
        assert bench.view.name == "loss_not_offered"
        assert "12333" in bench.screen
        assert "到服务窗口办理" in bench.screen
        assert not bench.backend.transactions


def test_the_bureau_can_have_losses_refused_while_the_backend_is_silent(tmp_path: Path) -> None:
    with Bench(tmp_path, loss_report={"offline": "refuse"}) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        assert "请拨打 12333 挂失" in bench.screen, "said before anything is touched"
        bench.touch("社保卡挂失")
        assert bench.view.body.emphasis == "12333"
        assert "网络中断，本终端现在不能挂失" in bench.screen
        assert not [choice for choice in bench.choices if "登记" in choice]


def test_no_report_ends_by_time_and_none_is_called_temporary(words: Words) -> None:
    """Rules of other cities; 临时挂失 is the name of a state the backend may give, and of nothing else."""
    naming = [key for key, text in words.texts.items() if "临时挂失" in str(text)]
    assert naming == ["card_state.temporarily_lost"]
    assert not any(re.search("自动解除|自动解挂|日后失效", str(text)) for text in words.texts.values())


def test_the_guide_names_the_ways_of_the_article(guide) -> None:
    assert "拨打 12333，打电话就能办好挂失· 社保卡服务窗口" in guide(Guide.LOSS_BY_OTHER_WAYS).slip
