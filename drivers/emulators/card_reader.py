"""A card reader that runs alone: two slots under a pcscd of its own, and a socket for the hands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.control_socket import ControlSocket, Hands
from drivers.emulators.pcscd import VirtualPcscd
from drivers.emulators.personas import persona
from drivers.emulators.psam import PsamEmulator
from drivers.emulators.social_security_card import VARIANTS, SocialSecurityCardEmulator
from drivers.emulators.vpcd import VirtualSlot


@contextmanager
def serve(link: Path, control: Path) -> Iterator[VirtualPcscd]:
    """Serve a reader with two slots in a pcscd of its own, and its hands on the Unix socket `control`.

    `link` leads to the socket of that pcscd: with PCSCLITE_CSOCK_NAME=<link> in its environment any PC/SC
    program uses it.
    """
    with VirtualPcscd() as pcscd:
        pcscd.link_at(link)
        card, psam = VirtualSlot(pcscd.open_slot, 0), VirtualSlot(pcscd.open_slot, 1)
        with ControlSocket(control, hands(card, psam, pcscd)):
            yield pcscd
        card.pull()
        psam.pull()


def hands(card: VirtualSlot, psam: VirtualSlot, pcscd: VirtualPcscd) -> Hands:
    """Return what somebody at the control socket can do to the reader.

    A card put in twice is the same card: the tries it has left stay what they were.
    """
    drawer: dict[tuple[str, str], SocialSecurityCardEmulator] = {}

    def insert(persona_key: str, variant: str = "plain") -> None:
        if variant not in VARIANTS:
            raise ValueError(f"no variant {variant!r}; there are {', '.join(VARIANTS)}")
        chip = SocialSecurityCardEmulator(persona(persona_key), VARIANTS[variant])
        card.insert(drawer.setdefault((persona_key, variant), chip))

    def set_tries_left(tries: int) -> None:
        _social_security_card_in(card).tries_left = tries

    def show() -> dict[str, object]:
        chip = card.chip
        if not isinstance(chip, SocialSecurityCardEmulator):
            return {"persona_key": None}
        return {
            "persona_key": chip.persona.key,
            "tries_left": chip.tries_left,
            "is_verified": chip.is_verified,
        }

    return {
        "insert": insert,
        "pull": card.pull,
        "pull_during_next_apdu": card.pull_during_next_apdu,
        "hang_on_next_apdu": card.hang_on_next_apdu,
        "answer_late": card.answer_late,
        "garble_next_apdu": card.garble_next_apdu,
        "set_tries_left": set_tries_left,
        "show": show,
        "insert_psam": lambda: psam.insert(PsamEmulator()),
        "pull_psam": psam.pull,
        "kill_pcscd": pcscd.kill,
        "start_pcscd": pcscd.start,
    }


def _social_security_card_in(slot: VirtualSlot) -> SocialSecurityCardEmulator:
    if not isinstance(slot.chip, SocialSecurityCardEmulator):
        raise ValueError("there is no card in the slot")
    return slot.chip
