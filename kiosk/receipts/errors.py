"""What can be wrong with a receipt, and with a key.

ReceiptRefused
    ReceiptUnreadable
    UnknownAlgorithm
    UnknownVersion
    UnknownKiosk
    ReceiptForged
UnusableKey
"""


class ReceiptRefused(Exception):
    """The text is not a receipt anybody should rely on."""


class ReceiptUnreadable(ReceiptRefused):
    """The text was not scanned as a whole, or is no receipt of this system."""


class UnknownAlgorithm(ReceiptRefused):
    """It is signed in a way this program does not know. `number` is the one in COSE's register."""

    def __init__(self, number: int) -> None:
        super().__init__(f"COSE algorithm {number}")
        self.number = number


class UnknownVersion(ReceiptRefused):
    """It is genuine, and newer than this program."""

    def __init__(self, version: int) -> None:
        super().__init__(f"claim version {version}")
        self.version = version


class UnknownKiosk(ReceiptRefused):
    """It names a key that is not among those given: of a kiosk not listed, or of nobody."""

    def __init__(self, key_id: bytes) -> None:
        super().__init__(f"key {key_id.hex()}")
        self.key_id = key_id


class ReceiptForged(ReceiptRefused):
    """It was not signed by the kiosk it names, or was altered since."""


class UnusableKey(Exception):
    """A file of keys that cannot be used. Says which and why, never what is in it."""
