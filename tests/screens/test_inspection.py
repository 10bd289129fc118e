"""Every sample passes the inspection, and the inspection finds what is wrong."""

from dataclasses import replace

import pytest

from kiosk.views.models import (
    Bar,
    Choice,
    Fact,
    Facts,
    Instruction,
    Look,
    Mark,
    Outcome,
    Palette,
    Picture,
    Size,
    Table,
)
from screens.marks import MARKS
from screens.pictures import PICTURES
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

ELDER = Look(Size.ELDER, Palette.LIGHT)
HIGH = Look(Size.NORMAL, Palette.HIGH, "en")
HOME = next(samples(zh=True))


def rules(findings):
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("sample", list(samples(zh=True)), ids=lambda sample: sample.name)
def test_samples_in_the_elder_mode_have_no_findings(inspected, sample):
    assert inspected(replace(sample, look=ELDER)) == []


@pytest.mark.parametrize("sample", list(samples(zh=False)), ids=lambda sample: sample.name)
def test_english_samples_in_high_contrast_have_no_findings(inspected, sample):
    assert inspected(replace(sample, look=HIGH)) == []


def test_too_much_for_one_screen_is_found(inspected):
    body = Instruction(Picture.CALL, "请稍候。", tuple("请带好您的社会保障卡和居民身份证" for _ in range(60)))
    assert "everything fits" in rules(inspected(replace(HOME, body=body)))


def test_three_sentences_are_found(inspected):
    body = Instruction(Picture.CALL, "请插卡。请稍候。请取卡。")
    assert rules(inspected(replace(HOME, body=body))) == {"two sentences at most"}


def test_a_choice_without_an_icon_is_found(inspected):
    bare = replace(HOME, choices=(Choice("完成", "done"),))
    assert rules(inspected(bare)) == {"an icon on every control"}


def test_a_number_that_had_to_be_cut_is_found(inspected):
    body = Facts((Fact("编号", "1" * 120),))
    assert rules(inspected(replace(HOME, body=body))) == {"no number or word is cut"}


def test_a_character_the_fonts_lack_is_found(inspected):
    body = Facts((Fact("姓名", "张\U00020bb7"),))
    assert rules(inspected(replace(HOME, body=body))) == {"every character has a glyph"}


def test_a_small_target_is_found(inspected):
    def shrink(screen):
        next(screen.targets()).width = screen.theme.mm(12)

    assert "large enough to touch" in rules(inspected(HOME, shrink))


def test_a_target_that_is_large_enough_for_others_is_small_in_the_elder_mode(inspected):
    def shrink(screen):
        target = next(target for target in screen.targets() if target.choice is HOME.body.items[0])
        target.height = screen.theme.mm(21)

    assert "large enough to touch" not in rules(inspected(HOME, shrink))
    assert "large enough to touch" in rules(inspected(replace(HOME, look=ELDER), shrink))


def test_a_chart_that_is_left_out_is_found(inspected):
    def leave_out(screen):
        holder = next(
            block for block in screen.walk() if any(type(b).__name__ == "ChartBar" for b in block.blocks)
        )
        holder.blocks = ()

    body = Table(("月份",), (("11月",),), chart=(Bar("10月", 30.0, "30.00"), Bar("11月", 30.0, "30.00")))
    view = replace(HOME, body=body)
    assert inspected(view) == []
    assert rules(inspected(view, leave_out)) == {"a chart has its bars"}


def test_targets_that_touch_each_other_are_found(inspected):
    def join(screen):
        above, below = (target for target in screen.targets() if target.choice in HOME.body.items[:2])
        below.y = above.y - screen.theme.mm(2) - below.height

    assert "far enough apart" in rules(inspected(HOME, join))


def test_words_outside_their_place_are_found(inspected):
    def push(screen):
        title = words_of(screen, HOME.title)
        title.drawn = (title.drawn[0] + screen.width, *title.drawn[1:])

    assert "nothing is clipped" in rules(inspected(HOME, push))


def test_words_over_words_are_found(inspected):
    def cover(screen):
        words_of(screen, HOME.title).drawn = words_of(screen, HOME.body.lead).drawn

    assert "words do not cover words" in rules(inspected(HOME, cover))


def test_words_that_all_but_touch_their_edge_are_found(inspected):
    def widen(screen):
        target = next(screen.targets())
        words = words_of(screen, target.choice.text)
        words.drawn = (target.x + screen.theme.mm(1), *words.drawn[1:])

    assert "words keep off their edge" in rules(inspected(HOME, widen))


def test_small_letters_are_found(inspected):
    def shrink(screen):
        words_of(screen, HOME.title).size_px = screen.theme.mm(5)

    assert rules(inspected(HOME, shrink)) == {"large enough to read"}


@pytest.mark.parametrize("size", [Size.LARGE, Size.LARGER])
def test_letters_for_everybody_are_small_for_whoever_asked_for_larger_ones(inspected, size):
    def shrink(screen):
        words_of(screen, HOME.title).size_px = screen.theme.mm(6.9)  # capitals of 5.1 mm

    assert rules(inspected(HOME, shrink)) == set()
    assert rules(inspected(replace(HOME, look=Look(size)), shrink)) == {"large enough to read"}


def test_letters_upright_in_the_elder_mode_are_small_below_what_is_read_from_60_cm(inspected):
    def shrink(screen):
        words_of(screen, HOME.title).size_px = screen.theme.mm(9.5)  # capitals of 7.0 mm

    assert rules(inspected(replace(HOME, look=Look(Size.LARGER)), shrink)) == set()
    assert rules(inspected(replace(HOME, look=ELDER), shrink)) == {"large enough to read"}


def test_a_line_that_starts_with_a_comma_is_found(inspected):
    def break_badly(screen):
        words_of(screen, HOME.title).lines = ["您好", "，请选择业务"]

    assert rules(inspected(HOME, break_badly)) == {"no line starts with a closing sign"}


def test_pale_words_are_found(inspected):
    def pale(screen):
        repaint(screen, HOME.title, "#5A6A72")

    findings = inspected(HOME, pale)
    assert [(finding.rule, finding.where) for finding in findings] == [
        ("contrast of words and icons", HOME.title)
    ]


def test_pale_edges_of_what_can_be_touched_are_found(inspected):
    def pale(screen):
        for target in screen.targets():
            target._paint = replace(target._paint, edge="#8A9AA2", fill="#FFFFFF")
        again(screen)

    assert "contrast of edges" in rules(inspected(HOME, pale))


@pytest.mark.parametrize("mark", [Mark.RECORDED, Mark.REFUSED, Mark.NEUTRAL])
def test_a_pale_edge_of_a_result_is_found(inspected, mark):
    def pale(screen):
        for block in screen.walk():
            if type(block).__name__ == "Panel" and block.rim.thickness >= screen.theme.edge:
                block._edge = "#8A9AA2"
        again(screen)

    assert rules(inspected(replace(HOME, body=Outcome(mark, "同一句话")), pale)) == {"contrast of edges"}


def test_a_pale_mark_of_a_result_is_found(inspected):
    def pale(screen):
        for block in screen.walk():
            if getattr(block, "sketch", None) is MARKS[Mark.REFUSED]:
                block.paints |= {"ink": "#C08080"}
        again(screen)

    view = replace(HOME, body=Outcome(Mark.REFUSED, "同一句话"))
    assert rules(inspected(view, pale)) == {"contrast of words and icons"}


def test_a_picture_is_found_when_one_of_its_colours_is_pale(inspected):
    def pale(screen):
        for block in screen.walk():
            if getattr(block, "sketch", None) is PICTURES[Picture.INSERT_CARD]:
                block.paints |= {"bright": "#7FB9C6"}  # 2.2:1 on white
        again(screen)

    view = replace(HOME, body=Instruction(Picture.INSERT_CARD, "请插卡。"))
    assert inspected(view) == []
    assert rules(inspected(view, pale)) == {"contrast of pictures"}


@pytest.mark.parametrize("hollow", [False, True])
def test_a_pale_bar_of_a_chart_is_found(inspected, hollow):
    def pale(screen):
        for block in screen.walk():
            if type(block).__name__ == "ChartBar":
                block._fill = block._edge = "#A9D3DC"
        again(screen)

    body = Table(("月份",), (("11月",),), chart=(Bar("11月", 30.0, "30.00", hollow=hollow),))
    assert rules(inspected(replace(HOME, body=body), pale)) == {"contrast of bars"}


def test_words_that_are_good_enough_by_day_are_pale_in_high_contrast(inspected):
    def pale(screen):
        repaint(screen, HOME.title, "#0E222C")

    assert rules(inspected(replace(HOME, look=HIGH), pale)) == {"contrast of words and icons"}


def words_of(screen, text):
    return next(block for block in screen.walk() if getattr(block, "text", None) == text)


def repaint(screen, text, colour):
    words = words_of(screen, text)
    words.colour = colour
    again(screen)


def again(screen):
    screen.canvas.clear()
    screen.paint(screen.canvas)


@pytest.mark.parametrize("mark", Mark)
def test_a_result_that_has_only_its_colour_is_found(inspected, mark):
    from screens.pieces import Drawing  # noqa: PLC0415  once the window is open

    def paint_over(screen):
        for block in screen.walk():
            if isinstance(block, Drawing) and block.sketch is MARKS[mark]:
                block.sketch = PICTURES[Picture.CALL]

    view = replace(HOME, body=Outcome(mark, "变更已生效"))
    assert inspected(view) == []
    assert rules(inspected(view, paint_over)) == {"never by colour alone"}
