"""The security module (PSAM) in the second slot of the reader: whether one is there.

Cards of the third generation may open the holder's file only after a module has vouched for the reader
(`NeedsPsam`). What is said between card, module and issuer differs from region to region and rests on keys
the issuer keeps, so it is left to the region; here a technician learns whether the module is in place.
"""

from drivers.social_security_card import apdu
from drivers.social_security_card.connection import CardConnection

DIRECTORY = 0xDF01


def is_psam(connection: CardConnection) -> bool:
    """Whether the chip has the directory of a PSAM: SELECT 00 A4 02 00 02 DF 01 (two sources).

    Raises what `CardConnection.transmit` raises.
    """
    response = apdu.send(connection, apdu.select_file(DIRECTORY))
    return response.is_ok or response.has_more
