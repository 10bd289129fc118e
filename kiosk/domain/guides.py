"""The guides of identity level 0: what is not done at the kiosk, where it is, and by which article.

The words are in the catalogues under `guide.<name>`; every guide names its articles, so every
refusal has a reason.
"""

from enum import Enum


class Guide(Enum):
    """A guide's name and the articles it rests on."""

    LOSS_BY_OTHER_WAYS = ("loss_by_other_ways", (19, 26, 29, 30, 31))
    REPLACEMENT = ("replacement", (9, 17, 32))
    TEMPORARY_CARD = ("temporary_card", (9,))
    UN_LOSS = ("un_loss", (19, 21, 30))
    UNLOCKING = ("unlocking", (21, 24, 30))
    PASSWORD_CHANGE = ("password_change", (23, 26))
    PASSWORD_RESET = ("password_reset", (21, 25, 30))
    FIRST_APPLICATION = ("first_application", (5, 6, 7, 8))
    ACTIVATION = ("activation", (15, 30))
    CANCELLATION = ("cancellation", (20, 21, 30))
    PROXIES = ("proxies", (9, 16, 19, 20, 21))
    FEES = ("fees", (6, 9, 31, 32))
    SERVICE_POINTS = ("service_points", (4, 11))
    COMPLAINTS = ("complaints", (27, 28))
    ABOUT = ("about", (1, 2, 3, 14, 29, 33, 34))

    def __init__(self, key: str, articles: tuple[int, ...]) -> None:
        self.key = key
        self.articles = articles
