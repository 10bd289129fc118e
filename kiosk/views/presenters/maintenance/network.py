"""The way to the backend: every step in its place from the start, and how it ended as soon as it has."""

from kiosk.domain.findings import CHECKS
from kiosk.flows.maintenance import network as states
from kiosk.views.frame import Frame
from kiosk.views.models import StatusList, View
from kiosk.views.presenters.maintenance.findings import row_of, to_come
from kiosk.views.presenters.maintenance.pages import look_again, page

STEPS = tuple(check for check in CHECKS if check.startswith("backend."))


def network(frame: Frame, state: states.Network) -> View:
    """The steps in the order they are taken."""
    words, found = frame.words, {finding.check: finding for finding in state.look.findings}
    rows = tuple(
        row_of(words, found[name])
        if name in found
        else to_come(words, words(f"check.{name}"), under_way=state.look.under_way)
        for name in STEPS
    )
    body = StatusList(rows, words("maintenance.network.lead"))
    return page(frame, "network", body, look_again(frame, under_way=state.look.under_way))
