"""The text block of an ID card: four kinds of document, and everything that is none."""

from datetime import date
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.id_card_reader import document_of
from drivers.emulators.personas import PERSONAS, Persona
from drivers.id_card_reader.document import (
    IdDocument,
    Kind,
    MalformedDocument,
    UnknownDocumentKind,
    check_character,
    decode_new_address,
    decode_text_block,
    encode_new_address,
    encode_text_block,
)
from drivers.id_card_reader.tables import NATION_CODES, NATION_NAMES, Sex


def block(kind: str, places: dict[int, str]) -> bytearray:
    """Write a block by hand: what stands at which byte is told by public drivers, not by our table."""
    text = bytearray("\x20\x00".encode("latin-1") * 128)
    for start, value in {**places, 248: kind}.items():
        written = value.encode("utf-16-le")
        text[start : start + len(written)] = written
    return text


RESIDENT = {
    0: "王秀英",
    30: "2",
    32: "01",
    36: "19480312",
    52: "河南省新乡市红旗区和平路126号",
    122: "410702194803120029",
    158: "新乡市公安局红旗分局",
    188: "20080617",
    204: "长期",
}


def resident(**changes: str) -> bytes:
    starts = {
        "name": 0,
        "sex": 30,
        "nation": 32,
        "born_on": 36,
        "number": 122,
        "valid_from": 188,
        "valid_until": 204,
    }
    sizes = {0: 15, 30: 1, 32: 2, 36: 8, 122: 18, 188: 8, 204: 8}
    changed = {starts[name]: value.ljust(sizes[starts[name]]) for name, value in changes.items()}
    return bytes(block(" ", {**RESIDENT, **changed}))


def test_a_resident_card_is_read_from_its_places() -> None:
    assert decode_text_block(resident(), b"photo") == IdDocument(
        kind=Kind.RESIDENT,
        name="王秀英",
        number="410702194803120029",
        sex=Sex.FEMALE,
        nation="汉",
        born_on=date(1948, 3, 12),
        address="河南省新乡市红旗区和平路126号",
        issuer="新乡市公安局红旗分局",
        valid_from=date(2008, 6, 17),
        valid_until=None,
        photo=b"photo",
    )


def test_a_residence_permit_for_hong_kong_macao_and_taiwan_has_a_pass_number_and_no_nation() -> None:
    places = {**RESIDENT, 122: "830000199201300022", 204: "20290519", 220: "08412753", 238: "01"}
    document = decode_text_block(bytes(block("J", places)))
    assert document.kind is Kind.HMT_RESIDENCE
    assert document.nation is None
    assert (document.pass_number, document.issue_count) == ("08412753", "01")
    assert document.valid_until == date(2029, 5, 19)


def test_a_foreigners_permit_of_2017_is_read_from_its_own_places() -> None:
    places = {
        0: "MARTENS ANNA KATHARINA",
        120: "2",
        122: "DEU410085010112",
        152: "DEU",
        158: "安娜",
        188: "20210203",
        204: "20310202",
        220: "19850101",
        236: "01",
        240: "1500",
    }
    document = decode_text_block(bytes(block("I", places)))
    assert document == IdDocument(
        kind=Kind.FOREIGN_PERMIT_2017,
        name="安娜",
        number="DEU410085010112",
        sex=Sex.FEMALE,
        born_on=date(1985, 1, 1),
        issuer="公安部",
        valid_from=date(2021, 2, 3),
        valid_until=date(2031, 2, 2),
        nationality="DEU",
        foreign_name="MARTENS ANNA KATHARINA",
    )


def test_a_foreigners_permit_of_2023_goes_on_with_a_long_name_in_a_second_place() -> None:
    long_name = "ABCDEFGHIJ KLMNOPQRSTU VWXYZABCDEF " + "GHIJ"  # the first place ends with the space
    assert len(long_name[:35]) == 35
    places = {
        30: "1",
        32: "01",
        36: "19790615",
        52: long_name[:35],
        122: "941826197906150014",
        188: "20240108",
        204: "20340107",
        220: long_name[35:],
        242: "GBR",
    }
    document = decode_text_block(bytes(block("Y", places)))
    assert document.foreign_name == document.name == long_name
    assert document.nationality == "GBR"
    assert document.issuer == "公安部"
    assert document.number == "941826197906150014"


@pytest.mark.parametrize("one", PERSONAS, ids=lambda one: one.key)
def test_every_invented_person_comes_back_from_the_card(one: Persona) -> None:
    document = document_of(one)
    assert decode_text_block(encode_text_block(document), document.photo) == document


def test_the_personas_cover_every_kind_of_document() -> None:
    assert {one.document_kind for one in PERSONAS} == set(Kind)


@given(st.integers(0, 0xFFFF).filter(lambda unit: chr(unit) not in " IJY"))
def test_a_document_marked_with_any_other_letter_is_refused(unit: int) -> None:
    text = bytearray(resident())
    text[248:250] = unit.to_bytes(2, "little")
    with pytest.raises(UnknownDocumentKind):
        decode_text_block(bytes(text))


def test_all_other_latin_letters_and_a_missing_mark_are_refused() -> None:
    for letter in (set(ascii_uppercase) - set("IJY")) | {"\0", "i", "j", "y"}:
        with pytest.raises(UnknownDocumentKind):
            decode_text_block(bytes(block(letter, RESIDENT)))


@pytest.mark.parametrize(
    ("field_name", "value"),
    [
        ("name", ""),
        ("name", "王\n秀英"),
        ("name", "王\u202e秀英"),
        ("name", "王\u200b秀英"),
        ("sex", "3"),
        ("sex", ""),
        ("sex", "男"),
        ("born_on", "19480230"),
        ("born_on", "1948031"),
        ("born_on", "长期"),
        ("born_on", "１９４８０３１２"),
        ("born_on", ""),
        ("number", "410702194803120028"),
        ("number", "41070219480312002"),
        ("number", "٤١٠٧٠٢١٩٤٨٠٣١٢٠٠٢9"),
        ("number", ""),
        ("valid_from", "长期"),
        ("valid_until", ""),
        ("valid_until", "20081301"),
    ],
)
def test_a_field_that_cannot_be_is_named_and_nothing_of_it_is_told(field_name: str, value: str) -> None:
    with pytest.raises(MalformedDocument) as refused:
        decode_text_block(resident(**{field_name: value}))
    assert refused.value.field_name == field_name
    assert str(refused.value) == f"malformed {field_name} on the document"
    assert refused.value.__cause__ is None


def test_half_a_character_is_malformed() -> None:
    text = bytearray(resident())
    text[0:2] = b"\x00\xd8"
    with pytest.raises(MalformedDocument, match="name"):
        decode_text_block(bytes(text))


def test_names_with_rare_and_private_characters_are_read() -> None:
    for name in ("陈䶮㛃", "𠮷田", "王\ue863", "阿卜杜热合曼江·麦麦提吐尔"):
        assert decode_text_block(resident(name=name)).name == name


def test_a_nation_that_no_table_knows_is_no_reason_to_refuse_a_person() -> None:
    assert decode_text_block(resident(nation="57")).nation is None
    assert decode_text_block(resident(nation="")).nation is None


def test_a_block_of_another_size_is_malformed() -> None:
    for size in (0, 255, 257, 1024):
        with pytest.raises(MalformedDocument):
            decode_text_block(bytes(size))


def test_a_document_shows_nothing_of_the_person() -> None:
    for one in PERSONAS:
        document = document_of(one)
        assert repr(document) == f"IdDocument(kind={document.kind!r})"


@given(st.binary(min_size=256, max_size=256), st.sampled_from([None, *Kind]))
def test_no_256_bytes_raise_anything_but_the_two_refusals(text: bytes, kind: Kind | None) -> None:
    marked = text if kind is None else text[:248] + kind.value.encode("utf-16-le") + text[250:]
    try:
        decode_text_block(marked)
    except (UnknownDocumentKind, MalformedDocument):
        return


letters = st.characters(codec="utf-16-le", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs"))
days = st.dates(min_value=date(1, 1, 1))


def words(max_units: int) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=1).filter(lambda text: len(text.encode("utf-16-le")) <= 2 * max_units)


@given(
    words(15), words(35), words(15), days, days, st.none() | days, st.sampled_from(Sex),
    st.sampled_from(sorted(NATION_CODES)), st.text("0123456789", min_size=17, max_size=17),
)  # fmt: skip
def test_any_resident_comes_back_as_written(
    name: str, address: str, issuer: str, born_on: date, valid_from: date, valid_until: date | None, sex: Sex,
    nation: str, digits: str,
) -> None:  # fmt: skip
    document = IdDocument(
        kind=Kind.RESIDENT,
        name=name,
        number=digits + check_character(digits),
        sex=sex,
        nation=nation,
        born_on=born_on,
        address=address,
        issuer=issuer,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    assert decode_text_block(encode_text_block(document)) == document


def test_what_does_not_fit_its_place_is_not_written() -> None:
    long_name = document_of(PERSONAS[0])
    with pytest.raises(MalformedDocument, match="address"):
        encode_text_block(IdDocument(**{**as_fields(long_name), "address": "路" * 36}))


def as_fields(document: IdDocument) -> dict:
    return {name: getattr(document, name) for name in IdDocument.__slots__}


def test_a_new_address_comes_back_and_a_blank_one_is_none() -> None:
    data = encode_new_address("河南省新乡市卫滨区平原路369号")
    assert len(data) == 70
    assert decode_new_address(data) == "河南省新乡市卫滨区平原路369号"
    assert decode_new_address(encode_new_address("")) is None
    with pytest.raises(MalformedDocument):
        encode_new_address("路" * 36)


@given(st.binary(max_size=80))
def test_no_bytes_break_the_new_address(data: bytes) -> None:
    try:
        decode_new_address(data)
    except MalformedDocument:
        return
    assert len(data) == 70


def test_the_tables_say_what_the_standards_say() -> None:
    assert [NATION_NAMES[code] for code in ("01", "05", "11", "46", "56", "97")] == [
        "汉", "维吾尔", "满", "德昂", "基诺", "其他",
    ]  # fmt: skip
    assert sorted(NATION_NAMES) == [f"{number:02d}" for number in range(1, 57)] + ["97", "98"]
    assert {sex.value for sex in Sex} == {"0", "1", "2", "9"}


@pytest.mark.parametrize(
    ("first_seventeen", "check"),
    [("11010519491231002", "X"), ("44052418800101001", "4"), ("41070219480312002", "9")],
)
def test_check_characters_follow_the_examples_of_the_standard(first_seventeen: str, check: str) -> None:
    assert check_character(first_seventeen) == check
