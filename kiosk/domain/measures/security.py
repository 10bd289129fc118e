"""Chapter 5, security: the password of the social security account, its lock, and the ways back."""

from dataclasses import dataclass, replace

from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, refuses, tells
from kiosk.domain.measures.questions import Question

TRIES = 6
"""Wrong entries in a row that lock the account (Art 24)."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The entries left, as far as a visit knows. `told`: card or backend has said so; otherwise at most so
    many, since entries made elsewhere count too, and a card tells nothing before its first wrong one.
    """

    left: int = TRIES
    told: bool = False

    def one_spent(self) -> "Tries":
        """Return what is left after an entry whose answer was lost: it counts as spent."""
        return replace(self, left=max(0, self.left - 1))


def tries_left(wrong_in_a_row: int) -> int:
    """Return how many entries are left before the account locks; 0 means that it is locked (Art 24)."""
    return max(0, TRIES - wrong_in_a_row)


def count_entry(wrong_in_a_row: int, *, right: bool) -> int:
    """Return the wrong entries in a row after one more entry (Art 24).

    Only a right one begins the count anew, and none does once the account is locked: that takes a window.
    """
    if tries_left(wrong_in_a_row) == 0:
        return wrong_in_a_row
    return 0 if right else wrong_in_a_row + 1


CHAPTER = Chapter(
    5,
    "社保卡安全管理",
    (
        Article(
            23,
            "修改密码",
            "Who has received a card changes the password of the account soon and keeps it safe. It can be "
            "changed at a window.",
            (
                tells("who still has the initial password", screens=("choosing_topic",)),
                refuses("changing the password", guides=(Guide.PASSWORD_CHANGE,)),
            ),
            reading="可到…窗口办理 does not say that only the window will do. Refused here until the Bureau "
            "has decided.",
            questions=(Question.Q2,),
        ),
        Article(
            24,
            "六次输错锁定",
            "Six wrong passwords in a row lock the social security account. It is unlocked at a window, with "
            "the own card and identity card.",
            (
                tells(
                    "the tries left after each wrong entry, and asks before the last",
                    screens=(
                        "password",
                        "password_again",
                        "password_on_pad",
                        "password_again_on_pad",
                        "password_last_try",
                        "password_again_last_try",
                    ),
                    decided_by=(tries_left, count_entry),
                ),
                refuses(
                    "another entry while one has no answer: it may be spent",
                    screens=("password_unanswered", "password_again_unanswered"),
                ),
                refuses(
                    "going on with a locked account, and unlocking",
                    screens=("password_locked", "password_again_locked", "not_served.password_locked"),
                    guides=(Guide.UNLOCKING,),
                ),
                refuses(
                    "another entry while nobody knows what became of the last",
                    screens=("password_unanswered", "password_again_unanswered"),
                ),
            ),
            reading="The count is of entries in a row, wherever they were made; it lives on the card or at "
            "the backend, and outlasts visits, power cuts and kiosks. An entry whose answer was lost counts "
            "as spent. The bank's password is another one, and is never asked for.",
            switches=("password.verified_by",),
        ),
        Article(
            25,
            "重置密码",
            "Who has forgotten the password has it reset at a window, with the own card and identity card.",
            (
                refuses("resetting", guides=(Guide.PASSWORD_RESET,)),
                tells(
                    "where to have it reset, before the last try is spent",
                    screens=("password_last_try", "password_again_last_try"),
                ),
            ),
            reading="Who has lost the card and forgotten the password can still report the loss: that needs "
            "no password.",
        ),
    ),
)
