"""Characters by their number in Unicode: the last way to write a rare name.

The police print the number on the paper they give to people whose character few computers have.
"""

import re
import unicodedata


def character_at(code: str) -> str | None:
    """Return the Chinese character at `36C3`, `U+36C3` or `u36c3`; None where there is none.

    Private-use code points are none: what they show depends on the font.
    """
    number = re.fullmatch(r"\s*(?:U\+?)?([0-9A-F]{4,5})\s*", code, re.IGNORECASE | re.ASCII)
    if not number:
        return None
    character = chr(int(number[1], base=16))
    is_chinese = unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")
    return character if is_chinese else None
