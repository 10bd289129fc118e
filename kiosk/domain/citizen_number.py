"""The citizen number (公民身份号码), which is also the social security number (社会保障号码).

18 characters: region (6), birth date (8), sequence (3), check character (GB 11643-1999).
"""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Return the full years lived on a day. Who is born on 29 February comes of age on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def masked_number(number: str) -> str:
    """Return the number as paper and screen may show it: region and the last two characters."""
    if len(number) <= 8:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 8)}{number[-2:]}"


def masked_name(name: str) -> str:
    """Return a name as paper and screen may show it: 王*华, 李*, the first letter of a Latin name."""
    if len(name) < 2:
        return "*"
    if name.isascii():
        return name[0] + "*" * (len(name) - 1)
    return name[0] + "*" + ("" if len(name) == 2 else name[-1])
