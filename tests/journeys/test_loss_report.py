"""Reporting the own card lost (Art 19), online, offline, and over a power cut."""

from dataclasses import replace
from pathlib import Path

from bench import Bench

from drivers.emulators.id_card_reader import IdCard, document_of
from drivers.emulators.personas import persona

WHO = "wang-xiuying"


def report_offline(bench: Bench) -> str:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    assert "请马上打电话挂失" in bench.screen
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    return next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))


def test_a_loss_takes_effect_at_once_while_the_backend_answers(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    assert "确认挂失" in bench.choices
    assert "银行账户不会随之冻结" in bench.screen
    bench.touch("确认挂失")
    assert "挂失已生效" in bench.screen
    assert persona(WHO).card_number in bench.lost_cards
    assert "挂失已生效" in bench.slip
    assert "银行账户没有冻结" in bench.slip.replace("\n", "")


def test_offline_the_first_word_is_to_call_and_the_paper_says_not_yet_in_effect(bench: Bench) -> None:
    report_offline(bench)
    assert "已登记，挂失尚未生效" in bench.screen
    slip = bench.slip.replace("\n", "")
    assert "登记回执（挂失尚未生效）" in slip
    assert "挂失已生效" not in slip
    assert "12333" in slip


def test_a_report_survives_a_power_cut_and_takes_effect_exactly_once(bench: Bench) -> None:
    number = report_offline(bench)
    bench.power_on()
    bench.backend.go_online()
    bench.wait(60)
    assert persona(WHO).card_number in bench.lost_cards
    assert len(bench.backend.transactions) == 1
    bench.touch("查回执办理结果")
    bench.enter(number.replace("-", ""))
    bench.touch("查询")
    assert "挂失已生效" in bench.screen
    bench.touch("打印")
    assert "挂失已生效" in bench.slip
    assert "补打" in bench.slip


def test_a_loss_reported_before_is_told_with_its_time_and_not_as_an_error(bench: Bench) -> None:
    for _ in range(2):
        bench.touch("社保卡挂失")
        bench.place_id_card(WHO)
        bench.touch("确认挂失")
        shown = bench.screen
        bench.touch("完成")
        bench.wait(6)
    assert "此前已挂失" in shown


def test_an_expired_id_card_is_told_to_call(bench: Bench) -> None:
    document = document_of(persona("li-jianguo"))
    past = replace(document, valid_until=document.valid_from.replace(year=document.valid_from.year + 1))
    bench.touch("社保卡挂失")
    bench.place_id_card(IdCard.of_document(past))
    assert "已过有效期" in bench.screen
    assert "12333" in bench.screen


def test_garbage_from_the_id_reader_reports_nothing(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.id_reader.add_noise_next(bytes(range(256)) * 8)
    bench.place_id_card(IdCard.of_unknown_kind())
    assert "身份证没有读出来" in bench.screen
    bench.place_id_card(WHO)
    assert "确认挂失" in bench.choices


def test_two_cards_of_two_persons_end_the_visit_with_a_neutral_text(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    bench.insert_card("li-jianguo")
    assert "不能继续办理" in bench.screen
    assert "冒" not in bench.screen
    assert not bench.backend.transactions


def test_an_id_card_of_another_person_ends_a_visit_with_a_card(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.place_id_card(WHO)
    assert "不能继续办理" in bench.screen


def test_the_bureau_may_switch_loss_reports_off(tmp_path: Path) -> None:
    with Bench(tmp_path, loss_report={"enabled": False}) as bench:
        assert "社保卡挂失" not in bench.choices


def test_the_bureau_may_refuse_to_take_losses_down_offline(tmp_path: Path) -> None:
    with Bench(tmp_path, loss_report={"offline": "refuse"}) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        bench.touch("社保卡挂失")
        assert bench.view.body.emphasis == "12333"
        assert "登记" not in " ".join(bench.choices)


def test_a_link_that_is_lost_on_the_way_is_met_with_the_word_to_call(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    bench.backend.go_offline()
    bench.wait(10)
    assert "现在不能立即挂失" in bench.screen
    assert "社保功能停用" not in bench.screen
    bench.touch("继续")
    assert bench.view.body.emphasis == "12333"
    assert not bench.backend.transactions
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    assert "挂失尚未生效" in bench.slip.replace("\n", "")
    bench.backend.go_online()
    bench.wait(60)
    assert len(bench.lost_cards) == 1, "the card was known: it is the one that was shown"


def test_a_link_that_comes_back_under_the_finger_reports_nothing_that_was_not_confirmed(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    bench.backend.go_offline()
    bench.wait(10)
    (go_on,) = (choice for choice in bench.view.choices if choice.text == "继续")
    bench.backend.go_online()
    bench.wait(10)
    bench.runtime.touch(go_on.event)
    bench.wait(10)
    assert "确认挂失" in bench.choices
    assert not bench.backend.transactions


def test_a_report_that_was_refused_offline_is_refused_on_every_way(tmp_path: Path) -> None:
    with Bench(tmp_path, loss_report={"offline": "refuse"}) as bench:
        bench.touch("社保卡挂失")
        bench.place_id_card(WHO)
        bench.backend.go_offline()
        bench.wait(10)
        bench.touch("继续")
        assert bench.view.name == "loss_not_offered"
        assert bench.view.body.emphasis == "12333"
        bench.backend.go_online()
        bench.wait(60)
        assert not bench.backend.transactions


def test_without_an_id_card_reader_nobody_is_asked_for_an_id_card(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.wait(10)
    bench.touch("社保卡挂失")
    assert bench.view.name == "loss_not_offered"
    assert bench.view.body.emphasis == "12333"
    bench.touch("看办事指南", "打印")
    assert "身份证阅读器暂停使用" in bench.slip.replace("\n", "")


def test_the_bank_on_the_card_is_named_with_its_telephone_on_the_receipt(tmp_path: Path) -> None:
    with Bench(tmp_path, service={"bank_hotlines": {"中原银行": "000-0000"}}) as bench:
        bench.touch("社保卡挂失")
        bench.place_id_card(WHO)
        bench.touch("确认挂失")
        assert "银行卡挂失请拨打中原银行 000-0000" in bench.screen
        assert "银行卡挂失请拨打中原银行 000-0000" in bench.slip.replace("\n", "")


def test_a_receipt_of_a_card_nobody_could_be_asked_about_names_every_bank_there_is(tmp_path: Path) -> None:
    with Bench(
        tmp_path, service={"bank_hotlines": {"中原银行": "000-0000", "示例银行": "000-0001"}}
    ) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        bench.touch("社保卡挂失")
        bench.place_id_card(WHO)
        bench.touch("打不了电话，在此登记")
        assert "两张以上社保卡" in bench.screen
        bench.touch("我知道尚未生效，登记")
        assert "000-0000" in bench.slip
        assert "000-0001" in bench.slip
