"""Changing contact details (Art 18)."""

from dataclasses import replace
from pathlib import Path

from bench import Bench
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.id_card_reader import IdCard
from drivers.emulators.personas import persona
from kiosk.domain.contact import ADDRESS_MAX, PROBLEMS, ContactField, ContactProblem, problem_of
from kiosk.views.models import TextEntry

WHO = "li-jianguo"


def new_phone(bench: Bench, phone: str = "13903730021") -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter(phone)
    bench.touch("填好了", "核对修改")


def confirm(bench: Bench) -> None:
    bench.touch("没有错，输入密码")
    bench.enter(persona(WHO).password)
    bench.touch("确定")


def test_a_new_phone_is_reviewed_confirmed_by_password_and_in_effect(bench: Bench) -> None:
    new_phone(bench)
    assert "13803730000" in bench.screen
    assert "13903730021" in bench.screen
    assert "银行预留的电话和地址不会改变" in bench.screen
    confirm(bench)
    assert "变更已生效" in bench.screen
    assert bench.backend.contact_of(persona(WHO).holder_number).phone == "13903730021"
    assert "变更已生效" in bench.slip
    assert "139****0021" in bench.slip
    assert "13903730021" not in bench.slip
    assert "银行" in bench.slip


def test_an_address_is_picked_from_places_and_typed_in_pinyin(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇")
    bench.touch("全键拼音", *"pingyuanlu", "平原路")
    bench.touch("门牌号", *"18号", "填好了")
    assert "河南省新乡市红旗区洪门镇平原路18号" in bench.screen


def test_letters_that_mean_nothing_are_told_of_and_taken_back(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇", "全键拼音", "v")
    assert "没有这样的字词" in bench.screen
    bench.touch("删除")
    assert "没有这样的字词" not in bench.screen


def test_a_word_that_makes_an_address_too_long_is_shown_whole_and_told_of(bench: Bench) -> None:
    begun = "河南省新乡市红旗区洪门镇"
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇")
    bench.touch("门牌号", *["1"] * (ADDRESS_MAX - 1 - len(begun)))
    bench.touch("全键拼音", *"pingyuanlu", "平原路")
    assert "1平原路" in bench.screen
    assert f"地址太长，最多 {ADDRESS_MAX} 个字" in bench.screen
    assert "填好了" not in bench.choices
    bench.touch("删除", "删除")
    assert "1平" in bench.screen
    assert f"已经写满 {ADDRESS_MAX} 个字" in bench.screen
    assert "p" not in bench.choices
    bench.touch("填好了")
    assert "1平" in bench.screen


def test_a_house_with_a_letter_in_its_name_is_written(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇")
    bench.touch("门牌号", *"18号", "ABC", "A", "号楼室", "座", "填好了", "核对修改")
    assert "河南省新乡市红旗区洪门镇18号A座" in bench.screen


def test_letters_are_written_where_there_is_no_pinyin_too(bench: Bench, tmp_path: Path) -> None:
    bench.dictionaries = tmp_path / "none"
    bench.power_on()
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇", "ABC", "B", "门牌号", "区")
    assert "全键拼音" not in bench.choices
    assert "洪门镇B区" in bench.screen


def test_whoever_leaves_a_change_is_back_among_the_own_records(bench: Bench) -> None:
    new_phone(bench)
    bench.touch("返回", "返回", "我的信息")
    assert "138****0000" in bench.screen, "nothing was changed"


def test_an_area_alone_is_no_address(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇", "填好了")
    assert "请写到门牌号" in bench.screen
    assert problem_of(ContactField.ADDRESS, "河南省新乡市红旗区") is ContactProblem.ADDRESS_SHORT
    assert problem_of(ContactField.ADDRESS, "河南省新乡市红旗区阳光小区") is None
    assert problem_of(ContactField.ADDRESS, "河南省新乡市红旗区洪门镇李村") is None


@given(of=st.sampled_from(ContactField), value=st.text() | st.text(alphabet="新乡市0139@.a", max_size=80))
def test_the_problems_there_can_be_with_a_field_are_all_known(of: ContactField, value: str) -> None:
    assert problem_of(of, value) in {None, *PROBLEMS[of]}


def test_a_number_that_is_too_short_says_why_next_to_the_field(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter("139")
    bench.touch("填好了")
    assert "手机号码是 11 位" in bench.screen


def test_a_wrong_password_changes_nothing(bench: Bench) -> None:
    new_phone(bench)
    bench.touch("没有错，输入密码")
    bench.enter("000000")
    bench.touch("确定")
    assert "密码不正确" in bench.screen
    assert bench.backend.contact_of(persona(WHO).holder_number).phone == "13803730000"
    assert not bench.backend.transactions


def test_a_change_confirmed_as_the_link_breaks_waits_and_is_honestly_pending(bench: Bench) -> None:
    new_phone(bench)
    bench.backend.go_offline()
    confirm(bench)
    bench.wait(15)
    assert "已登记，变更尚未生效" in bench.screen
    assert "登记回执（变更尚未生效）" in bench.slip.replace("\n", "")
    bench.backend.go_online()
    bench.wait(60)
    assert bench.backend.contact_of(persona(WHO).holder_number).phone == "13903730021"
    assert len(bench.backend.transactions) == 1


def test_a_card_pulled_after_the_confirmation_loses_nothing(bench: Bench) -> None:
    new_phone(bench)
    confirm(bench)
    bench.pull_card()
    assert "变更已生效" in bench.screen
    assert "李建国" not in bench.screen


def test_a_rare_character_is_written_stroke_by_stroke(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇", "笔画")
    bench.touch("一 横", "一 横", "一 横", "丨 竖", "乙 折", "丿 撇")
    body = bench.view.body
    assert isinstance(body, TextEntry)
    assert body.preedit == "一一一丨乙丿"
    bench.touch("㛃")
    assert "洪门镇㛃" in bench.screen


def test_syllables_are_parted_where_letters_leave_it_open(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇")
    bench.touch("全键拼音", *"xi", "分词", *"an")
    assert "西安" in bench.choices


def test_a_rare_character_is_written_by_its_number_and_seen_before_it_is_taken(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇", "字码", *"36C3")
    assert "红旗区洪门镇㛃" not in bench.screen
    bench.touch("㛃", "门牌号", "村", "填好了", "核对修改")
    assert "红旗区洪门镇㛃村" in bench.screen


def test_a_number_nobody_can_read_on_the_screen_offers_no_character(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址", "选县区", "红旗区", "洪门镇", "字码", *"20BB7")
    assert isinstance(bench.view.body, TextEntry)
    assert (bench.view.body.preedit, bench.view.body.candidates) == ("20BB7", ())
    bench.touch(*["删除"] * 5)
    assert "红旗区洪门镇" in bench.screen


def test_the_address_on_the_own_id_card_is_offered_and_can_be_mended(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址")
    assert "身份证放在读卡区，可用身份证上的地址" in bench.screen
    assert "用身份证上的地址" not in bench.choices
    bench.place_id_card(WHO)
    bench.touch("用身份证上的地址")
    address = persona(WHO).address
    assert address
    assert address in bench.screen
    bench.touch("门牌号", "室", "填好了", "核对修改")
    assert f"{address}室" in bench.screen


def test_after_a_move_the_address_added_to_the_id_card_is_the_one_offered(bench: Bench) -> None:
    moved = "河南省新乡市卫滨区平原路369号2号楼501室"
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址")
    bench.place_id_card(replace(IdCard.of_persona(persona(WHO)), new_address=moved))
    bench.touch("用身份证上的地址")
    assert moved in bench.screen.replace("\n", "")
    assert str(persona(WHO).address) not in bench.screen


def test_the_id_card_of_somebody_else_ends_the_visit_and_offers_nothing(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改通讯地址")
    bench.place_id_card("wang-xiuying")
    assert "用身份证上的地址" not in bench.choices
    assert "不能继续办理" in bench.screen
