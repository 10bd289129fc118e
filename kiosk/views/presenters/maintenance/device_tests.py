"""The screens of the tests: what to do with the hands, what was read, and: is it well?"""

from dataclasses import replace
from string import ascii_uppercase

from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
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
    return _test(
        frame,
        Device.CARD_READER,
        Facts(facts, (words("maintenance.test.card.note"),), verdict=said),
        lead=_read_again(frame) if card.fault else None,
        can_be_well=not card.fault,
    )


def id_reader(frame: Frame, state: card_tests.TestingIdReader) -> View:
    """The security module's number, and whether a card was read."""
    words, notes = frame.words, frame.words.all("maintenance.test.id.notes")
    sam = words("maintenance.test.id.sam", number=str(state.sam).replace("-", " "))
    if not state.sam:
        sam = words("maintenance.test.id.asking" if state.sam is None else "maintenance.test.id.no_sam")
    again = _read_again(frame)
    if state.read is None:
        waiting = words("maintenance.test.id.waiting")
        body: Body = Instruction(Picture.PLACE_ID_CARD, waiting, (sam, *notes))
        return _test(frame, Device.ID_READER, body, lead=again if state.sam == "" else None)
    match state.read, state.sam:
        case False, _:
            todo = words("maintenance.test.id.place_again")
            said = verdict(Health.FAILED, words("maintenance.test.id.unreadable"), sam, todo)
        case _, None:
            said = verdict(Health.UNDER_WAY, words("maintenance.test.id.read_and_asking"))
        case _, "":
            todo = words("maintenance.test.id.ask_again")
            said = verdict(Health.NOTED, words("maintenance.test.id.read_without_sam"), advice=todo)
        case _:
            said = verdict(Health.WELL, words("maintenance.test.readable"), sam)
    is_bad, is_well = said.health in {Health.FAILED, Health.NOTED}, said.health is Health.WELL
    body = StatusList((), notes=notes, verdict=said)
    return _test(frame, Device.ID_READER, body, lead=again if is_bad else None, can_be_well=is_well)


def _read_again(frame: Frame) -> AnyChoice:
    """Return the way on where a card was not read, or not well."""
    return act(frame, "maintenance.test.read_again", tech.LookAgainChosen(), Icon.CARD)


def printer(frame: Frame, state: printer_test.TestingPrinter) -> View:
    """What was printed from this roll, and what can be tried. Where paper ran out a new roll leads."""
    words, paper, key = frame.words, state.paper, "maintenance.test.printer"
    idle = state.job is not Job.PRINTING
    notes = words.all(f"{key}.notes") if state.job is Job.PRINTED else ()
    facts: tuple[Fact, ...] = ()
    test_slip = act(frame, f"{key}.test_slip", tech.SampleSlipChosen(), Icon.PRINT, enabled=idle)
    reprint: tuple[AnyChoice, ...] = ()
    new_roll: tuple[AnyChoice, ...] = ()
    if paper is not None:
        facts = (
            Fact(words(f"{key}.slips"), words(f"{key}.count", count=paper.slips)),
            Fact(words(f"{key}.forecast"), _forecast(frame, paper)),
            Fact(words(f"{key}.unprinted"), paper.unprinted or words("maintenance.none")),
        )
        if paper.unprinted:
            reprint = (act(frame, f"{key}.reprint", tech.ReprintChosen(), Icon.RECEIPT, enabled=idle),)
        if paper.slips:  # otherwise the count begins with this roll
            new_roll = (act(frame, f"{key}.new_roll", tech.RollReplaced(), Icon.CONFIRM, enabled=idle),)
    body = Facts(facts, notes, verdict=_printed(frame, state))
    if state.job is Job.PRINTED:
        return _test(frame, Device.PRINTER, body, test_slip, *reprint, *new_roll, can_be_well=True)
    if new_roll and state.job is Job.FAILED and state.failure is SlipFailure.PAPER_OUT:
        return _test(frame, Device.PRINTER, body, test_slip, *reprint, lead=new_roll[0])
    return _test(frame, Device.PRINTER, body, *reprint, *new_roll, lead=test_slip)


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
        frame.words(f"maintenance.test.printer.todo.{why.value}") if why else "",
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
        for place, letter in enumerate(ascii_uppercase[: display_tests.TARGETS])
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
    shown = "●" * state.pressed
    if state.result is pad_test.Result.KEYS_MISSING:  # as many keys may have come, one of them twice
        shown = "".join(" " if digit in state.missing else digit for digit in pad_test.DIGITS)
    body = Keypad(
        label=words(f"maintenance.test.pin_pad.{state.result.value}"),
        shown=shown,
        length=length,
        keys=(),
        secret=False,
        groups=(length,),
        note=words("maintenance.test.keypad.note"),
        warning=missing,
        picture=Picture.PIN_PAD,
    )
    again = act(frame, "maintenance.test.pin_pad.again", on.Confirmed(), Icon.KEYBOARD)
    if state.result is pad_test.Result.WORKS:
        return _test(frame, Device.PIN_PAD, body, again, can_be_well=True)
    return _test(frame, Device.PIN_PAD, body, lead=again if state.is_over else None)


def sound(frame: Frame, state: sound_test.TestingSound) -> View:
    """A sentence to be heard, as often as wanted."""
    words, ready = frame.words, frame.visit.conditions.voice
    key = "maintenance.test.sound"
    said = words(f"{key}.question" if state.played else f"{key}.text") if ready else words(f"{key}.silent")
    body = Instruction(Picture.STILL_THERE, said, words.all(f"{key}.points"))
    play = act(frame, f"{key}.play", tech.SoundChosen(words(f"{key}.sentence")), Icon.VOICE, enabled=ready)
    if state.played:
        return _test(frame, Device.SOUND, body, play, can_be_well=True)
    return _test(frame, Device.SOUND, body, lead=play)


def _test(
    frame: Frame,
    device: Device,
    body: Body,
    *choices: AnyChoice,
    lead: AnyChoice | None = None,
    can_be_well: bool = False,
) -> View:
    """Return a test with the verdict at its foot: well only when there is something to call so.

    `lead`: what is to be done first, in the place of a verdict that can't be given yet.
    """
    bad = act(frame, "maintenance.test.bad", tech.Judged(device, well=False), Icon.WARNING, danger=True)
    well = act(
        frame, "maintenance.test.well", tech.Judged(device, well=True), Icon.CONFIRM, enabled=can_be_well
    )
    last = replace(lead or well, role=Role.PRIMARY)
    name = f"test.{device.value}"
    return page(frame, name, body, *choices, bad, last, title=_title(frame, device), up=Page.DEVICES)


def _title(frame: Frame, device: Device) -> str:
    return frame.words("maintenance.test.title", device=frame.words(f"maintenance.device.{device.value}"))
