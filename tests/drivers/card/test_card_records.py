from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.social_security_card.errors import CardUnreadable
from drivers.social_security_card.records import CardContents, Tag, decode_contents, split_record

CARD_ID = bytes.fromhex("330300D15600000599110145FFFFFFFF")  # the published example
SMALLEST = {Tag.CARD_ID: CARD_ID, Tag.SPEC_VERSION: b"2.00"}


def contents(**records: bytes) -> CardContents:
    return decode_contents(SMALLEST | {Tag[name.upper()]: value for name, value in records.items()})


def test_region_and_generation_are_read_from_the_card_id_and_the_version():
    smallest = contents()
    assert (smallest.card_id, smallest.region) == ("330300D15600000599110145FFFFFFFF", "330300")
    assert smallest.spec_version == "2.00"


def test_what_is_not_there_or_blank_is_none():
    blank = contents(
        name=bytes(30), more_of_the_name=b"\xff" * 20, holder_number=b" " * 18, born_on=b"\xff" * 4
    )
    assert blank == contents()
    assert blank.name is None
    assert blank.holder_number is None


def test_a_character_may_begin_in_the_one_record_and_end_in_the_other():
    name = "阿卜杜热合曼江·麦麦提吐尔逊A阿卜杜拉".encode("gb18030")
    assert name[29] > 0x80, "the cut goes through a character"
    whole = contents(name=name[:30], more_of_the_name=name[30:].ljust(20, b"\0"))
    assert whole.name == "阿卜杜热合曼江·麦麦提吐尔逊A阿卜杜拉"


def test_padding_between_the_two_parts_of_a_name_is_no_part_of_it():
    first, second = "王秀".encode("gb18030") + bytes(26), "英".encode("gb18030")
    assert contents(name=first, more_of_the_name=second).name == "王秀英"


@pytest.mark.parametrize("name", ["陈䶮㛃", "𠮷田", "WHITFIELD JONATHAN EDWARD", "李\ue863"])
def test_every_character_of_gb18030_can_be_in_a_name(name):
    assert contents(name=name.encode("gb18030").ljust(30, b"\0")).name == name


@pytest.mark.parametrize("name", ["王\n秀英", "王\u202e秀英"])
def test_a_name_that_would_change_the_page_it_stands_on_is_refused(name):
    with pytest.raises(CardUnreadable, match="malformed name"):
        contents(name=name.encode("gb18030"))


def test_only_nine_characters_of_the_card_number_count():
    assert contents(card_number=b"A40712365XXXXXXXXXXXXXXXXX").card_number == "A40712365"


def test_dates_are_packed_digits_and_nonsense_is_no_date():
    assert contents(expires_on=bytes.fromhex("20310901")).expires_on == date(2031, 9, 1)
    assert contents(expires_on=bytes.fromhex("20310931")).expires_on is None
    assert contents(expires_on=bytes.fromhex("2031")).expires_on is None
    assert contents(expires_on=b"2031").expires_on is None


def test_a_card_is_good_on_its_last_day_and_when_it_names_none():
    card = contents(expires_on=bytes.fromhex("20310901"))
    assert not card.is_expired(date(2031, 9, 1))
    assert card.is_expired(date(2031, 9, 2))
    assert not contents().is_expired(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("records", "item"),
    [
        ({Tag.CARD_ID: b""}, "card id"),
        ({Tag.CARD_ID: CARD_ID[:15]}, "card id"),
        ({Tag.CARD_ID: b"\xff" * 16}, "card id"),
        ({Tag.SPEC_VERSION: b""}, "version"),
        ({Tag.SPEC_VERSION: b"\x01\x02"}, "version"),
        ({Tag.HOLDER_NUMBER: "４１０７".encode("gb18030")}, "holder number"),
        ({Tag.CARD_NUMBER: b"A4071\x0765"}, "card number"),
        ({Tag.NAME: b"\x81"}, "name"),
    ],
)
def test_what_names_card_or_person_must_be_right(records, item):
    with pytest.raises(CardUnreadable, match=f"malformed {item}"):
        decode_contents(SMALLEST | records)


def test_codes_outside_their_tables_are_not_there():
    assert contents(sex=b"2", nation=b"\x03").sex == "2"
    assert contents(sex=b"7", nation=b"\x99") == contents()


def test_a_record_ends_where_its_length_says():
    assert split_record(bytes.fromhex("0304 322E3030 FFFF")) == (0x03, b"2.00")
    for cut in range(6):
        with pytest.raises(CardUnreadable):
            split_record(bytes.fromhex("0304322E3030")[:cut])


@given(st.binary(max_size=258))
def test_any_bytes_are_a_record_or_unreadable(record):
    try:
        tag, value = split_record(record)
    except CardUnreadable:
        return
    assert record.startswith(bytes([tag, len(value)]) + value)


@given(st.dictionaries(st.sampled_from(Tag), st.binary(max_size=255)))
def test_any_records_are_contents_or_unreadable(records):
    try:
        card = decode_contents(records)
    except CardUnreadable:
        return
    assert len(card.card_id) == 32
    assert card.region.isdecimal()


def test_a_repr_shows_nothing_of_the_person():
    card = contents(
        name="王秀英".encode("gb18030"), holder_number=b"410702194803120029", card_number=b"A40712365"
    )
    assert repr(card) == "CardContents(region='330300', spec_version='2.00')"
