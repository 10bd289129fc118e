"""Chapter 1, general provisions: why the Measures exist, what the card is, whose business it is."""

from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, offers, prints, refuses, tells
from kiosk.domain.paper import GuideSlip, TransactionReceipt

CHAPTER = Chapter(
    1,
    "总则",
    (
        Article(
            1,
            "目的和依据",
            "Why the Measures exist: order in issuing, using and looking after the card, better service, and "
            "the rights of its holders. They rest on documents of the ministry, the province and its "
            "department (人社部发〔2011〕47号, 豫政〔2012〕45号, 豫人社〔2013〕44号).",
            (
                tells(
                    "by which measures the kiosk works",
                    guides=(Guide.ABOUT,),
                    tests=("test_the_kiosk_says_by_which_measures_it_works",),
                ),
                prints(
                    "the name of the measures and the articles on every guide and receipt",
                    slips=(GuideSlip, TransactionReceipt),
                    tests=(
                        "test_every_guide_names_the_measures_and_its_articles",
                        "test_a_receipt_names_the_measures_and_its_articles",
                    ),
                ),
            ),
            reading="The Measures are interim (暂行), so the rules bear an edition of their own (Art 34).",
        ),
        Article(
            2,
            "社会保障卡",
            "The card is a chip card, planned by the state and issued by the province, for social security "
            "business and with a bank's functions on it; and its holder's legal electronic proof of "
            "identity.",
            (
                offers(
                    "to take the card as its holder's proof, by reading the chip",
                    screens=("awaiting_card", "reading_card"),
                    tests=("test_the_card_without_its_password_shows_nothing_of_its_holder",),
                ),
                refuses(
                    "a card that is no social security card, or whose chip can't be read here; a magnetic "
                    "stripe is never read",
                    screens=(
                        "card_trouble.unknown_card",
                        "card_trouble.unreadable",
                        "card_trouble.needs_window",
                    ),
                    tests=("test_what_is_no_readable_social_security_card_is_asked_for_no_password",),
                ),
                tells(
                    "that the card has two accounts, and which one the kiosk serves",
                    guides=(Guide.ABOUT,),
                    tests=("test_the_kiosk_says_that_the_card_has_two_accounts_and_which_one_it_serves",),
                ),
            ),
            reading="The card proves who somebody is together with its password; possession alone opens no "
            "record (Art 16, 22).",
        ),
        Article(
            3,
            "适用范围",
            "The Measures govern applying for, handing out, using and serving cards within Xinxiang.",
            (
                tells(
                    "whose measures these are",
                    guides=(Guide.ABOUT,),
                    tests=(
                        "test_the_measures_are_xinxiangs",
                        "test_a_card_issued_elsewhere_in_the_province_is_served_under_them",
                    ),
                ),
            ),
            reading="What they govern is the service given in Xinxiang, not only the cards issued there: "
            "other cards of Henan are served too (Art 17).",
        ),
        Article(
            4,
            "经办机构和服务窗口",
            "The city's information centre runs the cards; the service windows of the departments at every "
            "level take in the daily business.",
            (
                tells(
                    "who runs the cards, and that the windows do what the kiosk doesn't",
                    screens=("guides",),
                    guides=(Guide.SERVICE_POINTS,),
                    tests=("test_the_guide_says_who_runs_the_cards_and_where_daily_business_is_done",),
                ),
                refuses(
                    "what only the window can do: a sealed card, what the backend turns down without a word, "
                    "and everything while the kiosk is out of service",
                    screens=(
                        "not_served.go_to_window",
                        "not_served.card_sealed",
                        "not_served.refused",
                        "reader_gone",
                        "out_of_service",
                    ),
                    tests=(
                        "test_a_sealed_card_is_sent_to_the_window",
                        "test_a_kiosk_out_of_service_names_the_window",
                        "test_no_words_of_the_kiosk_claim_a_seal_or_certify_anything",
                    ),
                ),
            ),
            reading="The kiosk is no window: its slips bear no seal and certify nothing.",
        ),
        Article(
            5,
            "制发流程",
            "The province makes the cards: collected at a window, sent up by the information centre, "
            "accounts opened by the banks, made, personalised, returned to Xinxiang and handed out there.",
            (
                tells(
                    "how far an own card has come, where the backend says so",
                    screens=("topic_card",),
                    tests=(
                        "test_how_far_a_card_has_come_is_told_without_a_day",
                        "test_every_stage_of_the_article_has_its_words_in_its_order",
                    ),
                ),
                refuses(
                    "making cards, and a card that has not been handed out",
                    screens=("not_served.card_in_production",),
                    guides=(Guide.FIRST_APPLICATION,),
                    tests=(
                        "test_a_card_that_was_not_handed_out_opens_nothing",
                        "test_the_guide_says_that_cards_are_not_made_here",
                    ),
                ),
            ),
            reading="The article names no times, so no day is promised for any stage.",
        ),
    ),
)
