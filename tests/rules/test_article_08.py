"""Article 8: the slip to collect a card with is the window's, and no paper of the kiosk can pass for it."""

from kiosk.domain.guides import Guide
from kiosk.views.words import Words
from tests.bench import Bench

NAME = "领卡凭据"


def test_the_guide_says_to_keep_the_windows_slip(guide) -> None:
    assert f"请保管好窗口出具的{NAME}" in guide(Guide.FIRST_APPLICATION).slip


def test_nothing_else_bears_its_name(words: Words) -> None:
    naming = {key for key, text in words.texts.items() if NAME in str(text)}
    assert naming == {"guide.first_application.heed"}


def test_a_receipt_is_called_what_it_is(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    assert bench.slip.replace("\n", "").startswith("登记回执")
    assert "凭据" not in bench.slip
