"""The screens of a contact change: the fields, one value, before and after, the password again."""

from collections.abc import Iterable

from kiosk.domain.contact import ContactDetails, ContactField, masked_contact, problem_of
from kiosk.domain.guides import Guide
from kiosk.flows import contact_change as states
from kiosk.flows import events as on
from kiosk.flows.events import Keyboard
from kiosk.flows.text_entry import BY_ENGINE, COMPOSING, KEYBOARDS, PARTING, TextEntry, longest
from kiosk.input.divisions import CHINA
from kiosk.views.frame import Frame
from kiosk.views.models import (
    AnyChoice,
    Choice,
    Compared,
    Comparison,
    Field,
    Form,
    Icon,
    Instruction,
    Keypad,
    Picture,
    Role,
    Step,
    View,
)
from kiosk.views.models import TextEntry as TextEntryBody
from kiosk.views.presenters.paging import paged, turns
from kiosk.views.presenters.password import digit_keys, password
from kiosk.views.presenters.refusals import guide_choice

_ICONS = {
    ContactField.PHONE: Icon.PHONE,
    ContactField.ADDRESS: Icon.ADDRESS,
    ContactField.POSTCODE: Icon.POSTCODE,
    ContactField.EMAIL: Icon.MAIL,
}
_GROUPS = {6: (6,), 11: (3, 4, 4), 12: (4, 8)}  # of a postcode, a mobile number, area code and number
_LETTER_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_EMAIL_ROWS = ("1234567890", *_LETTER_ROWS, "@._-")
_HOUSE_ROWS = ("1234567890", "号楼栋单元室层", "路街巷村组院区", "东西南北中-、")
_NINE_KEYS = (("2", "ABC"), ("3", "DEF"), ("4", "GHI"), ("5", "JKL"), ("6", "MNO"), ("7", "PQRS"),
              ("8", "TUV"), ("9", "WXYZ"))  # fmt: skip
_HEX_ROWS = ("01234567", "89ABCDEF")
_STROKES = "hspnz"  # 横 竖 撇 点 折, as the engine has them
PLACES, PLACES_LARGE = 20, 8  # on a page of the lists; with the way back up they fill rows of three


def editing(frame: Frame, state: states.EditingContact) -> View:
    """The fields that may be changed."""
    words, before = frame.words, states.current(frame.visit)
    changed = states.changed_fields(frame.visit, state.draft)
    fields = tuple(
        Field(
            label=words(f"fact.{field.value}"),
            value=_shown(field, before, state.draft) or words("fact.none"),
            action=words("editing_contact.action"),
            edit=Choice(
                words("editing_contact.edit", field=words(f"fact.{field.value}")),
                on.FieldChosen(field),
                _ICONS[field],
            ),
            changed=field in changed,
        )
        for field in frame.visit.policy.contact_fields
    )
    form = Form(fields, words("editing_contact.lead"))
    forth = frame.confirm("editing_contact.review", enabled=bool(changed))
    return frame.view("editing_contact", form, forth, step=_step(frame, 1), private=True)


def entering_value(frame: Frame, state: states.EnteringValue) -> View:
    """One value, checked as it is typed."""
    words, entry = frame.words, state.entry
    problem, length = problem_of(entry.of, entry.text), longest(entry.of, entry.text)
    # A value that is only unfinished is not called wrong while it grows.
    warn = problem is not None and (state.checked or len(entry.text) >= length)
    warning = words(f"problem.{problem.value}") if warn and problem else ""
    finished = bool(entry.text) and not entry.composition.preedit and not warn
    done = frame.confirm("choice.done", enabled=finished)
    title = words(f"entering.{entry.of.value}.title")
    label = words(f"entering.{entry.of.value}.label")
    name = f"entering_{entry.of.value}"
    if entry.keyboard is Keyboard.DIGITS:
        keys = digit_keys(frame, len(entry.text), length)
        body = Keypad(
            label, entry.text, length, keys, secret=False, groups=_GROUPS[length],
            note=words(f"entering.{entry.of.value}.note"), warning=warning,
        )  # fmt: skip
        return frame.view(name, body, done, title=title, step=_step(frame, 1), private=True)
    turn, (back, forth) = entry.composition, _turns(frame, entry)
    text = TextEntryBody(
        label=label,
        text=entry.text,
        preedit=turn.preedit,
        candidates=tuple(
            Choice(candidate, on.CandidateChosen(place)) for place, candidate in enumerate(turn.candidates)
        ),
        rows=_rows(frame, entry),
        keyboards=(*_keyboards(frame, entry), *_id_address(frame, entry)),
        turn_back=back,
        turn_on=forth,
        problem=warning,
        note=_note(frame, entry),
        composing=entry.keyboard in COMPOSING,
    )
    full_name = f"{name}_{entry.keyboard.value}"
    return frame.view(full_name, text, done, title=title, step=_step(frame, 1), private=True)


def reviewing(frame: Frame, state: states.ReviewingChange) -> View:
    """What was, what will be, and what does not change."""
    words, before = frame.words, states.current(frame.visit)
    rows = tuple(
        Compared(
            words(f"fact.{field.value}"),
            before.value(field) or words("fact.none"),
            state.draft.value(field) or words("fact.none"),
        )
        for field in states.changed_fields(frame.visit, state.draft)
    )
    body = Comparison(rows, words("reviewing.before"), words("reviewing.after"), words.all("reviewing.notes"))
    forth = frame.confirm("reviewing.confirm")
    return frame.view("reviewing", body, forth, step=_step(frame, 2), private=True)


def confirming(frame: Frame, state: states.ConfirmingByPassword) -> View:
    """The password again, at the moment of change."""
    return password(frame, state.entry, "password_again", step=_step(frame, 3))


def not_possible(frame: Frame, state: states.ChangeNotPossible) -> View:
    """The kiosk can take nothing down: said before anything is typed."""
    words, hotline = frame.words, frame.visit.policy.hotline
    points = (*words.all("not_possible.points", hotline=hotline), *frame.accounts())
    body = Instruction(Picture.GO_TO_WINDOW, words("not_possible.text"), points)
    choices = (guide_choice(frame, Guide.SERVICE_POINTS, "not_possible"), frame.confirm("choice.understood"))
    return frame.view("not_possible", body, *choices, back=False, home=False)


def _shown(field: ContactField, before: ContactDetails, draft: ContactDetails) -> str:
    """What was there stays masked; what the citizen has just typed is shown."""
    value = draft.value(field)
    return value if value != before.value(field) else masked_contact(field, value)


def _step(frame: Frame, number: int) -> Step:
    names = frame.words.all("contact_change.steps")
    return Step(number, len(names), names)


def _keyboards(frame: Frame, entry: TextEntry) -> tuple[AnyChoice, ...]:
    offered = [
        keyboard
        for keyboard in KEYBOARDS[entry.of]
        if frame.visit.conditions.pinyin or keyboard not in BY_ENGINE
    ]
    if len(offered) < 2:
        return ()
    return tuple(
        Choice(
            frame.words(f"keyboard.{keyboard.value}"),
            on.KeyboardChosen(keyboard),
            Icon.KEYBOARD,
            Role.QUIET,
            chosen=keyboard is entry.keyboard,
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
    room = len(entry.text) < longest(entry.of, entry.text)
    match entry.keyboard:
        case Keyboard.PINYIN:
            *upper, last = (_keys(row) for row in _LETTER_ROWS)
            parting = Choice(frame.words("keyboard.parting"), on.KeyPressed(PARTING))
            return (*upper, (*last, parting, erase))
        case Keyboard.NINE_KEY:
            keys = tuple(Choice(letters, on.KeyPressed(digit), detail=digit) for digit, letters in _NINE_KEYS)
            return (keys[:3], keys[3:6], (*keys[6:], erase))
        case Keyboard.STROKES:
            names = frame.words.all("keyboard.strokes_keys")
            strokes = tuple(
                Choice(name, on.KeyPressed(key)) for name, key in zip(names, _STROKES, strict=True)
            )
            return (strokes[:3], (*strokes[3:], erase))
        case Keyboard.CODE:
            return (*(_keys(row) for row in _HEX_ROWS), (erase,))
        case Keyboard.LETTERS:
            *upper, last = (_keys(row, enabled=room) for row in _EMAIL_ROWS)
            return (*upper, (*last, erase))
        case Keyboard.HOUSE:
            *upper, last = (_keys(row, enabled=room) for row in _HOUSE_ROWS)
            return (*upper, (*last, erase))
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
    back = Choice(frame.words("choice.previous"), on.CandidatesTurned(forward=False), Icon.PREVIOUS)
    forth = Choice(frame.words("choice.next"), on.CandidatesTurned(forward=True), Icon.NEXT)
    return (
        back if entry.composition.has_previous else None,
        forth if entry.composition.has_next else None,
    )


def _in_rows(keys: tuple[AnyChoice, ...], columns: int) -> tuple[tuple[AnyChoice, ...], ...]:
    return tuple(keys[start : start + columns] for start in range(0, len(keys), columns))
