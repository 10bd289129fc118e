"""The languages of kiosk.toml: every visit begins in the first of them, and only they can be chosen."""

from pathlib import Path

import pytest

from tests.bench import Bench


@pytest.mark.parametrize(
    ("languages", "reads", "offers"),
    [
        (["en"], "How can we help you?", ()),
        (["en", "zh_CN"], "How can we help you?", ("中文",)),
        (["zh_CN"], "请选择要办理的业务", ()),
        (["zh_CN", "en"], "请选择要办理的业务", ("English",)),
    ],
)
def test_a_visit_begins_in_the_first_language(
    tmp_path: Path, languages: list[str], reads: str, offers: tuple[str, ...]
) -> None:
    with Bench(tmp_path, kiosk={"languages": languages}) as bench:
        assert reads in bench.screen
        assert {choice for choice in bench.choices if choice in {"中文", "English"}} == set(offers)


def test_the_next_visitor_finds_the_first_language_again(tmp_path: Path) -> None:
    with Bench(tmp_path, kiosk={"languages": ["en", "zh_CN"]}) as bench:
        bench.touch("中文")
        assert "请选择要办理的业务" in bench.screen
        bench.wait(120)
        assert "请选择要办理的业务" not in bench.screen
