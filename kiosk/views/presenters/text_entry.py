"""What one types on: the field, the ways to type, and the keys of the one chosen."""

from collections.abc import Iterable

from kiosk.domain.contact import PROBLEMS, ContactField
from kiosk.flows import events as on
from kiosk.flows.events import Keyboard
from kiosk.flows.text_entry import (
    BY_ENGINE,
    COMPOSING,
    FURTHER_PAGES,
    KEYBOARDS,
    PARTING,
    TextEntry,
    is_full,
    longest,
)
from kiosk.input.divisions import CHINA
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon, Keypad, Role
from kiosk.views.models import TextEntry as TextEntryBody
from kiosk.views.presenters.paging import paged, turns
from kiosk.views.presenters.password import digit_keys

_GROUPS = {6: (6,), 11: (3, 4, 4), 12: (4, 8)}  # of a postcode, a mobile number, area code and number
_LETTER_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_EMAIL_ROWS = ("1234567890", *_LETTER_ROWS, "@._-")
_HOUSE_ROWS = ("1234567890", "号楼栋座单元室层", "路街巷村组院区期", "东西南北中-、")
# One letter is looked for, no word typed: the order of the alphabet, which everybody knows.
_CAPITAL_ROWS = ("1234567890", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ")
_NINE_KEYS = (("2", "ABC"), ("3", "DEF"), ("4", "GHI"), ("5", "JKL"), ("6", "MNO"), ("7", "PQRS"),
              ("8", "TUV"), ("9", "WXYZ"))  # fmt: skip
_HEX_ROWS = ("01234567", "89ABCDEF")
_STROKES = "hspnz"  # 横 竖 撇 点 折, as the engine has them
PLACES, PLACES_LARGE = 20, 8  # on a page of the lists; with the way back up they fill rows of three


def text_entry(frame: Frame, entry: TextEntry, warning: str) -> Keypad | TextEntryBody:
    """The field with its keys; `warning` says what is wrong with the text, if it is to be said."""
    words, length = frame.words, longest(entry.of, entry.text)
    label = words(f"entering.{entry.of.value}.label")
    if entry.keyboard is Keyboard.DIGITS:
        keys = digit_keys(frame, len(entry.text), length)
        return Keypad(
            label, entry.text, length, keys, secret=False, groups=_GROUPS[length],
            note=words(f"entering.{entry.of.value}.note"), warning=warning,
        )  # fmt: skip
    full = words("entering.full", most=length)
    turn, (back, forth) = entry.composition, _turns(frame, entry)
    fits_nothing = entry.keyboard in BY_ENGINE and bool(turn.preedit) and not turn.candidates
    return TextEntryBody(
        label=label,
        text=entry.text,
        preedit=turn.preedit,
        candidates=tuple(
            Choice(candidate, on.CandidateChosen(place)) for place, candidate in enumerate(turn.candidates)
        ),
        turns_between=tuple(_onward(frame, shown) for shown in range(1, len(turn.candidates))),
        rows=_rows(frame, entry),
        keyboards=(*_keyboards(frame, entry), *_id_address(frame, entry)),
        turn_back=back,
        turn_on=forth,
        problem=warning or (full if is_full(entry) and entry.keyboard is not Keyboard.DIVISIONS else ""),
        problems=(*(words(f"problem.{problem.value}") for problem in PROBLEMS[entry.of]), full),
        note=words("keyboard.choose") if turn.candidates else _note(frame, entry),
        notes=(words("keyboard.choose"), _note(frame, entry)) if entry.keyboard in COMPOSING else (),
        composing=entry.keyboard in COMPOSING,
        unknown=frame.words("keyboard.unknown") if fits_nothing else "",
    )


def _keyboards(frame: Frame, entry: TextEntry) -> tuple[AnyChoice, ...]:
    offered = [
        keyboard
        for keyboard in KEYBOARDS[entry.of]
        if keyboard not in FURTHER_PAGES and (frame.visit.conditions.pinyin or keyboard not in BY_ENGINE)
    ]
    if len(offered) < 2:
        return ()
    return tuple(
        Choice(
            frame.words(f"keyboard.{keyboard.value}"),
            on.KeyboardChosen(keyboard),
            Icon.KEYBOARD,
            Role.QUIET,
            chosen=keyboard is FURTHER_PAGES.get(entry.keyboard, entry.keyboard),
        )
        for keyboard in offered
    )


def _id_address(frame: Frame, entry: TextEntry) -> tuple[AnyChoice, ...]:
    """Offer the address on the visitor's ID card, once it has been read."""
    if entry.of is not ContactField.ADDRESS or not frame.visit.session.id_address:
        return ()
    words = frame.words("entering.address.on_id_card")
    return (Choice(words, on.IdAddressChosen(), Icon.CARD, Role.QUIET),)


def _note(frame: Frame, entry: TextEntry) -> str:
    if entry.keyboard is Keyboard.CODE:
        return frame.words("keyboard.code_note")
    of_id_card = entry.of is ContactField.ADDRESS and frame.visit.conditions.id_reader
    if of_id_card and not frame.visit.session.id_address:
        return frame.words("entering.address.note_id_card")
    return frame.words(f"entering.{entry.of.value}.note")


def _rows(frame: Frame, entry: TextEntry) -> tuple[tuple[AnyChoice, ...], ...]:
    something = bool(entry.text or entry.composition.preedit)
    erase = Choice(frame.words("choice.erase"), on.Erased(), Icon.ERASE, Role.QUIET, enabled=something)
    room = not is_full(entry)
    match entry.keyboard:
        case Keyboard.PINYIN:
            *upper, last = (_keys(row, enabled=room) for row in _LETTER_ROWS)
            parting = Choice(frame.words("keyboard.parting"), on.KeyPressed(PARTING), enabled=room)
            return (*upper, (*last, parting, erase))
        case Keyboard.NINE_KEY:
            keys = tuple(
                Choice(letters, on.KeyPressed(digit), detail=digit, enabled=room)
                for digit, letters in _NINE_KEYS
            )
            return (keys[:3], keys[3:6], (*keys[6:], erase))
        case Keyboard.STROKES:
            names = frame.words.all("keyboard.strokes_keys")
            strokes = tuple(
                Choice(name, on.KeyPressed(key), enabled=room)
                for name, key in zip(names, _STROKES, strict=True)
            )
            return (strokes[:3], (*strokes[3:], erase))
        case Keyboard.CODE:
            return (*(_keys(row, enabled=room) for row in _HEX_ROWS), (erase,))
        case Keyboard.LETTERS:
            *upper, last = (_keys(row, enabled=room) for row in _EMAIL_ROWS)
            return (*upper, (*last, erase))
        case Keyboard.HOUSE:
            *upper, last = (_keys(row, enabled=room) for row in _HOUSE_ROWS)
            letters = Choice(frame.words("keyboard.capitals"), on.KeyboardChosen(Keyboard.CAPITALS))
            return (*upper, (*last, letters, erase))
        case Keyboard.CAPITALS:
            *upper, last = (_keys(row, enabled=room) for row in _CAPITAL_ROWS)
            signs = Choice(frame.words("keyboard.house_signs"), on.KeyboardChosen(Keyboard.HOUSE))
            return (*upper, (*last, signs, erase))
    up = Choice(frame.words("keyboard.up"), on.Erased(), Icon.BACK, Role.QUIET)
    return _in_rows((*_places(frame, entry)[0], *((up,) if entry.divisions else ())), 3)


def _keys(row: Iterable[str], *, enabled: bool = True) -> tuple[AnyChoice, ...]:
    return tuple(Choice(key, on.KeyPressed(key), enabled=enabled) for key in row)


def _places(
    frame: Frame, entry: TextEntry
) -> tuple[tuple[AnyChoice, ...], AnyChoice | None, AnyChoice | None]:
    """Return a page of the places below the last one picked, and the ways to other pages."""
    above = entry.divisions[-1].code if entry.divisions else CHINA
    most = PLACES_LARGE if frame.visit.session.settings.large else PLACES
    shown, page, pages = paged(frame.divisions().children(above), entry.page, most)
    back, forth = turns(frame.words, page, pages)
    places = tuple(
        Choice(
            place.name, on.DivisionChosen(place.code, place.name, not frame.divisions().children(place.code))
        )
        for place in shown
    )
    return places, back, forth


def _turns(frame: Frame, entry: TextEntry) -> tuple[AnyChoice | None, AnyChoice | None]:
    if entry.keyboard is Keyboard.DIVISIONS:
        return _places(frame, entry)[1:]
    back = Choice(
        frame.words("choice.previous"), on.CandidatesTurned(forward=False), Icon.PREVIOUS, Role.QUIET
    )
    turn = entry.composition
    forth = _onward(frame, len(turn.candidates))
    return back if turn.has_previous else None, forth if turn.has_next else None


def _onward(frame: Frame, shown: int) -> AnyChoice:
    turn = on.CandidatesTurned(forward=True, shown=shown)
    return Choice(frame.words("choice.next"), turn, Icon.NEXT, Role.QUIET)


def _in_rows(keys: tuple[AnyChoice, ...], columns: int) -> tuple[tuple[AnyChoice, ...], ...]:
    return tuple(keys[start : start + columns] for start in range(0, len(keys), columns))
