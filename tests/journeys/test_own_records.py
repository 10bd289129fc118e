"""Every topic of the own records (Art 22): masked until touched, in pages, on paper, and honest where there
is nothing."""

from datetime import timedelta
from pathlib import Path

import uuid_utils
from bench import Bench

from drivers.emulators.personas import persona
from kiosk.backend.contract import ToldTransaction
from kiosk.backend.emulator import faults
from kiosk.domain.cards import ProductionStage
from kiosk.domain.contact import ContactDetails
from kiosk.domain.receipt_number import receipt_number
from kiosk.views.models import Table

WHO = "li-jianguo"
ME = persona(WHO)
TOPICS = (
    "我的信息", "参保情况", "近 12 个月缴费", "养老账户", "医保账户", "待遇发放", "社保卡状态",
    "我办理的业务",
)  # fmt: skip
PRIVATE = (ME.name, ME.holder_number, ME.card_number, "13803730000", ME.address or "")


def slip(bench: Bench) -> str:
    return bench.slip.replace("\n", "")


def table(bench: Bench) -> Table:
    assert isinstance(bench.view.body, Table)
    return bench.view.body


def to_years(bench: Bench, insurance: str = "城镇职工基本养老保险") -> None:
    bench.log_in(WHO)
    bench.touch("近 12 个月缴费", "按险种、年度查", insurance)


# --- who I am -----------------------------------------------------------------------------------


def test_number_and_contact_details_are_masked_until_touched_and_again_after(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("我的信息")
    masked = bench.screen
    for private in PRIVATE[1:]:
        assert private not in masked
    assert "138****0000" in masked
    bench.touch("显示完整信息")
    assert "13803730000" in bench.screen
    assert ME.address is not None
    assert ME.address in bench.screen
    bench.touch("隐藏完整信息")
    assert bench.screen == masked
    bench.touch("显示完整信息", "返回", "我的信息")
    assert bench.screen == masked, "whoever comes back finds it masked"


def test_a_slip_of_any_topic_is_masked_and_proves_nothing(bench: Bench) -> None:
    bench.log_in(WHO)
    for topic in TOPICS:
        bench.touch(topic)
        if topic == "我的信息":
            bench.touch("显示完整信息")
        bench.touch("打印")
        assert "已打印，再打一张" in bench.choices
        assert topic in slip(bench)
        assert "查询结果，不作证明用" in slip(bench)
        assert "李*国" in slip(bench)
        for private in PRIVATE:
            assert private not in slip(bench)
        bench.touch("返回")


def test_contact_details_nobody_has_given_are_told_as_such(bench: Bench) -> None:
    bench.backend.window.change_contact(ME.holder_number, ContactDetails())
    bench.log_in(WHO)
    bench.touch("我的信息")
    assert bench.screen.count("未登记") == 4


# --- contributions by insurance and year --------------------------------------------------------


def test_the_last_twelve_months_are_one_touch_away_and_say_what_has_not_arrived(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("近 12 个月缴费")
    assert "12 个月合计" in bench.screen
    assert "其中未到账" in bench.screen, "this month's is not paid yet"
    assert [row[0] for row in table(bench).rows] == [f"2026年{month:02d}月" for month in range(11, 5, -1)]
    bench.touch("下一页")
    assert [row[0] for row in table(bench).rows][-1] == "2025年12月"
    assert "下一页" not in bench.choices


def test_any_year_of_any_insurance_can_be_seen_and_printed(bench: Bench) -> None:
    to_years(bench)
    assert bench.choices[0] == "2026 年"
    bench.touch("2025 年")
    assert "城镇职工基本养老保险 2025 年" in bench.screen
    assert "12 个月合计" in bench.screen
    assert "未到账" not in bench.screen
    assert len(table(bench).rows) == 6
    bench.touch("下一页")
    assert [row[0] for row in table(bench).rows] == [f"{month}月" for month in range(6, 0, -1)]
    bench.touch("打印")
    assert "城镇职工基本养老保险" in slip(bench)
    for month in range(1, 13):
        assert f"2025年{month:02d}月" in slip(bench)
    assert "查询结果，不作证明用" in slip(bench)
    assert ME.name not in slip(bench)


def test_a_years_months_of_one_insurance_are_less_than_those_of_all(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("近 12 个月缴费")
    of_all = table(bench).rows[0]
    bench.touch("按险种、年度查", "失业保险", "2026 年")
    of_one = table(bench).rows[0]
    assert of_one[0] == "11月"
    assert float(of_one[2].replace(",", "")) < float(of_all[1].replace(",", ""))


def test_years_go_back_to_the_beginning_of_the_insurance_and_no_further(bench: Bench) -> None:
    to_years(bench)
    years = [choice for choice in bench.choices if choice.endswith("年")]
    while "下一页" in bench.choices:
        bench.touch("下一页")
        years += [choice for choice in bench.choices if choice.endswith("年")]
    assert years == [f"{year} 年" for year in range(2026, 2014, -1)], "this insurance began in 2015"
    bench.touch("2015 年")
    assert "6 个月合计" in bench.screen


def test_back_leads_from_a_year_to_its_page_of_years_and_on_to_the_topic(bench: Bench) -> None:
    to_years(bench)
    bench.touch("下一页", "2018 年", "返回")
    assert "2018 年" in bench.choices
    bench.touch("返回", "返回", "返回")
    assert bench.view.name == "choosing_topic"


def test_a_year_without_an_answer_is_told_and_can_be_asked_for_again(bench: Bench) -> None:
    to_years(bench)
    for fault in (faults.HangUp(), faults.garbage(), faults.busy()):
        bench.backend.faults.set(fault, path="/v1/visits")
        bench.touch("2025 年")
        assert "该年度暂时查不到" in bench.screen
        bench.backend.faults.clear()
        bench.touch("再查一次")
        assert "2025 年" in bench.screen
        assert "12 个月合计" in bench.screen
        bench.touch("返回")


def test_a_year_without_an_answer_leaves_the_way_back(bench: Bench) -> None:
    to_years(bench)
    bench.backend.faults.set(faults.HangUp(), path="/v1/visits")
    bench.touch("2025 年", "返回", "返回", "返回", "返回", "养老账户")
    assert table(bench).rows


def test_a_visit_that_is_over_at_the_backend_is_told_as_such(bench: Bench) -> None:
    to_years(bench)
    bench.backend.skew_clock(timedelta(minutes=11))
    bench.touch("2025 年")
    assert "为保护您的信息，这次办理已经结束" in bench.screen
    bench.touch("知道了")
    assert "请取走您的卡" in bench.screen


def test_a_card_pulled_anywhere_in_the_contributions_ends_the_visit(bench: Bench) -> None:
    way = ("近 12 个月缴费", "按险种、年度查", "城镇职工基本养老保险", "2025 年", "打印")
    for steps in range(1, len(way) + 1):
        bench.log_in(WHO)
        bench.touch(*way[:steps])
        bench.pull_card()
        assert bench.view.name == "home"
        assert bench.runtime.kiosk.visit.session.records is None


def test_who_has_no_insurance_here_is_offered_no_years(bench: Bench) -> None:
    bench.log_in("sun-guilan")
    bench.touch("近 12 个月缴费")
    assert "本市无记录" in bench.screen
    assert "按险种、年度查" not in bench.choices


# --- pension, medical, benefits -----------------------------------------------------------------


def test_the_pension_account_is_told_by_year_in_pages(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("养老账户")
    seen = list(table(bench).rows)
    while "下一页" in bench.choices:
        bench.touch("下一页")
        seen += table(bench).rows
    assert [row[0] for row in seen] == [f"{year} 年" for year in range(2025, 2014, -1)]
    assert [row[1] for row in seen] == ["12"] * 10 + ["6"], "it began in July 2015"
    bench.touch("打印")
    assert slip(bench).count("利息") == 11
    assert seen[0][3] in slip(bench), "the balance"


def test_the_benefits_of_two_years_are_told_in_pages(bench: Bench) -> None:
    bench.log_in("wang-xiuying")
    bench.touch("待遇发放")
    assert "第 1 页，共 4 页" in bench.screen
    bench.touch("下一页", "下一页", "下一页", "打印")
    assert table(bench).rows[-1][0] == "2024年12月"
    assert "2026年11月" in slip(bench)
    assert "2024年12月" in slip(bench), "paper has all pages"


def test_what_the_backend_does_not_have_is_told_as_not_offered_here(tmp_path: Path) -> None:
    lacking = {"pension-account", "medical-account", "benefits", "transactions"}
    with Bench(tmp_path, not_offered=lacking) as bench:
        bench.log_in(WHO)
        for topic in ("养老账户", "医保账户", "待遇发放", "我办理的业务"):
            bench.touch(topic, "打印")
            for told in (bench.screen, slip(bench)):
                assert "本终端不提供" in told
                assert "本市无记录" not in told
            bench.touch("返回")
        bench.touch("参保情况")
        assert "正常参保" in bench.screen, "what it has is shown"


def test_no_record_in_this_city_is_not_said_to_be_no_insurance(bench: Bench) -> None:
    bench.log_in("sun-guilan")
    for topic in ("参保情况", "近 12 个月缴费", "养老账户", "医保账户", "待遇发放"):
        bench.touch(topic, "打印")
        for told in (bench.screen, slip(bench)):
            assert "本市无记录" in told
            assert "不等于未参保" in told
            assert "本终端不提供" not in told
        bench.touch("返回")


# --- card and transactions ----------------------------------------------------------------------


def test_a_card_in_the_making_is_told_with_its_step_and_where_it_is_handed_out(bench: Bench) -> None:
    window = bench.backend.window
    window.take_application(ME.card_number, new_number="B07285799", new_id="410700D15600000500990785FFFFFFFF")
    bench.log_in(WHO)
    bench.touch("社保卡状态")
    assert "信息已采集（第 1 步，共 7 步）" in bench.screen
    assert "正常" in bench.screen, "the old card serves until then"
    assert "第十一条" not in bench.screen
    window.report_stage("B07285799", ProductionStage.READY_FOR_COLLECTION)
    bench.touch("结束")
    bench.pull_card()
    bench.wait(6)
    bench.log_in(WHO)
    bench.touch("社保卡状态", "打印")
    for told in (bench.screen.replace("\n", ""), slip(bench)):
        assert "可以领取（第 7 步，共 7 步）" in told
        assert "尚未发放" in told
        assert "制卡中" not in told, "a card that can be collected is made"
        assert "领卡：" in told
        assert "（第十一条）" in told


def test_more_cards_than_a_screen_holds_are_told_in_pages(bench: Bench) -> None:
    for place in range(3):
        bench.backend.window.take_application(
            ME.card_number, new_number=f"B0728579{place}", new_id=f"410700D1560000050099078{place}FFFFFFFF"
        )
    bench.log_in(WHO)
    bench.touch("社保卡状态")
    shown = bench.screen
    bench.touch("下一页")
    told = shown + bench.screen
    for last_four in ("5716", "5790", "5791", "5792"):
        assert f"*****{last_four}" in told


def test_own_transactions_of_this_kiosk_are_listed_with_what_became_of_them(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("我办理的业务")
    assert "没有通过自助终端办理过业务" in bench.screen
    bench.touch("返回", "修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    bench.enter(ME.password)
    bench.touch("确定")
    number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
    bench.touch("完成")
    bench.pull_card()
    bench.wait(6)
    bench.log_in(WHO)
    bench.touch("我办理的业务", "打印")
    for told in (bench.screen, slip(bench)):
        assert number in told
        assert "变更已生效" in told
    assert "13903730021" not in bench.screen + slip(bench)


def test_of_many_transactions_the_slip_has_the_page_on_the_screen_and_says_which(bench: Bench) -> None:
    numbers = [told_at_another_kiosk(bench, sequence) for sequence in range(1, 15)]
    bench.log_in(WHO)
    bench.touch("我办理的业务", "打印")
    printed: list[str] = []
    for page in (1, 2, 3):
        assert f"第 {page} 页，共 3 页" in slip(bench)
        on_slip = [number for number in numbers if number in slip(bench)]
        assert on_slip == [number for number in numbers if number in bench.screen]
        printed += on_slip
        if page < 3:
            bench.touch("下一页")
            assert "打印" in bench.choices, "this page is on no paper yet"
            bench.touch("打印")
    assert sorted(printed) == sorted(numbers), "every one is on paper, and once"


def told_at_another_kiosk(bench: Bench, sequence: int) -> str:
    """Tell a change that proves nothing, and so is refused and on record; return its receipt number."""
    bench.wait(1)
    document = ToldTransaction.model_validate(
        {
            "holder_name": ME.name, "holder_number": ME.holder_number, "kiosk": "0002", "sequence": sequence,
            "captured_at": bench.clock.wall, "clock": "synchronised",
            "evidence": {"level": 2, "verified_by": "card", "visit_id": ""},
            "order": {"kind": "contact_change", "version": "1",
                      "changes": [{"field": "postcode", "before": "", "after": "453000"}]},
        }
    )  # fmt: skip
    bench.backend.transaction_desk.take_in(str(uuid_utils.uuid7()), document)
    return receipt_number("0002", sequence)


# --- paper --------------------------------------------------------------------------------------


def test_a_slip_that_fails_is_told_on_the_screen_and_can_be_printed_again(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("养老账户")
    bench.printer.run_out_of_paper(after_bytes=60)
    bench.touch("打印")
    assert "打印机没有纸，没有打印出来" in bench.screen
    bench.printer.refill()
    bench.wait(5)
    bench.touch("打印")
    assert "已打印，再打一张" in bench.choices
    assert "打印机没有纸" not in bench.screen
