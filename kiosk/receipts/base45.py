"""Base45 (RFC 9285): bytes in the 45 characters that QR codes hold at eleven bits a pair.

Every byte string has one text, and every text at most one byte string. A text never ends in the alphabet's
space, so trimming one that was typed or scanned does no harm.
"""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(content: bytes) -> str:
    """Return three characters for every two bytes, and two for a single last one."""
    text = []
    for start in range(0, len(content), 2):
        pair = content[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, value = divmod(number, 45)
            text.append(ALPHABET[value])
    return "".join(text)


def decode(text: str) -> bytes:
    """Return the bytes of a text. Raises ValueError when it has none."""
    if len(text) % 3 == 1:
        raise ValueError("base45 has no text of this length")
    content = bytearray()
    try:
        for start in range(0, len(text), 3):
            group = text[start : start + 3]
            number = sum(_VALUES[character] * 45**place for place, character in enumerate(group))
            content += number.to_bytes(len(group) - 1, "big")
    except KeyError:
        raise ValueError("a character that is not in base45") from None
    except OverflowError:
        raise ValueError("three characters that stand for no two bytes") from None
    return bytes(content)
