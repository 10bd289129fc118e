"""Entering one value by touch: digits, letters, Chinese by pinyin, or a place picked from lists.

The flow holds the finished text; letters not yet converted and their candidates come from the input
method, which answers each key with `Composed`.
"""

from dataclasses import dataclass, field, replace

from kiosk.domain.contact import ADDRESS_MAX, ContactField
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.events import Keyboard

_LONGEST = {ContactField.POSTCODE: 6, ContactField.EMAIL: 64, ContactField.ADDRESS: ADDRESS_MAX}
KEYBOARDS = {
    ContactField.PHONE: (Keyboard.DIGITS,),
    ContactField.POSTCODE: (Keyboard.DIGITS,),
    ContactField.EMAIL: (Keyboard.LETTERS,),
    ContactField.ADDRESS: (
        Keyboard.DIVISIONS,
        Keyboard.PINYIN,
        Keyboard.NINE_KEY,
        Keyboard.STROKES,
        Keyboard.HOUSE,
        Keyboard.CAPITALS,
        Keyboard.CODE,
    ),
}
FURTHER_PAGES = {Keyboard.CAPITALS: Keyboard.HOUSE}
"""Keyboards that are a further page of another one, and are reached from it."""
BY_ENGINE = {Keyboard.PINYIN, Keyboard.NINE_KEY, Keyboard.STROKES}
"""Keyboards that need the pinyin engine."""
COMPOSING = {*BY_ENGINE, Keyboard.CODE}
"""Keyboards whose keys stand for something else, which is chosen before it is taken."""
PARTING = "'"  # parts syllables: xi'an is 西安, xian 先


@dataclass(frozen=True, slots=True)
class Composition:
    """Letters typed but not yet converted, and what they may mean."""

    preedit: str = field(default="", repr=False)
    candidates: tuple[str, ...] = field(default=(), repr=False)
    has_previous: bool = False
    has_next: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """A picked administrative division."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A value being entered for one field."""

    of: ContactField
    text: str = field(default="", repr=False)
    keyboard: Keyboard = Keyboard.DIGITS
    composition: Composition = Composition()
    divisions: tuple[Division, ...] = field(default=(), repr=False)
    page: int = 1  # of the list of places
    pinyin: bool = False  # whether Chinese can be typed


HOME = (Division("410000", "河南省"), Division("410700", "新乡市"))
"""Where the lists begin: most people here live here, and one touch leads further up."""


def longest(of: ContactField, text: str) -> int:
    """Return how many characters a value that begins like this may have at most."""
    if of is ContactField.PHONE:
        return 12 if text.startswith("0") else 11  # area code and number; a mobile number
    return _LONGEST[of]


def is_full(entry: TextEntry) -> bool:
    """Whether nothing more can be added."""
    return len(entry.text) >= longest(entry.of, entry.text)


def entering(of: ContactField, text: str, *, pinyin: bool) -> TextEntry:
    """Return an entry that begins with the value there is; an address without one begins with the lists."""
    keyboard = KEYBOARDS[of][0]
    if of is ContactField.ADDRESS and text:
        keyboard = Keyboard.PINYIN if pinyin else Keyboard.HOUSE
    return TextEntry(of, text, keyboard, divisions=HOME, pinyin=pinyin)


def filled(visit: int, entry: TextEntry, text: str) -> tuple[TextEntry, tuple[do.Effect, ...]]:
    """Return the entry with a whole text in it, ready to be mended, and what to do."""
    keyboard = _after_the_lists(entry)
    whole = _with_text(replace(entry, keyboard=keyboard, composition=Composition()), text)
    return whole, (do.Compose(visit, keyboard, "clear"),)


def advance(visit: int, entry: TextEntry, event: on.Event) -> tuple[TextEntry, tuple[do.Effect, ...]] | None:
    """Return the entry after an event and what to do, or None when the event says nothing to it."""
    match event:
        case on.KeyPressed() if is_full(entry):
            return None

        case on.KeyPressed(key) if entry.keyboard in COMPOSING and (key.isalnum() or key == PARTING):
            return entry, (do.Compose(visit, entry.keyboard, key),)

        case on.KeyPressed(key):
            return _with_text(entry, entry.text + key), ()

        case on.Erased() if entry.composition.preedit:
            return entry, (do.Compose(visit, entry.keyboard, "erase"),)

        case on.Erased() if entry.keyboard is Keyboard.DIVISIONS and entry.divisions:
            return _with_divisions(entry, entry.divisions[:-1]), ()

        case on.Erased():
            return replace(entry, text=entry.text[:-1]), ()

        case on.CandidateChosen(place):
            return entry, (do.Compose(visit, entry.keyboard, f"choose:{place}"),)

        case on.CandidatesTurned(forward, shown):
            return entry, (do.Compose(visit, entry.keyboard, f"next:{shown}" if forward else "previous"),)

        case on.Composed() as composed if entry.keyboard in COMPOSING:
            composition = Composition(
                composed.preedit, composed.candidates, composed.has_previous, composed.has_next
            )
            # A word is taken whole: that it has made the value too long is said, not hidden.
            text = entry.text if is_full(entry) else entry.text + composed.committed
            return replace(entry, composition=composition, text=text), ()

        case on.DivisionChosen(code, name, last):
            picked = _with_divisions(entry, (*entry.divisions, Division(code, name)))
            # After the last list come road and number, so the keyboard for them comes by itself.
            return (replace(picked, keyboard=_after_the_lists(entry)), ()) if last else (picked, ())

        case on.PageTurned(page) if entry.keyboard is Keyboard.DIVISIONS:
            return replace(entry, page=page), ()

        case on.KeyboardChosen(keyboard) if keyboard in KEYBOARDS[entry.of]:
            return replace(entry, keyboard=keyboard, composition=Composition()), (
                do.Compose(visit, keyboard, "clear"),
            )

    return None


def _with_text(entry: TextEntry, text: str) -> TextEntry:
    return replace(entry, text=text[: longest(entry.of, text)])


def _with_divisions(entry: TextEntry, divisions: tuple[Division, ...]) -> TextEntry:
    """The address begins anew with the places picked, from the largest down."""
    written = "".join(division.name for division in divisions)
    return replace(_with_text(entry, written), divisions=divisions, page=1)


def _after_the_lists(entry: TextEntry) -> Keyboard:
    return Keyboard.PINYIN if entry.pinyin else Keyboard.HOUSE
