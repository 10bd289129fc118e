"""Chapter 2, applying for a card: the first one, a new one for an old one, and a temporary one meanwhile."""

from calendar import monthrange
from datetime import date

from kiosk.domain.citizen_number import age_on
from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, refuses, tells

OF_AGE = 16
TEMPORARY_CARD_MONTHS = 3


def applies_through_guardian(born: date, application_year: int) -> bool:
    """Whether a first card is applied for by the guardian: under 16 on 31 December of that year (Art 7).

    Who turns 16 at any time in the year of application is not under 16.
    """
    return age_on(born, date(application_year, 12, 31)) < OF_AGE


def temporary_card_valid_until(issued_on: date) -> date:
    """Return the last day a temporary card is valid: three calendar months on (Art 9).

    Counted as the Civil Code counts months (Art 201, 202): the day of issue does not count, the last day is
    the same day three months later, and where that month has no such day, its last.
    """
    months = issued_on.year * 12 + issued_on.month - 1 + TEMPORARY_CARD_MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


CHAPTER = Chapter(
    2,
    "社保卡申领",
    (
        Article(
            6,
            "申领范围",
            "Everybody insured in Xinxiang applies for a card: employees, pensioners, residents. The first "
            "one is free of the card fee.",
            (
                tells(
                    "that the first card is free, and only the first",
                    guides=(Guide.FIRST_APPLICATION, Guide.FEES),
                    tests=(
                        "test_the_first_card_is_free",
                        "test_no_other_card_is_called_free",
                    ),
                ),
            ),
        ),
        Article(
            7,
            "首次申领",
            "A first card is applied for at the local window: a form, a photo to the standard, and what else "
            "the department asks for. For who is under 16 on 31 December of that year the guardian applies, "
            "with papers of both and proof of guardianship.",
            (
                refuses(
                    "applications; the guide lists the papers, and those for children",
                    guides=(Guide.FIRST_APPLICATION,),
                    window_decides=(applies_through_guardian,),
                    tests=(
                        "test_who_is_under_16_on_31_december_of_that_year_applies_through_the_guardian",
                        "test_only_the_year_of_birth_counts",
                        "test_the_guide_lists_the_papers_of_the_article",
                        "test_an_application_is_refused_and_sent_to_the_window",
                    ),
                ),
            ),
            reading="The day that counts is the last of the year of application, other than in Art 21. "
            "本人身份证或户口本: which of the two a child brings is the window's to say.",
        ),
        Article(
            8,
            "领卡凭据",
            "When the papers are in order the window gives the applicant a slip to collect the card with.",
            (
                tells(
                    "to keep that slip",
                    guides=(Guide.FIRST_APPLICATION,),
                    tests=("test_the_guide_says_to_keep_the_windows_slip",),
                ),
                refuses(
                    "giving such a slip: no paper of the kiosk bears its name",
                    tests=(
                        "test_nothing_else_bears_its_name",
                        "test_a_receipt_is_called_what_it_is",
                    ),
                ),
            ),
        ),
        Article(
            9,
            "补换卡和临时卡",
            "A card that is lost, damaged, or whose printed details have changed is replaced at a window, "
            "for a fee, and the old one is taken back there. Meanwhile a temporary card can be had: no bank "
            "functions, valid three months, handed back for the new one.",
            (
                refuses(
                    "replacing a card, and serving one that is out of date or has been replaced; the kiosk "
                    "keeps no card",
                    screens=("card_trouble.expired", "not_served.card_replaced"),
                    guides=(Guide.REPLACEMENT, Guide.FEES),
                    tests=(
                        "test_the_guide_refuses_a_replacement_with_reason_place_and_fee_basis",
                        "test_a_card_out_of_date_is_told_to_be_replaced_and_can_be_taken_away",
                        "test_a_card_that_was_replaced_opens_nothing",
                    ),
                ),
                refuses(
                    "changing what is printed on the card",
                    screens=("topic_who_i_am",),
                    tests=("test_what_is_printed_on_the_card_is_changed_with_the_card_only",),
                ),
                tells(
                    "what a temporary card is, and how long it is valid",
                    guides=(Guide.TEMPORARY_CARD,),
                    window_decides=(temporary_card_valid_until,),
                    tests=(
                        "test_a_temporary_card_is_valid_three_calendar_months",
                        "test_it_is_valid_into_the_third_month_and_never_less_for_a_later_issue",
                        "test_the_guide_says_what_a_temporary_card_is",
                    ),
                ),
                tells(
                    "the papers of a proxy in the words of the article",
                    guides=(Guide.REPLACEMENT, Guide.PROXIES),
                    tests=(
                        "test_the_papers_of_a_proxy_are_quoted_and_not_interpreted",
                        "test_what_the_article_does_not_list_is_not_listed_in_its_name",
                    ),
                ),
            ),
            reading="代理人身份证、持卡人身份证复印件 can mean copies of both cards or of the second alone, "
            "so it is quoted. The holder's own papers are not listed; the guide says so. Three months are "
            "calendar months (Civil Code Art 201, 202); that a last day on a public holiday moves on (Art "
            "203) is left to the window.",
        ),
    ),
)
