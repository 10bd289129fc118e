"""Guides and refusals (level 0): the reason, the article, the papers, the place and the fee, without card or
network, on one slip of 80 mm paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench

from kiosk.domain.guides import Guide
from kiosk.views.models import Guidance
from kiosk.views.words import Words, load_words

DOTS_PER_MM = 8
PAPER_MM = 80
SHEET_MM = 220  # about as long as a sheet of A5: what can be held in one hand and read at a glance

REFUSALS = (
    Guide.REPLACEMENT, Guide.TEMPORARY_CARD, Guide.UN_LOSS, Guide.UNLOCKING, Guide.PASSWORD_CHANGE,
    Guide.PASSWORD_RESET, Guide.FIRST_APPLICATION, Guide.ACTIVATION, Guide.CANCELLATION, Guide.PROXIES,
)  # fmt: skip
"""What a citizen may want and this kiosk does not do."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One kiosk for all guides; they leave nothing behind. There is no network, and never was."""
    with Bench(tmp_path_factory.mktemp("hall")) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        yield bench


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return load_words(request.param)


def open_guide(hall: Bench, words: Words, guide: Guide) -> Guidance:
    """Find a guide as a citizen does."""
    if words.language == "en":
        hall.touch("English")
    hall.touch(words("home.guides.text"))
    title = words(f"guide.{guide.key}.title")
    while title not in hall.choices:
        hall.touch(words("choice.next"))
    hall.touch(title)
    assert isinstance(hall.view.body, Guidance)
    return hall.view.body


def leave(hall: Bench) -> None:
    hall.touch(hall.view.home.text)
    hall.wait(6)
    assert hall.view.name == "home"


def plain(text: str) -> str:
    """Return a text without what differs between a screen and a slip: line ends and spaces."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("guide", Guide)
def test_a_guide_needs_neither_card_nor_network_and_is_the_same_on_paper(
    hall: Bench, words: Words, guide: Guide
) -> None:
    body = open_guide(hall, words, guide)
    hall.touch(words("choice.print"))
    slip = hall.printer.last_slip
    leave(hall)
    told = [words(f"guide.{guide.key}.title"), body.lead, body.article]
    told += [line for heading, points in body.sections for line in (heading, *points)]
    for line in told:
        assert plain(line) in plain(slip.text)
    assert slip.width <= PAPER_MM * DOTS_PER_MM
    assert all(mark.x + mark.width <= slip.width for line in slip.lines for mark in line.marks)
    assert sum(line.height for line in slip.lines) <= SHEET_MM * DOTS_PER_MM


@pytest.mark.parametrize("guide", REFUSALS)
def test_a_refusal_gives_reason_article_papers_place_and_fee(hall: Bench, words: Words, guide: Guide) -> None:
    body = open_guide(hall, words, guide)
    leave(hall)
    headings = [heading for heading, _ in body.sections]
    for section in ("papers", "where", "fee"):
        assert words(f"guides.section.{section}") in headings
    assert body.lead
    assert words.articles(guide.articles) in body.article


def test_whatever_is_not_done_here_is_refused_in_the_first_sentence(hall: Bench) -> None:
    words = load_words("zh_CN")
    for guide in REFUSALS:
        lead = words(f"guide.{guide.key}.lead", hotline="12333")
        assert re.search("本终端不能|本终端只为本人|可到服务窗口申请", lead), guide


def test_amounts_numbers_and_addresses_come_from_the_configuration_alone(tmp_path: Path) -> None:
    service = {
        "complaint_text": "示例上级机关，示例路 1 号",
        "fees": [
            {"what": "补卡", "amount_fen": 1234, "document": "示例〔2026〕9号", "valid_until": "2027-01-31"}
        ],
    }
    with Bench(tmp_path, service=service) as bench:
        for guide, configured in (
            ("补卡、换卡", "补卡：12.34 元（示例〔2026〕9号，有效期至 2027年01月31日）"),
            ("投诉举报", "示例上级机关，示例路 1 号"),
        ):
            bench.touch("办事指南")
            while guide not in bench.choices:
                bench.touch("下一页")
            bench.touch(guide, "打印")
            assert plain(configured) in plain(bench.slip)
            bench.touch("结束")
            bench.wait(6)


def test_without_paper_a_guide_is_on_the_screen_and_is_not_promised_on_paper(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(5)
    bench.touch("办事指南", "解除挂失")
    assert "解除挂失" in bench.screen
    assert "打印" not in bench.choices


def test_a_guide_that_jams_is_told_and_can_be_printed_again(bench: Bench) -> None:
    bench.touch("办事指南", "解除挂失")
    bench.printer.run_out_of_paper(after_bytes=60)
    bench.touch("打印")
    assert "打印机没有纸，没有打印出来" in bench.screen
    bench.printer.refill()
    bench.wait(5)
    bench.touch("打印")
    assert "解除挂失" in bench.slip
