"""A backend that answers nonsense, too late, or never: one plain sentence, and nothing recorded is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench

from drivers.emulators.personas import persona
from kiosk.backend.emulator import faults
from kiosk.backend.emulator.faults import Fault

WHO, LOSER = "li-jianguo", "wang-xiuying"

QUESTIONS_SPOILT: dict[str, Fault] = {
    "never answers": faults.NeverAnswer(),
    "drips": faults.Drip(pause_s=0.5),
    "hangs up": faults.HangUp(),
    "half an answer": faults.LoseAnswer(after_bytes=40),
    "endless": faults.AnswerWithoutEnd(),
    "garbage": faults.garbage(),
    "other fields": faults.other_fields(),
    "captive portal": faults.captive_portal(),
    "error page": faults.server_error(),
    "busy": faults.busy(),
    "unauthorised": faults.unauthorised(),
    "redirect": faults.redirect("http://127.0.0.1:9/"),
}
ORDERS_SPOILT: dict[str, Fault] = {
    "answer lost after the work": faults.LoseAnswer(),
    "silent after the work": faults.NeverAnswer(works=True),
    "error page after the work": faults.server_error(works=True),
    "garbage after the work": faults.garbage(works=True),
    "other fields after the work": faults.other_fields(works=True),
    "hangs up before the work": faults.HangUp(),
    "busy": faults.busy(),
    "unauthorised": faults.unauthorised(),
    "captive portal": faults.captive_portal(),
    "redirect": faults.redirect("http://127.0.0.1:9/"),
}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    # The silence of a backend is waited for in real time.
    with Bench(tmp_path, backend={"total_timeout_s": 0.5}) as bench:
        yield bench


@pytest.mark.parametrize("fault", QUESTIONS_SPOILT.values(), ids=QUESTIONS_SPOILT)
def test_a_question_without_a_usable_answer_ends_in_one_plain_sentence(bench: Bench, fault: Fault) -> None:
    bench.insert_card(WHO)
    bench.enter(persona(WHO).password)
    bench.backend.faults.set(fault, path="/v1/visits")
    bench.touch("确定")
    assert "现在不能办理" in bench.screen
    assert "Traceback" not in bench.screen
    bench.backend.faults.clear()
    bench.touch("知道了")
    bench.pull_card()
    bench.wait(6)
    bench.log_in(WHO)
    assert "我的社保" in bench.screen, "the next visit is served"


@pytest.mark.parametrize("fault", ORDERS_SPOILT.values(), ids=ORDERS_SPOILT)
def test_an_order_with_a_spoilt_answer_is_never_lost_and_never_doubled(bench: Bench, fault: Fault) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)
    bench.backend.faults.set(fault, path="/v1/transactions", method="POST", times=1)
    bench.touch("确认挂失")
    bench.wait(15)
    assert "挂失" in bench.screen
    bench.wait(60)
    assert persona(LOSER).card_number in bench.lost_cards
    assert len(bench.backend.transactions) == 1
