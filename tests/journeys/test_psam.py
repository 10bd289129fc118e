"""The security module in its slot: only the technician hears of it, and a missing one stops no visit."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.emulators.personas import persona
from drivers.emulators.psam import PsamEmulator
from drivers.emulators.social_security_card import VARIANTS, SocialSecurityCardEmulator
from drivers.errors import DeviceStatus, Remedy
from kiosk.services import routes

WHO = "li-jianguo"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, social_security_card={"psam_reader": "Emulated reader"}) as bench:
        yield bench


def test_a_module_in_its_slot_is_told_by_its_answer_to_reset(bench: Bench) -> None:
    bench.psam_slot.insert(PsamEmulator())
    assert {each.name: each.value for each in bench.check(routes.CARDS).measured} == {
        "reader": "Emulated reader",
        "psam": PsamEmulator().power_on().hex().upper(),
    }


def test_a_missing_module_is_for_maintenance_and_stops_nobody(bench: Bench) -> None:
    check = bench.check(routes.CARDS)
    assert (check.status, check.remedy) == (DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE)
    assert [fault.code for fault in bench.finding("device.card_reader").faults] == ["K-103"]
    bench.log_in(WHO)
    assert "我的社保" in bench.screen


@pytest.mark.parametrize(
    "what", ["a citizen's card", "a mute one", "nothing any more", "a held one", "no reader"]
)
def test_whatever_else_is_in_the_slot_is_no_module(bench: Bench, what: str) -> None:
    match what:
        case "a citizen's card":
            bench.psam_slot.insert(bench.cards[WHO])
        case "a mute one":
            bench.psam_slot.insert(SocialSecurityCardEmulator(persona(WHO), VARIANTS["mute"]))
        case "nothing any more":
            bench.psam_slot.insert(PsamEmulator())
            assert bench.check(routes.CARDS).remedy is None
            bench.psam_slot.pull()
        case "a held one":
            bench.psam_slot.hold_by_another()
            bench.psam_slot.insert(PsamEmulator())
        case "no reader":
            bench.psam_slot.unplug_reader()
    check = bench.check(routes.CARDS)
    assert check.remedy is Remedy.MAINTENANCE
    assert "psam" not in {each.name for each in check.measured}


def test_a_card_that_asks_for_a_module_is_sent_to_the_window(bench: Bench) -> None:
    bench.psam_slot.insert(PsamEmulator())
    bench.insert_card(WHO, "needs-psam")
    assert bench.view.name == "card_trouble"
    assert "窗口" in bench.screen
