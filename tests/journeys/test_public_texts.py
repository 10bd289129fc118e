"""What the Bureau publishes: addresses of windows, bank hotlines, fees; with the network and without it."""

from datetime import date
from pathlib import Path

import pytest
from bench import Bench

from kiosk.backend.fleet import (
    Bank,
    Banks,
    FeeEntry,
    Fees,
    GuideNote,
    GuideNotes,
    ServicePoint,
    ServicePoints,
    Topic,
)

WINDOWS = ServicePoints(
    items=tuple(
        ServicePoint(name=f"示例县{number}社保卡服务窗口", address=f"示例路 {number} 号", hours="工作日")
        for number in range(1, 7)
    )
)
PUBLISHED = {
    Topic.SERVICE_POINTS: WINDOWS,
    Topic.BANKS: Banks(items=(Bank(name="中原银行", hotline="000-0000"),)),
    Topic.FEES: Fees(
        items=(FeeEntry(what="补卡", amount_fen=1234, document="示例文号", valid_until=date(2030, 1, 1)),)
    ),
    Topic.GUIDES: GuideNotes(items=(GuideNote(guide="replacement", lines=("示例：周五下午不办理。",)),)),
}


@pytest.fixture
def informed(tmp_path: Path):
    with Bench(tmp_path, published=PUBLISHED) as bench:
        bench.wait(2)
        yield bench


def open_guide(bench: Bench, title: str) -> None:
    bench.touch("办事指南")
    while title not in bench.choices:
        bench.touch("下一页")
    bench.touch(title)


def test_the_windows_are_listed_in_pages_and_a_page_is_printed(informed: Bench) -> None:
    open_guide(informed, "服务网点")
    informed.touch("看网点地址")
    assert "示例路 1 号" in informed.screen
    assert "示例路 5 号" not in informed.screen
    informed.touch("下一页")
    assert "示例路 5 号" in informed.screen
    informed.touch("打印")
    assert "示例路 5 号" in informed.slip
    assert "示例路 1 号" not in informed.slip
    informed.touch("返回")
    assert informed.view.title == "服务网点"


def test_what_was_published_is_still_known_after_a_power_cut_without_a_network(informed: Bench) -> None:
    informed.backend.go_offline()
    informed.power_on()
    informed.wait(10)
    open_guide(informed, "服务网点")
    informed.touch("看网点地址")
    assert "示例路 1 号" in informed.screen


def test_a_damaged_text_is_passed_over_and_asked_for_anew(informed: Bench) -> None:
    (kept,) = informed.folder.rglob("service-points.json")
    kept.write_text("{", encoding="utf-8")
    informed.power_on()
    informed.wait(2)
    open_guide(informed, "服务网点")
    assert "看网点地址" in informed.choices


def test_a_loss_report_names_the_published_hotline_of_the_own_bank(informed: Bench) -> None:
    informed.touch("社保卡挂失")
    informed.place_id_card("wang-xiuying")
    assert "000-0000" in informed.screen


def test_a_published_fee_is_named_with_its_document_and_a_configured_one_goes_first(tmp_path: Path) -> None:
    fee = {"what": "补卡", "amount_fen": 2000, "document": "配置文号", "valid_until": "2031-01-01"}
    for folder, service, named in (("a", {}, "示例文号"), ("b", {"fees": [fee]}, "配置文号")):
        (tmp_path / folder).mkdir()
        with Bench(tmp_path / folder, published=PUBLISHED, service=service) as bench:
            bench.wait(2)
            open_guide(bench, "补卡、换卡")
            assert named in bench.screen
            bench.touch("打印")
            assert named in bench.slip


def test_the_bureaus_own_line_stands_in_its_guide(informed: Bench) -> None:
    open_guide(informed, "补卡、换卡")
    assert "示例：周五下午不办理。" in informed.screen
    informed.touch("打印")
    assert "示例：周五下午不办理。" in informed.slip


def test_without_published_windows_no_list_is_promised(bench: Bench) -> None:
    open_guide(bench, "服务网点")
    assert "看网点地址" not in bench.choices
