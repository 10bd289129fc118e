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
                tells(
                    "who still has the initial password",
                    screens=("choosing_topic",),
                    tests=(
                        "test_who_has_the_initial_password_is_told_to_change_it_at_the_window",
                        "test_who_has_changed_it_is_told_nothing",
                    ),
                ),
                refuses(
                    "changing the password",
                    guides=(Guide.PASSWORD_CHANGE,),
                    tests=(
                        "test_changing_is_refused_with_a_guide",
                        "test_nothing_the_kiosk_can_do_changes_a_password",
                    ),
                ),
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
                    tests=(
                        "test_the_account_locks_exactly_when_six_wrong_entries_stood_in_a_row",
                        "test_a_right_entry_begins_the_count_anew_unless_it_comes_too_late",
                        "test_the_kiosk_counts_down_asks_before_the_last_and_says_who_unlocks",
                        "test_the_count_outlasts_the_visit_and_the_power",
                        "test_a_right_password_gives_all_tries_back",
                    ),
                ),
                refuses(
                    "another entry while one has no answer: it may be spent",
                    screens=("password_unanswered", "password_again_unanswered"),
                    tests=(
                        "test_an_entry_whose_answer_was_lost_is_spent_and_never_repeated_by_the_kiosk",
                        "test_nothing_is_entered_while_another_entry_has_no_answer",
                    ),
                ),
                refuses(
                    "going on with a locked account, and unlocking",
                    screens=("password_locked", "password_again_locked", "not_served.password_locked"),
                    guides=(Guide.UNLOCKING,),
                    tests=(
                        "test_a_locked_account_takes_no_more_entries",
                        "test_unlocking_is_refused_with_the_papers_of_the_article",
                    ),
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
                refuses(
                    "resetting",
                    guides=(Guide.PASSWORD_RESET,),
                    tests=(
                        "test_resetting_is_refused_with_the_papers_of_the_article",
                        "test_a_loss_is_reported_without_any_password",
                    ),
                ),
                tells(
                    "where to have it reset, before the last try is spent",
                    screens=("password_last_try", "password_again_last_try"),
                    tests=("test_before_the_last_try_who_has_forgotten_it_is_sent_to_have_it_reset",),
                ),
            ),
            reading="Who has lost the card and forgotten the password can still report the loss: that needs "
            "no password.",
        ),
    ),
)
