"""What the log says of each step: which event, from where to where. Never what is in them."""

from typing import get_args

import structlog

from kiosk.flows import events as on
from kiosk.flows.mode import Kiosk

# A keyboard's events are as many as the letters of an address: their number alone says something.
_UNTOLD = (
    on.KeyPressed, on.Erased, on.PinKeyPressed, on.CandidateChosen, on.CandidatesTurned, on.Composed,
    on.DivisionChosen, on.ScreenTouched, on.RingMoved,
)  # fmt: skip
_TOLD_FIELDS = (
    "service", "fault", "online", "ready", "paper", "pad", "pending", "rejected", "failure", "reason",
    "refusal", "lost",
)  # fmt: skip
_CODES = {"failure", "reason", "refusal"}
_ANSWERS = get_args(on.Answer)


class Observer:
    """Writes a line for each event that means something, and for each change of state or mode."""

    def __init__(self, log: structlog.BoundLogger) -> None:
        self._log = log

    def __call__(self, event: on.Event, before: Kiosk, after: Kiosk) -> None:
        """Tell one step."""
        if isinstance(event, _UNTOLD):
            return
        told: dict[str, str | int | bool] = {
            "happened": type(event).__name__,
            "visit": before.visit.session.number,
            "was": type(before.visit.state).__name__,
            "state": type(after.visit.state).__name__,
            "mode": type(after.mode).__name__,
        }
        for name in _TOLD_FIELDS:
            value = getattr(event, name, None)
            if value is not None:
                told["code" if name in _CODES else name] = getattr(value, "value", value)
        self._log.info("step", **told)
