"""Cards that can't be used: one plain sentence, the next step, and the kiosk goes on."""

import pytest
from bench import Bench

from drivers.emulators.personas import persona


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("unknown", "不是社会保障卡"),
        ("bank-only", "这是银行卡"),
        ("mute", "卡没有读出来"),
        ("needs-psam", "到服务窗口办理"),
        ("expired", "已过有效期"),
    ],
)
def test_a_card_of_no_use_gets_one_plain_sentence(bench: Bench, variant: str, sentence: str) -> None:
    bench.insert_card("li-jianguo", variant)
    assert sentence in bench.screen
    bench.pull_card()
    assert bench.choices
    bench.insert_card("li-jianguo")
    assert "请输入社保账户密码" in bench.screen, "the next card is served"


def test_a_card_pulled_in_the_middle_of_reading_is_only_a_card_pulled(bench: Bench) -> None:
    bench.touch("查询我的社保")
    bench.card_slot.insert(bench.cards["li-jianguo"])
    bench.card_slot.pull_during_next_apdu()
    bench.settle()
    assert bench.view.name in {"awaiting_card", "home"}
    bench.insert_card("li-jianguo")
    assert "请输入社保账户密码" in bench.screen


def test_a_card_pulled_while_the_password_is_checked_ends_the_visit(bench: Bench) -> None:
    bench.insert_card("li-jianguo")
    bench.enter(persona("li-jianguo").password)
    bench.card_slot.pull_during_next_apdu()
    bench.touch("确定")
    assert bench.view.name == "home"


def test_a_card_of_another_province_is_told_where_to_go(bench: Bench) -> None:
    bench.insert_card("abdurehim-jan")
    assert "只办理河南省发行的社保卡" in bench.screen


def test_a_contactless_card_with_blank_name_is_known_by_its_number(bench: Bench) -> None:
    bench.insert_card("li-jianguo", "contactless")
    bench.enter(persona("li-jianguo").password)
    bench.touch("确定", "我的信息")
    assert "李建国" in bench.screen
