"""The demonstration: real threads, the real pcscd, ptys, HTTP, SIGKILL, and the real window."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.pcscd
@pytest.mark.window
@pytest.mark.timeout(300)
def test_the_scripted_visit_happens_from_the_first_screen_to_the_last_slip(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    output = tmp_path / "demo-output"
    played = subprocess.run(
        [sys.executable, "-m", "kiosk", "demo", "--output", str(output)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    slips = [path.read_text(encoding="utf-8").replace("\n", "") for path in sorted(output.glob("slip-*.txt"))]
    expected = ("查询结果，不作证明用", "变更已生效", "登记回执（挂失尚未生效）", "挂失已生效")
    assert len(slips) == len(expected)
    for slip, words in zip(slips, expected, strict=True):
        assert words in slip
    assert len(list(output.glob("slip-*.png"))) == len(expected)
    assert len(list(output.glob("[0-9]*.png"))) >= 20
    timeline = (output / "timeline.txt").read_text(encoding="utf-8")
    assert "恰好一次" in timeline
    assert re.search(r"取走社保卡，[01]\.\d\d 秒后屏幕上没有任何个人信息（限 1 秒）", timeline)
    assert re.search(r"全部演示用时 \d+ 秒（限 120 秒）\n\Z", timeline)


@pytest.mark.slow
@pytest.mark.pcscd
@pytest.mark.window
@pytest.mark.timeout(300)
def test_the_technicians_morning_ends_with_a_kiosk_in_service_and_a_report(tmp_path: Path) -> None:
    output = tmp_path / "demo-output"
    played = subprocess.run(
        [sys.executable, "-m", "kiosk", "demo", "--maintenance", "--output", str(output)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert len(list(output.glob("[0-9]*.png"))) >= 14
    assert len(list(output.glob("readiness-*.json"))) == 1
    assert len(list(output.glob("readiness-*.pdf"))) == 1
    slips = [path.read_text(encoding="utf-8").replace("\n", "") for path in sorted(output.glob("slip-*.txt"))]
    assert len(slips) == 2
    assert "测试单" in slips[0]
    assert "检测报告" in slips[1]
