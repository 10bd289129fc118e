"""Article 30: activating, reporting, unlocking, resetting and cancelling the bank account are the bank's."""

from pathlib import Path

import pytest

from kiosk.domain.guides import Guide
from tests.bench import Bench


@pytest.mark.parametrize(
    "each",
    [
        Guide.ACTIVATION,
        Guide.LOSS_BY_OTHER_WAYS,
        Guide.UN_LOSS,
        Guide.UNLOCKING,
        Guide.PASSWORD_RESET,
        Guide.CANCELLATION,
    ],
)
def test_every_guide_to_the_one_account_says_that_the_other_is_the_banks(guide, each: Guide) -> None:
    assert "银行" in guide(each).screen
    assert "银行" in guide(each).slip


def test_the_banks_number_is_told_where_it_is_configured(tmp_path: Path) -> None:
    with Bench(tmp_path, service={"bank_hotlines": {"中原银行": "00000"}}) as bench:
        bench.touch("社保卡挂失")
        bench.place_id_card("wang-xiuying")
        assert "请另行拨打中原银行电话 00000 挂失" in bench.screen


def test_without_it_no_number_is_invented(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    assert "请另行联系开户银行挂失" in bench.screen
