"""Article 28: complaints go to the authority above, which the kiosk does not invent."""

import re
from pathlib import Path

from kiosk.domain.guides import Guide
from tests.bench import Bench


def open_complaints(bench: Bench) -> None:
    bench.touch("办事指南")
    while "投诉举报" not in bench.choices:
        bench.touch("下一页")
    bench.touch("投诉举报")


def test_where_to_complain_is_told_as_the_bureau_has_configured_it(tmp_path: Path) -> None:
    with Bench(tmp_path, service={"complaint_text": "示例机关监督科"}) as bench:
        open_complaints(bench)
        assert "示例机关监督科" in bench.screen
        bench.touch("打印")
        assert "示例机关监督科" in bench.slip


def test_without_it_no_office_and_no_number_is_invented(guide) -> None:
    told = guide(Guide.COMPLAINTS)
    assert "可以向其上级行政管理机关举报" in told.screen
    assert "到哪里" not in told.screen
    assert re.findall(r"\d{5,}", told.slip.split("打印时间")[0]) == []
