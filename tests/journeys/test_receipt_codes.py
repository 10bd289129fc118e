"""The code on a receipt: genuine, true when printed, and on the screen when there is no paper."""

from pathlib import Path

from bench import Bench

from drivers.emulators.personas import persona
from kiosk.receipts.claim import Claim, InEffect, Unanswered
from kiosk.receipts.keys import SigningKey
from kiosk.receipts.qr_text import verify
from kiosk.views.models import Outcome

LOSER = "wang-xiuying"


def report_loss(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)


def claim_in(bench: Bench, text: str) -> Claim:
    key_file = bench.config.receipts.signing_key_file
    assert isinstance(key_file, Path)
    public = SigningKey.from_file(key_file).public(bench.config.kiosk.id)
    return verify(text, {public.key_id: public})


def test_the_code_on_paper_says_what_the_paper_says(bench: Bench) -> None:
    report_loss(bench)
    bench.touch("确认挂失")
    (text,) = bench.printer.last_slip.qr_codes
    claim = claim_in(bench, text)
    assert claim.receipt_number in bench.slip
    assert isinstance(claim.standing, InEffect)
    assert claim.standing.acceptance_number in bench.slip
    for private in (persona(LOSER).name, persona(LOSER).holder_number, persona(LOSER).card_number):
        assert private not in text


def test_the_code_of_a_report_not_yet_in_effect_claims_no_effect(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    report_loss(bench)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    (text,) = bench.printer.last_slip.qr_codes
    assert claim_in(bench, text).standing == Unanswered()


def test_without_paper_the_code_is_on_the_screen(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(5)
    report_loss(bench)
    bench.touch("确认挂失")
    assert isinstance(bench.view.body, Outcome)
    claim = claim_in(bench, bench.view.body.qr)
    assert isinstance(claim.standing, InEffect)
    assert bench.printer.slips_made == 0
