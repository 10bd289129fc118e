"""Article 15: a bank account that is not activated bars contributions and benefits, not looking up."""

from drivers.emulators.personas import persona
from kiosk.domain.cards import CardState
from kiosk.domain.guides import Guide
from tests.bench import Bench


def test_a_card_that_is_not_activated_opens_the_records_and_its_holder_is_told(bench: Bench) -> None:
    bench.backend.window.set_state(persona("li-jianguo").card_number, CardState.NOT_ACTIVATED)
    bench.log_in("li-jianguo")
    assert "金融账户尚未激活" in bench.screen
    assert "第十五条" in bench.screen
    bench.touch("参保情况")
    assert "城镇职工基本养老保险" in bench.screen
    bench.touch("返回", "社保卡状态")
    assert "金融账户未激活" in bench.screen


def test_activating_is_the_banks(guide) -> None:
    for told in (guide(Guide.ACTIVATION).screen, guide(Guide.ACTIVATION).slip):
        assert "本终端不能激活" in told
        assert "社保卡上印的银行" in told
        assert "未激活不影响在本终端查询" in told
