"""Article 16: the card is its holder's alone; one visit is for one person."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.personas import persona
from kiosk.domain.guides import Guide
from kiosk.domain.measures.use import are_one_person
from tests.bench import Bench

NUMBERS = st.sampled_from(["41010519631102006X", "410702194803120029", "DEU410085010112"])


@given(NUMBERS, st.lists(st.sampled_from(["same", "lower", "blank", "none", "spaced"])))
def test_every_reading_of_one_number_is_one_person(number: str, readings: list[str]) -> None:
    read = {"same": number, "lower": number.lower(), "blank": "", "none": None, "spaced": f"{number} "}
    assert are_one_person(number, *(read[reading] for reading in readings))


@given(NUMBERS, NUMBERS)
def test_two_numbers_are_two_persons(one: str, other: str) -> None:
    assert are_one_person(one, None, other) is (one == other)


def test_nothing_read_says_nothing_against_it() -> None:
    assert are_one_person(None, "", None)


def test_an_identity_card_beside_another_persons_card_ends_the_visit(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.place_id_card("wang-xiuying")
    assert bench.view.name == "persons_differ"
    assert "第十六条" in bench.screen
    assert persona("li-jianguo").name not in bench.screen


def test_the_own_identity_card_beside_the_own_card_disturbs_nothing(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.place_id_card("li-jianguo")
    assert bench.view.name == "choosing_topic"


def test_another_persons_card_ends_a_loss_report_and_nothing_is_reported(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.insert_card("li-jianguo")
    assert bench.view.name == "persons_differ"
    assert not bench.backend.transactions


def test_a_card_read_before_the_identity_card_counts_as_well(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.insert_card("li-jianguo")
    bench.place_id_card("wang-xiuying")
    assert bench.view.name == "persons_differ"


def test_another_persons_card_ends_a_report_that_is_only_taken_down(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记")
    bench.insert_card("li-jianguo")
    assert bench.view.name == "persons_differ"
    bench.backend.go_online()
    bench.wait(30)
    assert not bench.backend.transactions


def test_only_the_own_card_can_be_reported_and_this_is_said(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    assert "只能为本人挂失（第十六条）" in bench.screen


def test_the_kiosk_serves_nobody_for_another(guide) -> None:
    assert "本终端只为本人办理" in guide(Guide.PROXIES).slip
