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
                    decided_by=(applies_through_guardian,),
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
                tells("to keep that slip", guides=(Guide.FIRST_APPLICATION,)),
                refuses("giving such a slip: no paper of the kiosk bears its name"),
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
                ),
                refuses("changing what is printed on the card", screens=("topic_who_i_am",)),
                tells(
                    "what a temporary card is, and how long it is valid",
                    guides=(Guide.TEMPORARY_CARD,),
                    decided_by=(temporary_card_valid_until,),
                ),
                tells(
                    "the papers of a proxy in the words of the article",
                    guides=(Guide.REPLACEMENT, Guide.PROXIES),
                ),
            ),
            reading="代理人身份证、持卡人身份证复印件 can mean copies of both cards or of the second alone, "
            "so it is quoted. The holder's own papers are not listed; the guide says so. Three months are "
            "calendar months (Civil Code Art 201, 202); that a last day on a public holiday moves on (Art "
            "203) is left to the window.",
        ),
    ),
)
