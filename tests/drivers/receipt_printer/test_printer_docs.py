import re
from pathlib import Path

from drivers.receipt_printer.status import Reason

PAGE = (Path(__file__).parents[3] / "docs" / "devices-printer.md").read_text()


def test_the_example_in_the_docs_runs(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})
    assert Path("receipt.png").stat().st_size > 1000


def test_the_docs_explain_every_reason() -> None:
    assert {reason.name for reason in Reason} == set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE))
