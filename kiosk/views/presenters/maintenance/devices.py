"""The list of devices, and what has changed of late."""

from dataclasses import replace

from kiosk.domain.findings import Finding, Verdict
from kiosk.flows.conditions import PinPad
from kiosk.flows.maintenance import devices as states
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Device, Page
from kiosk.views.frame import Frame
from kiosk.views.health import sentence
from kiosk.views.models import Choice, Health, Icon, Role, StatusRow, View
from kiosk.views.presenters.maintenance.findings import HEALTH, row_of_several
from kiosk.views.presenters.maintenance.pages import act, look_again, page, status_list, work_of

ROWS_ELDER = 4  # on a page; in smaller letters all of them are one
_CHECKS = {
    Device.CARD_READER: "device.card_reader",
    Device.ID_READER: "device.id_reader",
    Device.PRINTER: "device.printer",
    Device.PIN_PAD: "device.pin_pad",
    Device.SOUND: "device.voice",
}


def devices(frame: Frame, state: states.Devices) -> View:
    """Every device, how it is, and what the technician has said of its test."""
    words, found = frame.words, {finding.check: finding for finding in state.look.findings}
    checks = {device: _check_of(frame, device) for device in Device}
    under_way = state.look.under_way
    rows = tuple(
        _row(frame, device, check, found.get(check), under_way=under_way) for device, check in checks.items()
    )
    history = act(frame, "maintenance.faults.title", tech.PageChosen(Page.FAULTS), Icon.CLOCK)
    size = ROWS_ELDER if frame.visit.session.settings.elder else len(rows)
    body = status_list(words, rows, words("maintenance.devices.lead"), state.page, size)
    return page(frame, "devices", body, history, look_again(frame, under_way=under_way))


def _check_of(frame: Frame, device: Device) -> str:
    """Return the check of a device; "" when nobody can ask it: touch, display, the keys on the screen."""
    if device is Device.PIN_PAD and frame.visit.conditions.pin_pad is PinPad.NONE:
        return ""
    return _CHECKS.get(device, "")


def _row(frame: Frame, device: Device, check: str, finding: Finding | None, *, under_way: bool) -> StatusRow:
    words = frame.words
    choice = Choice(
        words(f"maintenance.device.{device.value}"), tech.DeviceChosen(device), Icon.NEXT, Role.QUIET
    )
    verdict = next((each.well for each in work_of(frame).verdicts if each.device is device), None)
    tested = {
        None: "",
        True: words("maintenance.devices.tested_well"),
        False: words("maintenance.devices.tested_bad"),
    }
    if finding is not None:
        row = row_of_several(words, (finding,), choice.text, choice, under_way=under_way)
        if verdict is False and row.health in {Health.WELL, Health.NOTED}:
            row = replace(row, health=Health.FAILED, word=words("verdict.failed"))
        seen = words("measured.join").join(part for part in (row.seen, tested[verdict]) if part)
        return replace(row, seen=sentence(seen))
    if check:
        return row_of_several(words, (), choice.text, choice, under_way=under_way)
    stands = {None: Verdict.SKIPPED, True: Verdict.WELL, False: Verdict.FAILED}[verdict]
    return StatusRow(HEALTH[stands], words(f"verdict.{stands.value}"), choice.text, choice=choice)
