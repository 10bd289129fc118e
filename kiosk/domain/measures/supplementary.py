"""Chapter 7, supplementary: the bank's side of the card, fees, who interprets, and since when."""

from datetime import date

from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, prints, refuses, tells
from kiosk.domain.measures.questions import Question
from kiosk.domain.paper import TransactionReceipt
from kiosk.domain.reference import Fee

EFFECTIVE_FROM = date(2017, 10, 9)
"""The day the Measures were published, and so took effect (Art 34)."""

RULE_SET = "xrs-2017-145.1"
"""These rules: document 145 of 2017, and the edition of this reading of it."""


def in_force(day: date) -> bool:
    """Whether the Measures apply on a day (Art 34)."""
    return day >= EFFECTIVE_FROM


def may_name_fee(fee: Fee, day: date) -> bool:
    """Whether an amount may be named on a day: only with its document, and while it is valid (Art 32)."""
    return fee.amount_fen > 0 and bool(fee.document.strip()) and day <= fee.valid_until


CHAPTER = Chapter(
    7,
    "附则",
    (
        Article(
            29,
            "金融功能",
            "The card's bank account is for cash, transfers and payments, and is the bank's to manage.",
            (
                refuses(
                    "a bank card, and any business with the bank account",
                    screens=("card_trouble.bank_card",),
                    tests=(
                        "test_a_bank_card_is_named_as_such_and_not_served",
                        "test_the_password_asked_for_is_said_not_to_be_the_banks",
                        "test_the_guides_keep_the_two_accounts_apart",
                    ),
                ),
                tells(
                    "with every loss report that the bank account is not frozen by it",
                    screens=(
                        "loss_not_offered",
                        "loss_explaining",
                        "loss_warning_offline",
                        "loss_confirming_offline",
                        "outcome_loss_report_in_effect",
                        "outcome_loss_report_recorded",
                        "outcome_loss_report_refused",
                    ),
                    guides=(Guide.LOSS_BY_OTHER_WAYS, Guide.ABOUT),
                    tests=(
                        "test_a_loss_says_before_and_after_that_the_bank_account_is_not_frozen",
                        "test_a_loss_taken_down_says_so_too",
                    ),
                ),
                prints(
                    "the same on the receipt",
                    slips=(TransactionReceipt,),
                    tests=(
                        "test_a_loss_says_before_and_after_that_the_bank_account_is_not_frozen",
                        "test_a_loss_taken_down_says_so_too",
                    ),
                ),
            ),
            questions=(Question.Q8,),
        ),
        Article(
            30,
            "金融账户手续",
            "Activating, reporting, unlocking, resetting and cancelling the bank account follow the bank's "
            "rules.",
            (
                refuses(
                    "all of it, and says that it is the bank's",
                    guides=(
                        Guide.ACTIVATION,
                        Guide.LOSS_BY_OTHER_WAYS,
                        Guide.UN_LOSS,
                        Guide.UNLOCKING,
                        Guide.PASSWORD_RESET,
                        Guide.CANCELLATION,
                    ),
                    tests=("test_every_guide_to_the_one_account_says_that_the_other_is_the_banks",),
                ),
                tells(
                    "the bank's telephone number, where it is configured",
                    screens=("loss_explaining",),
                    tests=(
                        "test_the_banks_number_is_told_where_it_is_configured",
                        "test_without_it_no_number_is_invented",
                    ),
                ),
            ),
            reading="Loss, lock and cancellation of the one account say nothing about the other.",
            switches=("service.bank_hotlines",),
        ),
        Article(
            31,
            "金融账户优惠",
            "The card's bank account is free of the yearly fee, the fee for small balances, the fee for "
            "reporting a loss, and fees for cash at the same bank within the province.",
            (
                tells(
                    "so",
                    guides=(Guide.FEES, Guide.LOSS_BY_OTHER_WAYS),
                    tests=(
                        "test_the_guide_lists_what_the_bank_account_is_free_of",
                        "test_who_lost_the_card_is_told_that_the_bank_reports_it_free_of_charge",
                        "test_none_of_it_makes_a_replacement_free",
                    ),
                ),
            ),
            reading="None of this makes a replacement card free (Art 9, 32).",
        ),
        Article(
            32,
            "补换卡收费",
            "Replacing a card costs what the province's price authority has approved.",
            (
                tells(
                    "the fee with its document and validity, or only on what it rests",
                    guides=(Guide.FEES, Guide.REPLACEMENT),
                    decided_by=(may_name_fee,),
                    tests=(
                        "test_a_fee_is_named_to_the_last_day_of_its_validity_and_not_after",
                        "test_a_fee_without_amount_or_document_is_never_named",
                        "test_a_valid_fee_is_told_with_its_document_and_validity",
                        "test_a_fee_past_its_validity_is_not_told",
                        "test_a_fee_that_runs_out_while_the_kiosk_runs_is_told_no_longer",
                        "test_the_guide_to_a_replacement_names_the_fee_too",
                        "test_without_a_configured_fee_no_amount_is_named",
                    ),
                ),
                refuses("taking money", guides=(Guide.FEES,), tests=("test_the_kiosk_takes_no_money",)),
            ),
            reading="An amount without a document, or past its validity, is worse than none.",
            questions=(Question.Q4,),
            switches=("service.fees",),
        ),
        Article(
            33,
            "解释",
            "The Bureau interprets the Measures.",
            (
                tells(
                    "who interprets them",
                    guides=(Guide.ABOUT,),
                    tests=(
                        "test_the_guide_says_who_interprets",
                        "test_every_reading_and_every_question_is_printed_for_the_bureau",
                        "test_what_the_bureau_has_decided_is_printed_with_its_basis",
                        "test_a_decision_without_a_basis_is_a_mistake",
                    ),
                ),
            ),
            reading="Every reading noted here is for the Bureau to confirm; what it may decide otherwise is "
            "a key in kiosk.toml, or a question to it.",
            switches=("loss_report.basis",),
        ),
        Article(
            34,
            "施行",
            "The Measures apply from the day they were published, 9 October 2017.",
            (
                tells(
                    "since when",
                    guides=(Guide.ABOUT,),
                    window_decides=(in_force,),
                    tests=(
                        "test_they_apply_from_9_october_2017",
                        "test_the_printed_rules_bear_the_day_and_their_edition",
                        "test_the_guide_says_since_when",
                    ),
                ),
            ),
            reading="What came later, an electronic card or reports on the web, is not in them.",
        ),
    ),
)
