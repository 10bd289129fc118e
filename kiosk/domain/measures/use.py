"""Chapter 4, using the card: whose it is, what may be changed, its loss, and who may act for its holder."""

from collections.abc import Collection
from datetime import date

from kiosk.domain.cards import CardState, is_of_henan
from kiosk.domain.citizen_number import age_on
from kiosk.domain.contact import ContactField
from kiosk.domain.guides import Guide
from kiosk.domain.measures.application import OF_AGE
from kiosk.domain.measures.article import Article, Chapter, offers, prints, refuses, tells
from kiosk.domain.measures.business import Business
from kiosk.domain.measures.questions import Question
from kiosk.domain.paper import ContributionsSlip, RecordsSlip, TransactionReceipt

NAMED_FIELDS = (ContactField.PHONE, ContactField.ADDRESS)
"""What Art 18 names itself. The Bureau decides on the others, which fall under its 等."""

PROXY_BUSINESS = frozenset(
    {
        Business.REPLACEMENT,
        Business.LOSS_REPORT,
        Business.UN_LOSS,
        Business.UNLOCKING,
        Business.PASSWORD_RESET,
        Business.CANCELLATION,
    }
)
"""What Art 21 lets a proxy do. Its closing 等 is read narrowly until the Bureau says otherwise."""

_REPORTABLE = frozenset(
    {
        CardState.NORMAL,
        CardState.NOT_ACTIVATED,
        CardState.PASSWORD_LOCKED,
        CardState.SEALED,
        CardState.TEMPORARILY_LOST,
        CardState.LOSS_REPORTED,
    }
)


def are_one_person(*numbers: str | None) -> bool:
    """Whether all the numbers that were read are one person's (Art 16).

    A blank one, as on a contactless card, says nothing against it.
    """
    return len({number.strip().upper() for number in numbers if number}) <= 1


def changeable_fields(under_deng: Collection[ContactField]) -> tuple[ContactField, ...]:
    """Return the fields that may be changed: those Art 18 names, and those the Bureau allows under its 等."""
    return tuple(field for field in ContactField if field in NAMED_FIELDS or field in under_deng)


def can_be_reported_lost(state: CardState) -> bool:
    """Whether a loss report of such a card says anything (Art 19).

    One that is lost already can be reported: the backend answers with the time of the earlier report.
    """
    return state in _REPORTABLE


def proxy_may(business: Business, born: date, day: date, *, special_case: bool) -> bool:
    """Whether somebody else may do this for the holder, at a window (Art 21).

    The holder is under 16 on that very day, or in a special case: old, weak, ill or disabled, abroad, an
    accident. At the kiosk there is no proxy, whose papers it can't check.
    """
    return business in PROXY_BUSINESS and (special_case or age_on(born, day) < OF_AGE)


_CHANGING = (
    "editing_contact", "entering_phone", "entering_address_divisions", "entering_address_pinyin",
    "entering_address_nine_key", "entering_address_strokes", "entering_address_house",
    "entering_address_capitals", "entering_address_code", "entering_postcode", "entering_email_letters",
    "reviewing", "password_again", "password_again_on_pad", "password_again_verifying", "recording",
    "sending", "outcome_contact_change_in_effect", "outcome_contact_change_recorded",
)  # fmt: skip
_REPORTING = (
    "loss_awaiting_id_card", "loss_finding_cards", "loss_choosing_card", "loss_explaining", "recording",
    "sending", "outcome_loss_report_in_effect",
)  # fmt: skip
_TOPICS = (
    "topic_who_i_am", "topic_insurances", "topic_contributions", "topic_pension", "topic_medical",
    "topic_benefits", "topic_card", "topic_transactions", "choosing_insurance", "choosing_year",
    "asking_for_year", "showing_year",
)  # fmt: skip
_LOOKING_UP_A_RECEIPT = ("receipt_lookup", "receipt_looking_up")

CHAPTER = Chapter(
    4,
    "社保卡使用",
    (
        Article(
            14,
            "用途",
            "With the card its holder looks up information, settles medical bills here and elsewhere, pays "
            "contributions and draws benefits.",
            (
                offers(
                    "to look up information, of all that the card is for",
                    screens=("home",),
                    tests=("test_the_first_screen_offers_what_the_kiosk_does_and_nothing_else",),
                ),
                refuses(
                    "medical bills, contributions and benefits",
                    guides=(Guide.ABOUT,),
                    tests=("test_medical_bills_contributions_and_benefits_are_done_elsewhere",),
                ),
            ),
            reading="The list is of what the card is for, not of what a kiosk must do.",
        ),
        Article(
            15,
            "金融账户激活",
            "Contributions are paid and benefits drawn with the card only after its bank account was "
            "activated.",
            (
                tells(
                    "that the bank account is not activated",
                    screens=("choosing_topic", "topic_card"),
                    tests=("test_a_card_that_is_not_activated_opens_the_records_and_its_holder_is_told",),
                ),
                refuses(
                    "activating it: that is the bank's",
                    guides=(Guide.ACTIVATION,),
                    tests=("test_activating_is_the_banks",),
                ),
            ),
            reading="The gate stands before contributions and benefits. Looking up is not behind it, so a "
            "card that is not activated opens its holder's records.",
        ),
        Article(
            16,
            "本人使用",
            "The card is for its holder alone, and is lent to nobody.",
            (
                refuses(
                    "going on when two cards of two persons were read",
                    screens=("persons_differ",),
                    decided_by=(are_one_person,),
                    tests=(
                        "test_every_reading_of_one_number_is_one_person",
                        "test_two_numbers_are_two_persons",
                        "test_nothing_read_says_nothing_against_it",
                        "test_an_identity_card_beside_another_persons_card_ends_the_visit",
                        "test_the_own_identity_card_beside_the_own_card_disturbs_nothing",
                        "test_another_persons_card_ends_a_loss_report_and_nothing_is_reported",
                        "test_a_card_read_before_the_identity_card_counts_as_well",
                        "test_another_persons_card_ends_a_report_that_is_only_taken_down",
                    ),
                ),
                refuses(
                    "business for anybody else",
                    guides=(Guide.PROXIES,),
                    tests=("test_the_kiosk_serves_nobody_for_another",),
                ),
                tells(
                    "that only the own card can be reported",
                    screens=("loss_awaiting_id_card",),
                    tests=("test_only_the_own_card_can_be_reported_and_this_is_said",),
                ),
            ),
            reading="Persons are compared, not cards: after a replacement one person may have two.",
        ),
        Article(
            17,
            "省内转移",
            "Who moves within the province keeps the card, and uses it at the new place.",
            (
                offers(
                    "to serve the cards of all Henan",
                    screens=(
                        "awaiting_card",
                        "reading_card",
                        "password",
                        "password_on_pad",
                        "password_verifying",
                    ),
                    decided_by=(is_of_henan,),
                    tests=(
                        "test_the_region_of_the_card_says_whether_it_is_of_the_province",
                        "test_a_card_of_another_city_is_served_and_no_record_here_is_no_verdict",
                    ),
                ),
                refuses(
                    "cards of other provinces, and people of whom this city has no record",
                    screens=(
                        "not_served.other_province",
                        "not_served.unknown_holder",
                        "not_served.unknown_card",
                    ),
                    tests=("test_a_card_of_another_province_is_asked_for_no_password",),
                ),
                tells(
                    "that no record in this city does not mean not insured",
                    screens=("topic_insurances", "not_served.unknown_holder"),
                    tests=("test_a_card_of_another_city_is_served_and_no_record_here_is_no_verdict",),
                ),
                tells(
                    "that a move needs no new card",
                    guides=(Guide.REPLACEMENT,),
                    tests=("test_a_move_within_the_province_needs_no_new_card",),
                ),
            ),
            reading="A card's province is told by the first two digits of the region in its identification "
            "code.",
        ),
        Article(
            18,
            "变更非卡面信息",
            "Address, telephone and other details that are not printed on the card are changed in time, at a "
            "window, a kiosk, or on the web site.",
            (
                offers(
                    "the change of contact details, to the holder who enters the password again; and how it "
                    "stands, by receipt number",
                    screens=(*_CHANGING, *_LOOKING_UP_A_RECEIPT),
                    slips=(TransactionReceipt,),
                    decided_by=(changeable_fields,),
                    tests=(
                        "test_the_bureau_decides_on_the_fields_under_deng_and_not_on_those_the_article_names",
                        "test_what_can_be_changed_is_an_allow_list_and_nothing_on_the_card_is_in_it",
                        "test_the_bureau_can_take_a_field_under_deng_away",
                        "test_the_bureau_can_not_take_away_what_the_article_names",
                        "test_a_change_is_told_with_the_password_entered_again",
                        "test_the_change_is_in_effect_at_once_and_the_bank_is_said_to_know_nothing_of_it",
                    ),
                ),
                refuses(
                    "a change that can't be taken down, is out of date, or is of a field not allowed",
                    screens=("not_possible", "not_recorded", "outcome_contact_change_refused"),
                    tests=("test_a_change_over_a_newer_one_is_refused_and_said_to_be_out_of_date",),
                ),
                tells(
                    "that the bank's records do not change",
                    screens=("reviewing", "outcome_contact_change_in_effect"),
                    tests=(
                        "test_the_change_is_in_effect_at_once_and_the_bank_is_said_to_know_nothing_of_it",
                    ),
                ),
                prints(
                    "what it was and what it is now, masked",
                    slips=(TransactionReceipt,),
                    tests=("test_the_paper_says_what_it_was_and_what_it_is_masked",),
                ),
            ),
            reading="及时 allows no cooling-off period. What is printed on the card (name, number, photo) "
            "changes only with the card (Art 9).",
            questions=(Question.Q5,),
            switches=("contact_change.fields", "contact_change.basis"),
        ),
        Article(
            19,
            "挂失和解除挂失",
            "A lost card is reported in time, at a window or by 12333. When it is found before it was "
            "replaced, its holder has the report lifted at a window, with card and identity card; a proxy "
            "brings more.",
            (
                offers(
                    "the report of the own card's loss, with the identity card; and how it stands, by "
                    "receipt number",
                    screens=("home", *_REPORTING, *_LOOKING_UP_A_RECEIPT),
                    slips=(TransactionReceipt,),
                    decided_by=(can_be_reported_lost,),
                    tests=(
                        "test_the_kiosk_offers_to_report_what_can_be_reported_and_nothing_else",
                        "test_the_identity_card_is_enough_to_report_and_opens_no_record",
                        "test_a_found_card_can_be_lost_again",
                    ),
                ),
                tells(
                    "while the backend does not answer: call 12333 now; and that a report taken down is not "
                    "yet in effect",
                    screens=(
                        "loss_warning_offline",
                        "loss_confirming_offline",
                        "outcome_loss_report_recorded",
                    ),
                    tests=("test_while_the_backend_is_silent_the_first_and_largest_word_is_12333",),
                ),
                refuses(
                    "a report when it is switched off, when nothing can be taken down, with an identity card "
                    "that can't be read or is out of date, of no card, or of a card replaced since",
                    screens=(
                        "loss_not_offered",
                        "loss_id_card_trouble",
                        "loss_no_card",
                        "not_recorded",
                        "outcome_loss_report_refused",
                    ),
                    guides=(Guide.LOSS_BY_OTHER_WAYS,),
                    tests=(
                        "test_a_late_report_does_not_lock_the_card_that_came_after_it",
                        "test_the_bureau_can_switch_it_off_and_the_other_ways_are_named",
                        "test_the_bureau_can_have_losses_refused_while_the_backend_is_silent",
                        "test_the_guide_names_the_ways_of_the_article",
                    ),
                ),
                refuses(
                    "lifting a report, and a card that is reported lost",
                    screens=("not_served.card_lost",),
                    guides=(Guide.UN_LOSS,),
                    tests=(
                        "test_a_card_that_is_reported_lost_opens_nothing_and_the_window_lifts_the_report",
                        "test_lifting_is_refused_with_the_papers_of_the_article",
                    ),
                ),
                tells(
                    "the papers of a proxy in the words of the article",
                    guides=(Guide.PROXIES,),
                    tests=("test_lifting_is_refused_with_the_papers_of_the_article",),
                ),
                prints(
                    "since when it is in effect, or that it is not yet",
                    slips=(TransactionReceipt,),
                    tests=(
                        "test_paper_and_screen_say_since_when_it_is_in_effect_and_how_it_is_lifted",
                        "test_an_earlier_loss_is_told_with_its_own_time",
                        "test_no_report_ends_by_time_and_none_is_called_temporary",
                    ),
                ),
            ),
            reading="The article names the window and 12333. The kiosk rests on the design and on 及时, and "
            "the Bureau confirms it or switches it off. It knows no temporary report and no end by time, so "
            "none is told. The sentence on proxies follows the lifting; whether it also covers the report "
            "itself is open, so it is quoted there only.",
            questions=(Question.Q1, Question.Q3, Question.Q6),
            switches=("loss_report.enabled", "loss_report.offline", "loss_report.basis"),
        ),
        Article(
            20,
            "注销",
            "Who leaves social insurance for good, by death or emigration, has the social security account "
            "cancelled at a window; the card is taken back and destroyed.",
            (
                refuses(
                    "cancelling, and a card that is cancelled",
                    screens=("not_served.card_cancelled",),
                    guides=(Guide.CANCELLATION,),
                    tests=(
                        "test_cancelling_is_refused_with_the_papers_of_the_article",
                        "test_a_cancelled_card_opens_nothing_and_can_be_taken_away",
                    ),
                ),
                tells(
                    "the papers of a proxy in the words of the article",
                    guides=(Guide.PROXIES,),
                    tests=("test_cancelling_is_refused_with_the_papers_of_the_article",),
                ),
            ),
        ),
        Article(
            21,
            "委托代理",
            "Children under 16 and people in special cases may send a proxy to replace a card, to report a "
            "loss or have the report lifted, to have the password unlocked or reset, and to cancel.",
            (
                refuses(
                    "every proxy, whose papers it can't check; the guides say what one may do at a window",
                    guides=(
                        Guide.PROXIES,
                        Guide.UN_LOSS,
                        Guide.UNLOCKING,
                        Guide.PASSWORD_RESET,
                        Guide.CANCELLATION,
                    ),
                    window_decides=(proxy_may,),
                    tests=(
                        "test_the_age_is_that_on_the_day",
                        "test_who_turns_16_this_year_is_a_child_here_and_none_in_article_7",
                        "test_the_list_of_the_article_is_all_a_proxy_may_do",
                        "test_a_special_case_never_takes_a_right_away",
                        "test_the_guide_tells_who_and_for_what_as_the_list_has_it",
                        "test_at_the_kiosk_nobody_acts_for_anybody",
                        "test_the_guides_of_such_business_speak_of_the_proxy",
                    ),
                ),
            ),
            reading="可以: nobody under 16 must send one. The age is that on the day, other than in Art 7. "
            "Looking up, changing contact details and changing the password are not in the list; its 等 is "
            "read narrowly.",
        ),
        Article(
            22,
            "查询本人信息",
            "A holder looks up the own social insurance records at a kiosk, on the web site and elsewhere.",
            (
                offers(
                    "the own records, after card and password",
                    screens=("opening_visit", "loading_records", "choosing_topic", *_TOPICS),
                    slips=(RecordsSlip, ContributionsSlip),
                    tests=(
                        "test_every_topic_is_shown_printed_masked_and_marked_as_no_proof",
                        "test_no_record_opens_before_the_password",
                        "test_the_identity_card_alone_opens_no_record",
                        "test_other_records_than_the_own_can_not_be_asked_for",
                    ),
                ),
                refuses(
                    "a look-up while the backend gives no answer of use, or when the visit is over",
                    screens=(
                        "not_served.unreachable",
                        "not_served.nonsense",
                        "not_served.not_found",
                        "not_served.visit_over",
                        "year_not_shown",
                    ),
                    tests=("test_while_the_backend_is_silent_nobody_looks_anything_up",),
                ),
                prints(
                    "what was looked up, masked, and marked as no proof",
                    slips=(RecordsSlip, ContributionsSlip),
                    tests=("test_every_topic_is_shown_printed_masked_and_marked_as_no_proof",),
                ),
            ),
            reading="本人 is shown by the card and its password. The identity card alone shows possession, "
            "and opens no record. No age is set, so none is asked.",
            questions=(Question.Q7,),
            switches=("password.verified_by",),
        ),
    ),
)
