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
        bench.place_id_card(WHO)
        assert "12333" in bench.screen
        assert "在此登记" not in " ".join(bench.choices)
