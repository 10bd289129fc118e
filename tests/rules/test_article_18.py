"""Article 18: contact details are changed at the kiosk, by their holder; what is on the card is not."""

from itertools import chain, combinations
from pathlib import Path

import pytest

from drivers.emulators.personas import persona
from kiosk.domain.contact import ContactField
from kiosk.domain.measures.use import changeable_fields
from kiosk.domain.transaction import IdentityLevel
from tests.bench import Bench

WHO = "li-jianguo"
CHOICES = ["修改联系电话", "修改通讯地址", "修改邮政编码", "修改电子邮箱"]


@pytest.mark.parametrize(
    "under_deng", list(chain.from_iterable(combinations(ContactField, count) for count in range(5)))
)
def test_the_bureau_decides_on_the_fields_under_deng_and_not_on_those_the_article_names(
    under_deng: tuple[ContactField, ...],
) -> None:
    named = {ContactField.PHONE, ContactField.ADDRESS}
    assert set(changeable_fields(under_deng)) == named | set(under_deng)


def change_phone(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改")


def test_what_can_be_changed_is_an_allow_list_and_nothing_on_the_card_is_in_it(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("修改联系方式")
    assert [choice for choice in bench.choices if choice.startswith("修改")] == CHOICES


def test_the_bureau_can_take_a_field_under_deng_away(tmp_path: Path) -> None:
    with Bench(tmp_path, contact_change={"fields": ["phone", "address"]}) as bench:
        bench.log_in(WHO)
        bench.touch("修改联系方式")
        assert [choice for choice in bench.choices if choice.startswith("修改")] == CHOICES[:2]


def test_the_bureau_can_not_take_away_what_the_article_names(tmp_path: Path) -> None:
    with Bench(tmp_path, contact_change={"fields": ["email"]}) as bench:
        bench.log_in(WHO)
        bench.touch("修改联系方式")
        fields = [choice for choice in bench.choices if choice.startswith("修改")]
        assert fields == [CHOICES[0], CHOICES[1], CHOICES[3]]


def test_a_change_is_told_with_the_password_entered_again(bench: Bench) -> None:
    change_phone(bench)
    bench.touch("没有错，输入密码")
    assert not bench.backend.transactions
    bench.enter(persona(WHO).password)
    bench.touch("确定")
    (taken,) = bench.backend.transactions
    assert taken.told.evidence.level is IdentityLevel.PASSWORD_AGAIN


def test_the_change_is_in_effect_at_once_and_the_bank_is_said_to_know_nothing_of_it(bench: Bench) -> None:
    change_phone(bench)
    assert "银行预留的电话和地址不会改变" in bench.screen
    bench.touch("没有错，输入密码")
    bench.enter(persona(WHO).password)
    bench.touch("确定")
    assert "变更已生效" in bench.screen
    for told in (bench.screen, bench.slip):
        assert "银行预留的电话和地址没有改变" in told.replace("\n", "")


def test_the_paper_says_what_it_was_and_what_it_is_masked(bench: Bench) -> None:
    change_phone(bench)
    bench.touch("没有错，输入密码")
    bench.enter(persona(WHO).password)
    bench.touch("确定")
    assert "138****0000" in bench.slip
    assert "139****0021" in bench.slip
    assert "13903730021" not in bench.slip


def test_a_change_over_a_newer_one_is_refused_and_said_to_be_out_of_date(bench: Bench) -> None:
    change_phone(bench)
    number = persona(WHO).holder_number
    newer = bench.backend.contact_of(number).with_value(ContactField.PHONE, "13703730099")
    bench.backend.window.change_contact(number, newer)
    bench.touch("没有错，输入密码")
    bench.enter(persona(WHO).password)
    bench.touch("确定")
    assert "变更没有被受理" in bench.screen
    assert "情况已有变化" in bench.screen
    assert bench.backend.contact_of(number).phone == "13703730099"
