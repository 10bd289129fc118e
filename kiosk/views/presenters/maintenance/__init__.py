"""The pages of maintenance, for a technician in a hurry: one presenter for each."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from kiosk.flows.maintenance import card_tests as card_states
from kiosk.flows.maintenance import carrying as carrying_states
from kiosk.flows.maintenance import devices as device_states
from kiosk.flows.maintenance import display_tests as display_states
from kiosk.flows.maintenance import door as door_states
from kiosk.flows.maintenance import evidence as evidence_states
from kiosk.flows.maintenance import faults as fault_states
from kiosk.flows.maintenance import network as network_states
from kiosk.flows.maintenance import outbox as outbox_states
from kiosk.flows.maintenance import overview as overview_states
from kiosk.flows.maintenance import pad_test as pad_states
from kiosk.flows.maintenance import printer_test as printer_states
from kiosk.flows.maintenance import readiness as readiness_states
from kiosk.flows.maintenance import service_state as service_states
from kiosk.flows.maintenance import sound_test as sound_states
from kiosk.views.frame import Frame
from kiosk.views.models import View
from kiosk.views.presenters.maintenance import (
    carrying,
    device_tests,
    devices,
    door,
    faults,
    network,
    outbox,
    overview,
    readiness,
    service_state,
)

# As in kiosk/views/present.py: the pairing of a type with a function of it can't be typed.
Presenter: TypeAlias = Callable[[Frame, Any], View]

PRESENTERS: Mapping[type, Presenter] = {
    door_states.ChoosingTechnician: door.choosing,
    door_states.EnteringPin: door.entering_pin,
    door_states.EnteringCode: door.entering_code,
    door_states.CheckingTechnician: door.checking,
    door_states.KeptOut: door.kept_out,
    overview_states.Overview: overview.overview,
    network_states.Network: network.network,
    device_states.Devices: devices.devices,
    outbox_states.Outbox: outbox.outbox,
    outbox_states.CheckingChain: outbox.checking_chain,
    fault_states.Faults: faults.faults,
    fault_states.FaultExplained: faults.explained,
    service_states.ServiceState: service_state.service_state,
    service_states.ConfirmingPower: service_state.confirming,
    service_states.SwitchingPower: service_state.switching,
    readiness_states.Examining: readiness.examining,
    readiness_states.ShowingReport: readiness.report,
    evidence_states.ChoosingEvidence: carrying.choosing_evidence,
    evidence_states.EnteringReceipt: carrying.entering_receipt,
    carrying_states.Carrying: carrying.carrying,
    card_states.TestingCardReader: device_tests.card_reader,
    card_states.TestingIdReader: device_tests.id_reader,
    printer_states.TestingPrinter: device_tests.printer,
    display_states.TestingTouch: device_tests.touch,
    display_states.TestingDisplay: device_tests.display,
    display_states.TestingKeypad: device_tests.keypad,
    pad_states.TestingPinPad: device_tests.pin_pad,
    sound_states.TestingSound: device_tests.sound,
}
