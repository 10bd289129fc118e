"""What a technician finds one morning, so that the pages of maintenance are as full as in the hall."""

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.faults import fault_by_code
from kiosk.domain.findings import Finding, Measured
from kiosk.flows import mode
from kiosk.flows.conditions import PinPad
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import faults, overview
from tests.flows.hall import NOW


def _found(check: str, *codes: str, **measured: int | str) -> Finding:
    values = tuple(Measured(name, value) for name, value in measured.items())
    return Finding(check, tuple(fault_by_code(code) for code in codes), values)


FINDINGS = (
    _found("device.card_reader", reader="Example Reader Co. Dual Slot CCID Reader 00 00"),
    _found("device.id_reader", "K-201"),
    _found("device.pin_pad"),
    _found("device.printer", "K-301", paper="out"),
    _found("backend.name", address="192.0.2.10"),
    _found("backend.connection", address="192.0.2.10"),
    _found("backend.own_certificate", "K-409", days_left=9),
    _found("backend.certificate", chain="backend < bureau", days_left=200),
    _found("backend.health"),
    _found("backend.latency", latency_ms=38),
    _found("backend.clock", offset_s=0),
    _found("outbox.entries", "K-510", "K-511", pending=2, rejected=3, oldest_h=31),
    _found("kiosk.disk", free_mb=51_200),
    _found("kiosk.versions", version="0.1.0", rules="2017-10-09", python="3.11.2", system="Debian 12"),
    _found("kiosk.starts", starts=41, unasked=1),
)

PAST = tuple(
    tech.PastFault(code, NOW - timedelta(minutes=ago), ended and NOW - timedelta(minutes=ended))
    for code, ago, ended in (
        ("K-301", 20, None),
        ("K-409", 55, None),
        ("K-403", 600, 590),
        ("K-311", 1500, 20),
        ("K-302", 2900, 2895),
        ("K-603", 8000, 7000),
    )
)


def in_the_morning(kiosk: mode.Kiosk) -> mode.Kiosk:
    """Return a kiosk in maintenance as it is found, with a PIN pad; on any other page nothing is changed."""
    assert isinstance(kiosk.mode, mode.Maintenance)
    work, state = kiosk.mode.work, kiosk.mode.work.state
    match state:
        case overview.Overview(look) if look.findings:
            state = replace(state, look=replace(look, findings=FINDINGS), past=PAST)
            visit = kiosk.visit
            with_pad = replace(visit.conditions, pin_pad=PinPad.READY)
            kiosk = replace(kiosk, visit=replace(visit, conditions=with_pad))
        case faults.Faults(told) if told:
            state = replace(state, told=PAST)
    return replace(kiosk, mode=mode.Maintenance(work.at(state)))
