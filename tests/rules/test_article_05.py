"""Article 5: the province makes the cards; the kiosk tells how far one has come, and promises no day."""

import re
from dataclasses import replace

import pytest

from drivers.emulators.personas import persona
from kiosk.backend.emulator.seed import SeedCard
from kiosk.domain.cards import CardState, ProductionStage
from kiosk.domain.guides import Guide
from kiosk.views.words import Words

HOLDER = persona("li-jianguo")
OLD = SeedCard(HOLDER.card_id, HOLDER.card_number)


@pytest.mark.parametrize("stage", [ProductionStage.ACCOUNT_OPENING, ProductionStage.READY_FOR_COLLECTION])
def test_how_far_a_card_has_come_is_told_without_a_day(bench_with, words: Words, stage) -> None:
    new = SeedCard("410700D15600000500990785", "B07285799", CardState.IN_PRODUCTION, stage=stage)
    with bench_with("li-jianguo", cards=(OLD, new)) as bench:
        bench.log_in("li-jianguo")
        bench.touch("社保卡状态")
        assert f"制卡进度 {words(f'stage.{stage.value}')}" in bench.screen
        assert not re.search(r"工作日|\d+\s*[天日]|[一二三四五六七八九十]+[天日]内", bench.screen)


def test_every_stage_of_the_article_has_its_words_in_its_order(words: Words) -> None:
    told = [words(f"stage.{stage.value}") for stage in ProductionStage]
    assert len(set(told)) == len(told)
    order = ["信息已采集", "已上传省厅", "银行开户中", "制卡中", "写入个人信息", "已返回新乡", "可以领取"]
    assert told[:-1] == order


def test_a_card_that_was_not_handed_out_opens_nothing(bench_with) -> None:
    with bench_with("li-jianguo", cards=(replace(OLD, state=CardState.IN_PRODUCTION),)) as bench:
        bench.log_in("li-jianguo")
        assert bench.view.name == "not_served"
        assert "还没有发放登记，请到服务窗口办理" in bench.screen


def test_the_guide_says_that_cards_are_not_made_here(guide) -> None:
    told = guide(Guide.FIRST_APPLICATION).screen
    assert "本终端不能申领社保卡" in told
    assert "社保卡由省里统一制作" in told
