import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipts import base45


@pytest.mark.parametrize(
    ("content", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")]
)
def test_the_examples_of_the_rfc_come_out_as_printed_there(content: bytes, text: str) -> None:
    assert base45.encode(content) == text
    assert base45.decode(text) == content


def test_the_rfcs_example_of_decoding_is_read() -> None:
    assert base45.decode("QED8WEX0") == b"ietf!"


@pytest.mark.parametrize("text", ["GGW", ":::", "::", "A", "ABCD", "BB8\n", "bb8", "BB_", "ＢＢ８"])
def test_a_text_that_stands_for_no_bytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base45|no two bytes"):
        base45.decode(text)


@given(st.binary(max_size=300))
def test_bytes_survive_and_their_text_can_be_trimmed(content: bytes) -> None:
    text = base45.encode(content)
    assert base45.decode(text) == content
    assert text == text.rstrip()


@given(st.text(base45.ALPHABET, max_size=40))
def test_no_two_texts_stand_for_the_same_bytes(text: str) -> None:
    try:
        content = base45.decode(text)
    except ValueError:
        return
    assert base45.encode(content) == text
