"""The screens of the tests: what to do with the hands, what was read, and: is it well?"""

from string import ascii_uppercase

from kiosk.flows import events as on
from kiosk.flows.maintenance import card_tests, display_tests, pad_test, printer_test, sound_test
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Device, Page
from kiosk.flows.maintenance.printer_test import Job
from kiosk.views.frame import Frame
from kiosk.views.models import (
    AnyChoice,
    Body,
    Choice,
    ColourField,
    Fact,
    Facts,
    Health,
    Hue,
    Icon,
    Instruction,
    Keypad,
    Picture,
    Role,
    StatusList,
    StatusRow,
    TouchGrid,
    View,
)
from kiosk.views.presenters.maintenance.pages import act, page, verdict

GRID_COLUMNS = 3


def card_reader(frame: Frame, state: card_tests.TestingCardReader) -> View:
    """What the chip says, but for its holder."""
    words, card = frame.words, state.card
    if card is None:
        body: Body = Instruction(
            Picture.INSERT_CARD,
            words("maintenance.test.card.text"),
            words.all("maintenance.test.card.points"),
        )
        return _test(frame, Device.CARD_READER, body)
    said = verdict(Health.WELL, words("maintenance.test.readable"))
    if card.fault:  # one that can't be read may be the reader's fault; the others it has read well enough
        health = Health.FAILED if card.fault == on.CardFault.UNREADABLE.value else Health.NOTED
        said = verdict(health, words(f"maintenance.card_trouble.{card.fault}"))
    read = {"atr": card.atr, "spec": card.spec_version, "region": card.region}
    facts = tuple(
        Fact(words(f"maintenance.test.card.{name}"), value or words("maintenance.not_read"))
        for name, value in read.items()
    )
    again = act(frame, "maintenance.test.card.again", tech.LookAgainChosen(), Icon.CARD)
    return _test(
        frame,
        Device.CARD_READER,
        Facts(facts, (words("maintenance.test.card.note"),), verdict=said),
        *((again,) if card.fault else ()),
        can_be_well=not card.fault,
    )


def id_reader(frame: Frame, state: card_tests.TestingIdReader) -> View:
    """The security module's number, and whether a card was read."""
    words, notes = frame.words, frame.words.all("maintenance.test.id.notes")
    sam = words("maintenance.test.id.sam", number=str(state.sam).replace("-", " "))
    if not state.sam:
        sam = words("maintenance.test.id.asking" if state.sam is None else "maintenance.test.id.no_sam")
    if state.read is None:
        waiting = words("maintenance.test.id.waiting")
        return _test(frame, Device.ID_READER, Instruction(Picture.PLACE_ID_CARD, waiting, (sam, *notes)))
    said = verdict(Health.FAILED, words("maintenance.test.id.unreadable"), sam)
    if state.read:
        health = {None: Health.UNKNOWN, "": Health.NOTED}.get(state.sam, Health.WELL)
        said = verdict(health, words("maintenance.test.readable"), sam)
    body = StatusList((), notes=notes, verdict=said)
    return _test(frame, Device.ID_READER, body, can_be_well=bool(state.sam) and state.read)


def printer(frame: Frame, state: printer_test.TestingPrinter) -> View:
    """What was printed from this roll, and what can be tried."""
    words, paper, key = frame.words, state.paper, "maintenance.test.printer"
    idle = state.job is not Job.PRINTING
    notes = words.all(f"{key}.notes") if state.job is Job.PRINTED else ()
    facts: tuple[Fact, ...] = ()
    choices = [act(frame, f"{key}.test_slip", tech.SampleSlipChosen(), Icon.PRINT, enabled=idle)]
    if paper is not None:
        facts = (
            Fact(words(f"{key}.slips"), words(f"{key}.count", count=paper.slips)),
            Fact(words(f"{key}.forecast"), _forecast(frame, paper)),
            Fact(words(f"{key}.unprinted"), paper.unprinted or words("maintenance.none")),
        )
        if paper.unprinted:
            choices.append(act(frame, f"{key}.reprint", tech.ReprintChosen(), Icon.RECEIPT, enabled=idle))
        if paper.slips:  # otherwise the count begins with this roll
            choices.append(act(frame, f"{key}.new_roll", tech.RollReplaced(), Icon.CONFIRM, enabled=idle))
    body = Facts(facts, notes, verdict=_printed(frame, state))
    return _test(frame, Device.PRINTER, body, *choices, can_be_well=state.job is Job.PRINTED)


def _printed(frame: Frame, state: printer_test.TestingPrinter) -> StatusRow | None:
    """Return what came of the last slip of this test; None before the first."""
    if state.job is Job.NONE:
        return None
    said = frame.words(f"maintenance.test.printer.{state.job.value}")
    why = state.failure if state.job is Job.FAILED else None
    return verdict(
        {Job.PRINTING: Health.UNDER_WAY, Job.PRINTED: Health.WELL}.get(state.job, Health.FAILED),
        said,
        frame.words(f"maintenance.test.printer.failure.{why.value}") if why else "",
    )


def _forecast(frame: Frame, paper: tech.PaperTold) -> str:
    """How many slips are left, when the roll before this one was used up to its end."""
    if paper.last_roll is None:
        return frame.words("maintenance.test.printer.no_forecast")
    return frame.words("maintenance.test.printer.about", count=max(0, paper.last_roll - paper.slips))


def touch(frame: Frame, state: display_tests.TestingTouch) -> View:
    """Targets one after the other; then how far off the hits were."""
    words = frame.words
    if state.is_over:
        farthest, mean = max(state.hits), sum(state.hits) / len(state.hits)
        facts = (
            Fact(words("maintenance.test.touch.farthest"), words("maintenance.test.touch.mm", mm=farthest)),
            Fact(words("maintenance.test.touch.mean"), words("maintenance.test.touch.mm", mm=mean)),
        )
        return _test(
            frame, Device.TOUCH, Facts(facts, words.all("maintenance.test.touch.notes")), can_be_well=True
        )
    turn = len(state.hits)
    targets = tuple(
        Choice(letter, tech.TargetTouched(place), chosen=place < turn, enabled=place == turn)
        for place, letter in enumerate(
            ascii_uppercase[: display_tests.TARGETS]
        )  # two digits would hide the cross
    )
    return _test(frame, Device.TOUCH, TouchGrid(targets, GRID_COLUMNS, words("maintenance.test.touch.lead")))


def display(frame: Frame, state: display_tests.TestingDisplay) -> View:
    """What is to come; then nothing but a colour; then: was it well?"""
    words, hues = frame.words, tuple(Hue)
    if state.shown == 0:
        body: Body = Instruction(
            Picture.STILL_THERE,
            words("maintenance.test.display.text"),
            words.all("maintenance.test.display.points"),
        )
        begin = Choice(words("maintenance.test.display.begin"), on.Confirmed(), Icon.NEXT, Role.PRIMARY)
        return page(frame, "test.display", body, begin, title=_title(frame, Device.DISPLAY), up=Page.DEVICES)
    if not state.is_over:
        onward = Choice(words("maintenance.test.display.onward"), on.Confirmed(), Icon.NEXT)
        field = ColourField(hues[state.shown - 1], onward)
        return frame.view(
            "maintenance.test.display_colour",
            field,
            title=_title(frame, Device.DISPLAY),
            back=False,
            home=False,
        )
    body = Instruction(Picture.STILL_THERE, words("maintenance.test.display.question"))
    return _test(frame, Device.DISPLAY, body, can_be_well=True)


def keypad(frame: Frame, state: display_tests.TestingKeypad) -> View:
    """Every key once."""
    words = frame.words
    keys = tuple(
        Choice(key, on.KeyPressed(key), enabled=key not in state.pressed) for key in display_tests.KEYS[:-1]
    )
    blank = Choice("", on.KeyPressed(""), enabled=False)
    zero = Choice("0", on.KeyPressed("0"), enabled="0" not in state.pressed)
    erase = Choice(words("choice.erase"), on.Erased(), Icon.ERASE, Role.QUIET, enabled=bool(state.pressed))
    length = len(display_tests.KEYS)
    body = Keypad(
        label=words("maintenance.test.keypad.label"),
        shown=state.pressed,
        length=length,
        keys=(*keys, blank, zero, erase),
        secret=False,
        groups=(length,),
        note=words("maintenance.test.keypad.note"),
    )
    return _test(frame, Device.PIN_PAD, body, can_be_well=len(state.pressed) == length)


def pin_pad(frame: Frame, state: pad_test.TestingPinPad) -> View:
    """Every digit of the pad once, and its key to confirm."""
    words = frame.words
    missing = words("maintenance.test.pin_pad.missing", keys=" ".join(state.missing)) if state.missing else ""
    length = len(pad_test.DIGITS)
    body = Keypad(
        label=words(f"maintenance.test.pin_pad.{state.result.value}"),
        shown="●" * state.pressed,
        length=length,
        keys=(),
        secret=False,
        groups=(length,),
        note=words("maintenance.test.keypad.note"),
        warning=missing,
        picture=Picture.PIN_PAD,
    )
    again = Choice(words("maintenance.test.pin_pad.again"), on.Confirmed(), Icon.KEYBOARD)
    works = state.result is pad_test.Result.WORKS
    return _test(frame, Device.PIN_PAD, body, *((again,) if state.is_over else ()), can_be_well=works)


def sound(frame: Frame, state: sound_test.TestingSound) -> View:
    """A sentence to be heard, as often as wanted."""
    words, ready = frame.words, frame.visit.conditions.voice
    key = "maintenance.test.sound"
    said = words(f"{key}.question" if state.played else f"{key}.text") if ready else words(f"{key}.silent")
    body = Instruction(Picture.STILL_THERE, said, words.all(f"{key}.points"))
    play = act(frame, f"{key}.play", tech.SoundChosen(words(f"{key}.sentence")), Icon.VOICE, enabled=ready)
    return _test(frame, Device.SOUND, body, play, can_be_well=state.played)


def _test(frame: Frame, device: Device, body: Body, *choices: AnyChoice, can_be_well: bool = False) -> View:
    """Return a test with the verdict at its foot: well only when there is something to call so."""
    bad = act(frame, "maintenance.test.bad", tech.Judged(device, well=False), Icon.WARNING, danger=True)
    well = Choice(
        frame.words("maintenance.test.well"), tech.Judged(device, well=True), Icon.CONFIRM, Role.PRIMARY,
        enabled=can_be_well,
    )  # fmt: skip
    name = f"test.{device.value}"
    return page(frame, name, body, *choices, bad, well, title=_title(frame, device), up=Page.DEVICES)


def _title(frame: Frame, device: Device) -> str:
    return frame.words("maintenance.test.title", device=frame.words(f"maintenance.device.{device.value}"))
