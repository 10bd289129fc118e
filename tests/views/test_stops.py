"""The points of a list end alike: all with a full stop, or none."""

import pytest

from kiosk.views.models import Facts, Guidance, Instruction, Outcome
from kiosk.views.stops import closed_alike
from tests.flows.hall import LANGUAGES
from tests.flows.walk import places

STOPS = ("。", ".", "！", "!", "？", "?")


def lists_of(body: object) -> tuple[tuple[str, ...], ...]:
    match body:
        case Instruction(points=points):
            return (points,)
        case Facts(notes=notes) | Outcome(notes=notes):
            return (notes,)
        case Guidance(sections=sections):
            return tuple(points for _, points in sections)
    return ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_points_of_every_list_on_every_screen_end_alike(language: str) -> None:
    lists = {points for place in places() for points in lists_of(place.view(language).body) if points}
    assert len(lists) > 20
    for points in lists:
        assert len({point.endswith(STOPS) for point in points}) == 1, points


def test_one_sentence_makes_sentences_of_all() -> None:
    assert closed_alike(("带身份证", "请马上打电话。"), "。") == ("带身份证。", "请马上打电话。")
    assert closed_alike(("社保卡", "身份证"), "。") == ("社保卡", "身份证")
