"""Article 20: a card is cancelled at the window, with the papers the article lists."""

from drivers.emulators.personas import persona
from kiosk.domain.cards import CardState
from kiosk.domain.guides import Guide
from tests.bench import Bench


def test_cancelling_is_refused_with_the_papers_of_the_article(guide) -> None:
    for told in (guide(Guide.CANCELLATION).screen, guide(Guide.CANCELLATION).slip):
        assert "本终端不能注销" in told
        assert "社会保险关系终止证明" in told
        assert "本人身份证（或代理人身份证）" in told
        assert "社保卡服务窗口" in told


def test_a_cancelled_card_opens_nothing_and_can_be_taken_away(bench: Bench) -> None:
    bench.backend.window.set_state(persona("li-jianguo").card_number, CardState.CANCELLED)
    bench.log_in("li-jianguo")
    assert bench.view.name == "not_served"
    assert "这张社保卡已注销" in bench.screen
    assert "到服务窗口办理" in bench.screen
    bench.pull_card()
    assert bench.card_slot.chip is None
