"""The citizen number (公民身份号码), which is also the social security number (社会保障号码).

18 characters: region (6), birth date (8), sequence (3), check character by ISO 7064 MOD 11-2
(GB 11643-1999). A region that is unknown or younger than its holder is no reason to refuse a number:
districts were founded and renamed after people were born in them.
"""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def check_character(first_seventeen: str) -> str:
    """Return the ISO 7064 MOD 11-2 check character of 17 digits.

    Raises ValueError when they are not 17 ASCII digits.
    """
    if len(first_seventeen) != 17 or not (first_seventeen.isascii() and first_seventeen.isdigit()):
        raise ValueError("a citizen number begins with 17 digits")
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def is_citizen_number(text: str, today: date) -> bool:
    """Whether the text is a well-formed number of somebody born between 1900 and today."""
    digits, check = text[:17], text[17:]
    if len(digits) != 17 or not (digits.isascii() and digits.isdigit()):
        return False
    try:
        born = birth_date(text)
    except ValueError:
        return False
    return check == check_character(digits) and date(1900, 1, 1) <= born <= today


def birth_date(number: str) -> date:
    """Return the birth date in the number. Raises ValueError when it names no day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


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
