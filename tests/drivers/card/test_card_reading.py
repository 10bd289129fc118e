from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from drivers.emulators.card_slot import InProcessConnection
from drivers.emulators.personas import PERSONAS, persona
from drivers.emulators.psam import PsamEmulator
from drivers.emulators.social_security_card import (
    VARIANTS,
    Answers,
    ChipTraits,
    RecordsBy,
    SocialSecurityCardEmulator,
)
from drivers.errors import DeviceStatus, Remedy
from drivers.id_card_reader.tables import NATION_NAMES
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.errors import (
    BankCardOnly,
    CardUnreadable,
    NeedsPsam,
    NotASocialSecurityCard,
)
from drivers.social_security_card.psam import is_psam


def card_of(key: str, traits: ChipTraits = VARIANTS["plain"]) -> SocialSecurityCard:
    return SocialSecurityCard(InProcessConnection(SocialSecurityCardEmulator(persona(key), traits)))


@pytest.mark.parametrize("one", PERSONAS, ids=lambda one: one.key)
def test_everybodys_card_says_who_they_are(one):
    card = card_of(one.key).read()

    assert (card.card_id, card.region) == (one.card_id, one.card_region)
    assert (card.card_number, card.spec_version) == (one.card_number, one.card_spec_version)
    assert (card.issued_on, card.expires_on) == (one.card_issued_on, one.card_expires_on)
    assert (card.holder_number, card.name) == (one.holder_number, one.name)
    assert (card.sex, card.born_on) == (one.sex.value, one.born_on)
    assert one.nation is None or NATION_NAMES[card.nation] == one.nation


FORMS = (RecordsBy.TAG, RecordsBy.NUMBER, RecordsBy.SHORT_FILE_ID, RecordsBy.NUMBER | RecordsBy.SHORT_FILE_ID)
MANNERS = [
    ChipTraits(answers=answers, records_by=forms, select_file_p1=(p1,))
    for answers, forms, p1 in product(Answers, FORMS, (0x02, 0x00))
]


@pytest.mark.parametrize(
    "traits", MANNERS, ids=lambda t: f"{t.answers.name} {t.records_by} {t.select_file_p1}"
)
def test_a_card_is_read_whatever_its_manners(traits):
    assert card_of("abdurehim-jan", traits).read() == card_of("abdurehim-jan").read()


def test_a_card_read_without_its_name_being_selected_is_read_all_the_same():
    assert card_of("wang-xiuying", VARIANTS["shanghai"]).read() == card_of("wang-xiuying").read()


def test_a_card_without_the_second_part_of_the_name_is_no_worse():
    for traits in (ChipTraits(has_name_extension=False), replace(MANNERS[1], has_name_extension=False)):
        assert card_of("wang-xiuying", traits).read().name == "王秀英"


def test_a_contactless_card_keeps_name_and_number_to_itself():
    card = card_of("wang-xiuying", VARIANTS["contactless"]).read()
    assert (card.name, card.holder_number) == (None, None)
    assert card.card_number == "A40712365"


def test_an_expired_card_is_read_and_says_so():
    assert card_of("wang-xiuying", VARIANTS["expired"]).read().is_expired(date(2026, 1, 1))
    assert not card_of("wang-xiuying", ChipTraits(has_dates=False)).read().is_expired(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("variant", "error", "remedy"),
    [
        ("bank-only", BankCardOnly, Remedy.CLEAR),
        ("unknown", NotASocialSecurityCard, Remedy.CLEAR),
        ("needs-psam", NeedsPsam, Remedy.MAINTENANCE),
    ],
)
def test_a_card_that_cannot_be_used_says_why_and_what_to_do(variant, error, remedy):
    with pytest.raises(error) as caught:
        card_of("wang-xiuying", VARIANTS[variant]).read()
    assert type(caught.value) is error
    assert (caught.value.status, caught.value.remedy) == (DeviceStatus.USER_ERROR, remedy)


def test_a_card_whose_files_open_in_no_known_way_is_unreadable():
    with pytest.raises(CardUnreadable):
        card_of("wang-xiuying", ChipTraits(records_by=RecordsBy(0))).read()


class FaultyOnce(InProcessConnection):
    """A connection that brings one wrong answer, at the given exchange."""

    def __init__(self, chip: SocialSecurityCardEmulator, at: int, answer: bytes) -> None:
        super().__init__(chip)
        self._until_then, self._answer = at, answer

    def transmit(self, command: bytes) -> bytes:
        right = super().transmit(command)
        self._until_then -= 1
        return self._answer if self._until_then == -1 else right


@pytest.mark.parametrize("at", range(14))
@pytest.mark.parametrize("answer", ["6F00", "6C00", "9000", "0C 01 58 9000", "01 FF 9000"])
def test_one_wrong_answer_is_never_taken_for_what_the_card_says(at, answer):
    chip = SocialSecurityCardEmulator(persona("wang-xiuying"))
    right = card_of("wang-xiuying").read()
    try:
        read = SocialSecurityCard(FaultyOnce(chip, at, bytes.fromhex(answer))).read()
    except (CardUnreadable, NotASocialSecurityCard):
        return
    assert read == right, "it asked again in another way"


def test_a_psam_is_told_from_a_card():
    assert is_psam(InProcessConnection(PsamEmulator()))
    assert not is_psam(InProcessConnection(SocialSecurityCardEmulator(persona("wang-xiuying"))))
