"""Article 32: a fee is named with amount, document and validity, or only what it rests on is."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.guides import Guide
from kiosk.domain.measures.supplementary import may_name_fee
from kiosk.domain.reference import Fee
from tests.bench import Bench

LAST_DAY = date(2026, 11, 30)
FEE = Fee("补卡", 100, "示例〔2026〕1号", LAST_DAY)
CONFIGURED = {"what": "补卡", "amount_fen": 100, "document": "示例〔2026〕1号"}


@pytest.mark.parametrize(
    ("days_later", "named"), [(-4000, True), (-1, True), (0, True), (1, False), (4000, False)]
)
def test_a_fee_is_named_to_the_last_day_of_its_validity_and_not_after(days_later: int, named: bool) -> None:
    assert may_name_fee(FEE, LAST_DAY + timedelta(days=days_later)) is named


@pytest.mark.parametrize("lacking", [{"document": ""}, {"document": "  "}, {"amount_fen": 0}])
def test_a_fee_without_amount_or_document_is_never_named(lacking: dict[str, object]) -> None:
    assert not may_name_fee(replace(FEE, **lacking), LAST_DAY)  # type: ignore[arg-type]


def fees_slip(bench: Bench) -> str:
    bench.touch("办事指南")
    while "收费标准" not in bench.choices:
        bench.touch("下一页")
    bench.touch("收费标准", "打印")
    return bench.slip.replace("\n", "")


def test_a_valid_fee_is_told_with_its_document_and_validity(tmp_path: Path) -> None:
    fee = CONFIGURED | {"valid_until": LAST_DAY.isoformat()}
    with Bench(tmp_path, service={"fees": [fee]}) as bench:
        told = fees_slip(bench)
        assert "补卡：1.00 元" in told
        assert "示例〔2026〕1号" in told
        assert "2026年11月30日" in told
        assert "2026-11-30" not in told


def test_a_fee_past_its_validity_is_not_told(tmp_path: Path) -> None:
    past = (LAST_DAY - timedelta(days=30)).isoformat()
    with Bench(tmp_path, service={"fees": [CONFIGURED | {"valid_until": past}]}) as bench:
        told = fees_slip(bench)
        assert "1.00 元" not in told
        assert "按省物价主管部门核定的收费标准执行（第三十二条）" in told


def test_a_fee_that_runs_out_while_the_kiosk_runs_is_told_no_longer(tmp_path: Path) -> None:
    fee = CONFIGURED | {"valid_until": "2026-11-24"}
    with Bench(tmp_path, service={"fees": [fee]}) as bench:
        assert "1.00 元" in fees_slip(bench)
        bench.touch("结束")
        bench.wait(6)
        bench.clock.wall = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # midnight in Xinxiang
        assert "1.00 元" not in fees_slip(bench)
        assert "1.00 元" not in bench.screen


def test_the_guide_to_a_replacement_names_the_fee_too(tmp_path: Path) -> None:
    fee = CONFIGURED | {"valid_until": LAST_DAY.isoformat()}
    with Bench(tmp_path, service={"fees": [fee]}) as bench:
        bench.touch("办事指南", "补卡、换卡")
        assert "补卡：1.00 元" in bench.screen


def test_without_a_configured_fee_no_amount_is_named(guide) -> None:
    for each in (Guide.FEES, Guide.REPLACEMENT):
        assert "按省物价主管部门核定的收费标准执行（第三十二条）" in guide(each).slip
        assert not re.search(r"\d\s*元", guide(each).slip)


def test_the_kiosk_takes_no_money(guide) -> None:
    assert "本终端不收取任何费用" in guide(Guide.FEES).slip
