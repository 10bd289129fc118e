"""One entry of digits: the keys and what they add up to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.pin_pad.pad import (
    Entry,
    EntryCancelled,
    EntryChanged,
    EntryFinished,
    EntryTooShort,
    Key,
    PadEvent,
)


def pressed(entry: Entry, *keys: str) -> list[PadEvent | None]:
    return [entry.press(Key(key)) for key in keys]


def test_each_digit_adds_one_dot_and_confirm_hands_them_over() -> None:
    entry = Entry(4, 6)
    assert pressed(entry, *"2468") == [EntryChanged(1), EntryChanged(2), EntryChanged(3), EntryChanged(4)]
    assert pressed(entry, "confirm") == [EntryFinished("2468")]


def test_clear_takes_the_last_digit_back() -> None:
    entry = Entry(2, 6)
    pressed(entry, *"247")
    assert pressed(entry, "clear", "6", "confirm") == [EntryChanged(2), EntryChanged(3), EntryFinished("246")]


def test_clear_on_nothing_does_nothing() -> None:
    assert pressed(Entry(1, 6), "clear") == [None]


def test_confirm_before_enough_digits_goes_on() -> None:
    entry = Entry(4, 6)
    pressed(entry, *"24")
    assert pressed(entry, "confirm", "6", "8", "confirm") == [
        EntryTooShort(2),
        EntryChanged(3),
        EntryChanged(4),
        EntryFinished("2468"),
    ]


def test_digits_beyond_the_greatest_number_are_ignored() -> None:
    entry = Entry(1, 3)
    assert pressed(entry, *"2468")[-1] is None
    assert pressed(entry, "confirm") == [EntryFinished("246")]


def test_a_double_zero_that_fits_only_by_half_is_ignored_whole() -> None:
    entry = Entry(1, 3)
    assert pressed(entry, "1", "00", "00") == [EntryChanged(1), EntryChanged(3), None]
    entry = Entry(1, 2)
    assert pressed(entry, "1", "00", "confirm") == [EntryChanged(1), None, EntryFinished("1")]


def test_cancel_is_an_end_with_nothing_in_it() -> None:
    entry = Entry(1, 6)
    pressed(entry, *"24")
    assert pressed(entry, "cancel") == [EntryCancelled()]


@pytest.mark.parametrize(("least", "most"), [(0, 6), (7, 6), (-1, 6)])
def test_an_entry_that_cannot_be_is_not_begun(least: int, most: int) -> None:
    with pytest.raises(ValueError, match="min_digits"):
        Entry(least, most)


def test_nothing_shows_the_digits() -> None:
    entry = Entry(1, 6)
    pressed(entry, *"2468")
    finished = entry.press(Key.CONFIRM)
    assert "2468" not in repr(entry)
    assert "2468" not in repr(finished)
    assert finished.digits == "2468"


@given(st.lists(st.sampled_from([key for key in Key if key is not Key.CANCEL]), max_size=40))
def test_the_dots_always_count_the_digits_there_are(keys: list[Key]) -> None:
    entry, typed = Entry(4, 6), ""
    for key in keys:
        event = entry.press(key)
        if key is Key.CLEAR:
            typed = typed[:-1]
        elif key is not Key.CONFIRM and len(typed + key.value) <= 6:
            typed += key.value
        match event:
            case EntryFinished(digits):
                assert key is Key.CONFIRM
                assert digits == typed
                assert 4 <= len(digits) <= 6
                return
            case EntryChanged(digits) | EntryTooShort(digits):
                assert digits == len(typed)
