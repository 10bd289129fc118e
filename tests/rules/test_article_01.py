"""Article 1: on what the kiosk rests, it says itself, on screen and on paper."""

from kiosk.domain.guides import Guide
from kiosk.domain.measures import TITLE
from kiosk.views.words import load_words
from tests.bench import Bench


def test_the_kiosk_says_by_which_measures_it_works(guide) -> None:
    for told in (guide(Guide.ABOUT).screen, guide(Guide.ABOUT).slip):
        assert TITLE in told
        assert "新人社〔2017〕145 号" in told


def test_every_guide_names_the_measures_and_its_articles(guide) -> None:
    for each in Guide:
        assert f"依据：《{TITLE}》" in guide(each).slip
        for number in each.articles:
            assert load_words("zh_CN").articles([number]) in guide(each).slip.replace("\n", "")


def test_a_receipt_names_the_measures_and_its_articles(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("确认挂失")
    assert f"依据：《{TITLE}》第十九条" in bench.slip.replace("\n", "")
