"""Article 4: the windows do what the kiosk doesn't, and the kiosk doesn't pass for one."""

import re

from drivers.emulators.personas import persona
from kiosk.domain.cards import CardState
from kiosk.domain.guides import Guide
from kiosk.views.words import Words
from tests.bench import Bench


def test_the_guide_says_who_runs_the_cards_and_where_daily_business_is_done(guide) -> None:
    for told in (guide(Guide.SERVICE_POINTS).screen, guide(Guide.SERVICE_POINTS).slip):
        assert "社保卡经办机构是新乡市人力资源和社会保障信息中心" in told
        assert "社保卡日常业务在各级人力资源社会保障部门的社保卡服务窗口办理" in told


def test_a_sealed_card_is_sent_to_the_window(bench: Bench) -> None:
    bench.backend.window.set_state(persona("li-jianguo").card_number, CardState.SEALED)
    bench.log_in("li-jianguo")
    assert bench.view.name == "not_served"
    assert "封存状态，请到服务窗口办理" in bench.screen


def test_a_kiosk_out_of_service_names_the_window(bench: Bench, words: Words) -> None:
    assert "请到服务窗口办理" in words("out_of_service.text")


def test_no_words_of_the_kiosk_claim_a_seal_or_certify_anything(words: Words) -> None:
    for key, text in words.texts.items():
        for sentence in (text,) if isinstance(text, str) else text:
            assert not re.search("盖章|公章|印章|特此证明|有效凭证", sentence), key
