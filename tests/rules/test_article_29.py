"""Article 29: the bank account is the bank's, and every loss says that nothing happened to it."""

from kiosk.domain.guides import Guide
from tests.bench import Bench

WHO = "wang-xiuying"


def test_a_bank_card_is_named_as_such_and_not_served(bench: Bench) -> None:
    bench.insert_card("li-jianguo", "bank-only")
    assert "这是银行卡，不是社会保障卡" in bench.screen


def test_a_loss_says_before_and_after_that_the_bank_account_is_not_frozen(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    assert "银行账户不会随之冻结" in bench.screen
    bench.touch("确认挂失")
    for told in (bench.screen, bench.slip):
        assert "银行账户没有冻结，请另行联系开户银行挂失" in told.replace("\n", "")


def test_a_loss_taken_down_says_so_too(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO)
    assert "银行账户也没有冻结，请另行联系开户银行挂失" in bench.screen
    bench.touch("打不了电话，在此登记")
    assert "银行账户也没有冻结，请另行联系开户银行挂失" in bench.screen
    bench.touch("我知道尚未生效，登记")
    for told in (bench.screen, bench.slip):
        assert "社保卡还没有确认停用，银行账户没有冻结" in told.replace("\n", "")


def test_the_password_asked_for_is_said_not_to_be_the_banks(bench: Bench) -> None:
    bench.insert_card("li-jianguo")
    assert "不是银行密码" in bench.screen


def test_the_guides_keep_the_two_accounts_apart(guide) -> None:
    assert "银行账户不会随之冻结" in guide(Guide.LOSS_BY_OTHER_WAYS).slip
    assert "金融账户由银行管理" in guide(Guide.ABOUT).slip
