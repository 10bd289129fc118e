"""The receipt number: readable aloud, typed on a number pad, and safe against a slip of one digit.

Eleven digits, KKKK-SSSSSS-C: the kiosk, its running number, and an ISO 7064 MOD 11,10 check digit,
which finds every single wrong digit and nearly every swap of neighbours.
"""

DIGITS = 11
ROUND = 1_000_000
"""After so many transactions the running number begins anew."""


def receipt_number(kiosk: str, sequence: int) -> str:
    """Return the number of a kiosk's n-th transaction, written with its dashes.

    `kiosk` is four digits. A kiosk that outlives a million transactions begins anew: the key, not this
    number, identifies a transaction. Raises ValueError when `kiosk` is not four digits.
    """
    if len(kiosk) != 4 or not (kiosk.isascii() and kiosk.isdigit()):
        raise ValueError("a kiosk's number has four digits")
    body = f"{kiosk}{sequence % ROUND:06d}"
    return written(body + _check_digit(body))


def written(digits: str) -> str:
    """Return up to eleven digits with the dashes where they belong."""
    return "-".join(part for part in (digits[:4], digits[4:10], digits[10:]) if part)


def parse_receipt_number(text: str) -> str | None:
    """Return the number in its written form, or None when digits are missing or the check digit is wrong."""
    digits = "".join(character for character in text if character.isascii() and character.isdigit())
    if len(digits) != DIGITS or _check_digit(digits[:-1]) != digits[-1]:
        return None
    return written(digits)


def parts_of(written_number: str) -> tuple[str, int]:
    """Return kiosk and running number of a number in its written form."""
    kiosk, running, _ = written_number.split("-")
    return kiosk, int(running)


def _check_digit(body: str) -> str:
    product = 10
    for digit in body:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)
