"""Article 27: misuse is recovered, penalised and prosecuted; said in general, and to nobody's face."""

import re

from kiosk.domain.guides import Guide
from tests.bench import Bench


def test_the_guide_says_what_misuse_leads_to_as_the_article_has_it(guide) -> None:
    told = guide(Guide.COMPLAINTS).slip
    assert "使用他人社保卡或伪造他人社保卡造成经济损失的，予以追回并按规定处罚，后果严重的依法追究" in told


def test_whoever_holds_two_persons_cards_is_accused_of_nothing(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.place_id_card("wang-xiuying")
    assert bench.view.name == "persons_differ"
    assert not re.search("冒|伪造|违法|处罚|追究|举报|报警|他人", bench.screen)
