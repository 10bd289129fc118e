"""Chapter 6, liability: who bears a loss, what misuse leads to, and where to complain."""

from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, prints, refuses, tells
from kiosk.domain.paper import TransactionReceipt

CHAPTER = Chapter(
    6,
    "法律责任",
    (
        Article(
            26,
            "损失承担",
            "What is lost because the initial password was not changed, or a loss not reported in time, the "
            "holder bears.",
            (
                tells(
                    "who bears a loss, before a report is made and before one is only taken down",
                    screens=("loss_explaining", "loss_confirming_offline"),
                    guides=(Guide.LOSS_BY_OTHER_WAYS, Guide.PASSWORD_CHANGE),
                    tests=(
                        "test_who_bears_a_loss_is_told_before_a_report_is_made",
                        "test_who_bears_a_loss_is_told_before_a_report_is_only_taken_down",
                        "test_the_guides_say_both_halves_of_the_article",
                    ),
                ),
                prints(
                    "the exact time a report took effect",
                    slips=(TransactionReceipt,),
                    tests=(
                        "test_the_time_of_effect_is_the_backends_and_never_the_kiosks",
                        "test_without_the_backends_word_no_time_of_effect_is_told",
                    ),
                ),
            ),
            reading="Who bears what turns on the time of effect, so that time is the backend's and never the "
            "kiosk's. No slip says that it moves liability to anybody.",
        ),
        Article(
            27,
            "冒用和伪造",
            "What was lost by using or forging another person's card is recovered and penalised; in grave "
            "cases it is prosecuted.",
            (
                tells(
                    "what misuse leads to",
                    guides=(Guide.COMPLAINTS,),
                    tests=("test_the_guide_says_what_misuse_leads_to_as_the_article_has_it",),
                ),
                refuses(
                    "going on with two persons' cards, and accuses nobody",
                    screens=("persons_differ",),
                    tests=("test_whoever_holds_two_persons_cards_is_accused_of_nothing",),
                ),
            ),
        ),
        Article(
            28,
            "举报",
            "Who finds the rules broken in issuing or handling cards can report it to the authority above.",
            (
                tells(
                    "to whom, as the Bureau has configured it",
                    guides=(Guide.COMPLAINTS,),
                    tests=(
                        "test_where_to_complain_is_told_as_the_bureau_has_configured_it",
                        "test_without_it_no_office_and_no_number_is_invented",
                    ),
                ),
            ),
            reading="The article names neither an office nor a number, so the kiosk invents none.",
            switches=("service.complaint_text",),
        ),
    ),
)
