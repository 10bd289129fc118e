"""The alarm's sound: two rising notes, three times, soft at the edges so that nothing clicks."""

import math
from array import array

from drivers.loudspeaker.loudspeaker import RATE_HZ

NOTES_HZ = (880.0, 1175.0)
NOTE_S, PAUSE_S, TIMES = 0.16, 0.18, 3
LOUDNESS = 0.5
EDGE_S = 0.01


def alarm() -> bytes:
    """Return the alarm as samples."""
    once = array("h")
    for note in NOTES_HZ:
        once.extend(_note(note))
    once.extend([0] * round(PAUSE_S * RATE_HZ))
    return once.tobytes() * TIMES


def _note(hertz: float) -> list[int]:
    count, edge = round(NOTE_S * RATE_HZ), EDGE_S * RATE_HZ
    return [
        round(32767 * LOUDNESS * min(1.0, at / edge, (count - at) / edge)
              * math.sin(2 * math.pi * hertz * at / RATE_HZ))
        for at in range(count)
    ]  # fmt: skip
