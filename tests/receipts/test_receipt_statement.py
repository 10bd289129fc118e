from dataclasses import replace
from string import Formatter

import pytest

from kiosk.domain.transaction import ClockQuality, TransactionKind
from kiosk.receipts import errors
from kiosk.receipts.claim import Refused, Standing, Unanswered
from kiosk.receipts.errors import ReceiptRefused
from kiosk.receipts.qr_text import sign
from kiosk.receipts.statement import WORDS, examine, statement
from tests.receipts.samples import IN_EFFECT, KEY, KEYS, OTHER_KEY

TEXT = sign(IN_EFFECT, KEY)
REASONS = [
    each for each in vars(errors).values() if isinstance(each, type) and each.__base__ is ReceiptRefused
]


def test_a_genuine_receipt_is_told_in_plain_words() -> None:
    verdict = examine(TEXT, KEYS)
    assert verdict.genuine
    assert verdict.lines == (
        "验签通过：由终端 0001 打印，内容没有改动。",
        "回执编号：0001-000123-1",
        "办理事项：社保卡挂失",
        "登记时间：2026年11月24日 10:15:58",
        "打印时间：2026年11月24日 10:16:05",
        "打印时：系统已受理，受理编号 20261124000042，生效时间 2026年11月24日 10:16:01",
        "规则版本：xrs-2017-145.1",
        "请核对纸上的编号、事项、时间与以上是否一致。",
        "这只说明回执出自该终端。现在的办理结果、登记人是谁，请按回执编号在系统中查询。",
    )


def test_it_is_told_in_english_too() -> None:
    assert examine(TEXT, KEYS, "en").lines[5] == (
        "When printed: accepted by the backend, number 20261124000042, effective 2026-11-24 10:16:01"
    )


def test_a_text_scanned_with_a_line_end_is_read() -> None:
    assert examine(f"{TEXT}\r\n", KEYS).genuine


@pytest.mark.parametrize(
    ("standing", "zh", "en"),
    [
        (Unanswered(), "尚未生效", "NOT yet in effect"),
        (Refused("stale"), "没有受理，代码 stale", "not accepted"),
    ],
)
def test_only_an_accepted_transaction_is_told_with_an_effect(standing: Standing, zh: str, en: str) -> None:
    claim = replace(IN_EFFECT, standing=standing)
    assert zh in statement(claim)[5]
    assert en in statement(claim, "en")[5]
    assert "生效时间" not in "".join(statement(claim))
    assert "effective" not in "".join(statement(claim, "en"))


def test_a_time_from_a_clock_nobody_checked_says_so() -> None:
    claim = replace(IN_EFFECT, captured_clock=ClockQuality.UNCHECKED)
    captured, printed = statement(claim)[3:5]
    assert captured.endswith("（终端时间未校准）")
    assert "未校准" not in printed


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("kind", TransactionKind)
def test_every_kind_has_words(kind: TransactionKind, language: str) -> None:
    assert WORDS[language][kind.value] in statement(replace(IN_EFFECT, kind=kind), language)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_to_refuse_has_words(reason: type[ReceiptRefused], language: str) -> None:
    assert WORDS[language][reason.__name__]


def test_there_are_as_many_reasons_as_the_tree_of_errors_names() -> None:
    assert len(REASONS) == 5


def test_a_receipt_that_does_not_hold_is_told_why() -> None:
    unlisted = examine(TEXT, {OTHER_KEY.key_id: OTHER_KEY.public("0002")})
    assert not unlisted.genuine
    assert KEY.key_id.hex() in unlisted.lines[0]
    assert "不能作为依据" in examine(sign(IN_EFFECT, OTHER_KEY), KEYS).lines[0]
    assert "请重新扫描" in examine("王秀英", KEYS).lines[0]


def test_the_languages_have_the_same_words_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name.partition(":")[0] for _, name, _, _ in Formatter().parse(text) if name}

    chinese, english = WORDS["zh_CN"], WORDS["en"]
    assert chinese.keys() == english.keys()
    assert {key: places(text) for key, text in chinese.items()} == {
        key: places(text) for key, text in english.items()
    }
