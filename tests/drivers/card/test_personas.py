from datetime import date

import pytest

from drivers.emulators.personas import PERSONAS, persona
from drivers.id_card_reader.document import Kind, check_character
from drivers.id_card_reader.tables import NATION_CODES, Sex


def test_no_two_personas_share_what_tells_people_and_cards_apart():
    for what in ("key", "name", "holder_number", "card_id", "card_number"):
        assert len({getattr(one, what) for one in PERSONAS}) == len(PERSONAS), what


@pytest.mark.parametrize("one", PERSONAS, ids=lambda one: one.key)
def test_a_persona_is_a_possible_person(one):
    if one.document_kind is Kind.FOREIGN_PERMIT_2017:
        assert len(one.holder_number) == 15
    else:
        assert one.holder_number[17] == check_character(one.holder_number[:17])
        assert one.holder_number[6:14] == f"{one.born_on:%Y%m%d}"
        assert (int(one.holder_number[16]) % 2 == 0) == (one.sex is Sex.FEMALE)
    assert one.nation is None or one.nation in NATION_CODES
    assert one.born_on < one.document_valid_from < (one.document_valid_until or date.max)
    assert one.card_issued_on < one.card_expires_on
    assert len(one.card_id) == 32
    assert len(one.card_number) == 9
    assert len(one.name.encode("gb18030")) <= 50
    assert len(one.password) == 6
    assert one.password not in repr(one)


def test_the_personas_cover_the_cases_that_have_to_work():
    assert {one.document_kind for one in PERSONAS} == set(Kind)
    assert {one.card_region[:2] for one in PERSONAS} == {"41", "65"}
    assert any(len(one.name.encode("gb18030")) > 30 for one in PERSONAS), "goes on in 4E"
    assert persona("wang-xiuying").document_valid_until is None


def test_an_unknown_key_names_the_known_ones():
    with pytest.raises(LookupError, match="wang-xiuying"):
        persona("nobody")
