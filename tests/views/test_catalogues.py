"""Every language says the same, none says more than is true, and all of it is easily read."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.contact import ADDRESS_MAX
from kiosk.domain.guides import Guide
from kiosk.domain.receipt_number import DIGITS
from kiosk.domain.transaction import TransactionKind
from kiosk.flows.maintenance.events import Span
from kiosk.views import catalogues
from kiosk.views.presenters.guides import SECTIONS
from kiosk.views.words import MissingWords, Words, load_words

LANGUAGES = sorted(
    file.name.removesuffix(".toml") for file in files(catalogues).iterdir() if file.name.endswith(".toml")
)
WORDS = {language: load_words(language) for language in LANGUAGES}
CHINESE, ENGLISH = WORDS["zh_CN"], WORDS["en"]
EFFECT = "effect."


def sentences(words: Words, keys: str = "") -> Iterator[tuple[str, str]]:
    """Yield every sentence with its key, those of a list one by one, of keys that match."""
    for key, text in words.texts.items():
        if re.search(keys, key):
            yield from ((key, each) for each in ((text,) if isinstance(text, str) else text))


def places(text: str) -> list[str]:
    """Return the names of the values a sentence has places for, whatever it shows of them."""
    return sorted({re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name})


def counted(text: str) -> int:
    return len([part for part in re.split(r"[。！？]|[.!?](?=\s|$)", text) if part.strip()])


in_every_language = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)

# --- the same in every language -----------------------------------------------------------------


@in_every_language
def test_every_language_has_the_same_keys_in_the_same_order(words: Words) -> None:
    assert list(words.texts) == list(CHINESE.texts)


@in_every_language
def test_every_list_has_the_same_length_and_every_sentence_the_same_places_for_values(words: Words) -> None:
    assert [(key, places(text)) for key, text in sentences(words)] == [
        (key, places(text)) for key, text in sentences(CHINESE)
    ]


@in_every_language
def test_no_words_are_empty(words: Words) -> None:
    assert [key for key, text in sentences(words) if not text.strip()] == []


def test_no_english_number_stands_before_a_word_that_fits_many_only() -> None:
    """ "1 hours" is wrong, and "2 hour" too: a number stands behind a colon, or before a sign of its unit."""
    many = re.compile(r"\{[a-z_]+(?::[^}]*)?\} (?!is\b|was\b|has\b|as\b|ms\b)[a-z]+s\b")
    assert [(key, text) for key, text in sentences(ENGLISH) if many.search(text)] == []


# --- not more than is true ----------------------------------------------------------------------

CLAIM = r"生效|成功|已停用|已冻结|已挂失|已变更|in effect|in force|takes? effect|effective|success"
DENIAL = r"尚未|未|不能|没有|not yet|cannot"


@in_every_language
def test_nothing_outside_effect_says_that_something_is_in_effect(words: Words) -> None:
    claims = [
        (key, text)
        for key, text in sentences(words)
        if not key.startswith(EFFECT)
        for clause in re.split(r"[，。；：（）,.;:()]", text)
        if re.search(CLAIM, clause, re.I) and not re.search(f"({DENIAL}).*({CLAIM})", clause, re.I)
    ]
    assert claims == []


@in_every_language
def test_words_of_effect_cannot_be_had_without_an_acceptance(words: Words) -> None:
    for key in (key for key in words.texts if key.startswith(EFFECT)):
        with pytest.raises(MissingWords):
            words(key)
        with pytest.raises(MissingWords):
            words.all(key)


@in_every_language
@pytest.mark.parametrize("kind", TransactionKind)
def test_what_is_pending_is_said_to_be_not_yet_in_effect(words: Words, kind: TransactionKind) -> None:
    for key in (f"outcome.pending.{kind.value}", f"slip.pending_title.{kind.value}"):
        assert re.search("尚未生效|NOT yet in effect", words(key)), key


@in_every_language
def test_whoever_reports_a_loss_offline_reads_first_that_it_is_not_yet_in_effect(words: Words) -> None:
    assert re.search("尚未生效|NOT yet in effect", words("loss.confirming_offline.text"))


@in_every_language
@pytest.mark.parametrize(
    "key",
    [
        "effect.loss_report.notes", "outcome.notes.loss_report.rejected", "effect.contact_change.notes",
        "outcome.notes.contact_change.rejected", "reviewing.notes", "loss.bank", "loss.bank_hotline",
        "accounts.untouched.loss_report", "accounts.untouched.contact_change",
        "accounts.unconfirmed.loss_report", "accounts.unconfirmed.contact_change",
    ],
)  # fmt: skip
def test_every_loss_report_and_contact_change_says_how_the_bank_account_stands(
    words: Words, key: str
) -> None:
    assert re.search("银行|bank", " ".join(text for _, text in sentences(words, f"^{key}$")))


# What stands in the regulation, or is a length this kiosk itself asks for.
KNOWN_NUMBERS = {
    "12333",  # Art 19
    "6",  # wrong entries before the lock (Art 24); digits of a password, and of a postcode
    "16", "12", "31",  # the age of Art 21 and the day it is counted at, 31 December (Art 7); 12 months shown
    "2017", "145",  # 新人社〔2017〕145号
    str(DIGITS), str(ADDRESS_MAX),
}  # fmt: skip
ARTICLES = r"Articles? \d+(, \d+)*( and \d+)?"
TIME_LIMIT = (
    r"[一二三四五六七八九十两\d]+\s*(?:个工作日|个月|日内|天|小时|周(?!岁)|年)"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|ten|fifteen)\s(?:working )?(?:day|hour|week|month|year)s?"
)
SPANS = "maintenance.evidence.span."  # how far back evidence goes (kiosk/flows/maintenance/touches.py)
NUMBERED = (SPANS, "articles.names")
KNOWN_TIMES = {"三个月", "three months", "12 个月", "12 months"}  # a temporary card (Art 9); months shown


@in_every_language
def test_no_numbers_are_invented(words: Words) -> None:
    """Neither amounts nor telephone numbers nor the rules of other cities."""
    for key, text in sentences(words):
        written = re.sub(rf"\{{.*?\}}|{ARTICLES}", "", text)
        assert set(re.findall(r"\d+", written)) <= KNOWN_NUMBERS or key.startswith(NUMBERED), key


@in_every_language
def test_no_amounts_time_limits_or_sites_are_invented(words: Words) -> None:
    for key, text in sentences(words):
        assert set(re.findall(TIME_LIMIT, text)) <= KNOWN_TIMES or key.startswith(SPANS), key
        assert not re.search(r"https?:|www\.|\.cn\b", text), key
        assert key == "format.money" or not re.search(r"\d\s*元|[¥￥]|\d\s*yuan|\b(RMB|CNY)\b", text), key


@in_every_language
@pytest.mark.parametrize(("span", "count"), [(Span.DAY, Span.DAY.hours), (Span.WEEK, Span.WEEK.hours // 24)])
def test_evidence_of_a_time_is_named_as_long_as_it_is(words: Words, span: Span, count: int) -> None:
    assert re.findall(r"\d+", words(f"{SPANS}{span.value}")) == [str(count)]


# --- easily read --------------------------------------------------------------------------------


@in_every_language
def test_an_instruction_has_at_most_two_sentences(words: Words) -> None:
    long = {
        key: text
        for key, text in sentences(words, r"(\.(text|lead|note|alarm)$|^guide\.)")
        if counted(text) > 2
    }
    assert long == {}


@in_every_language
def test_a_point_in_a_list_of_maintenance_ends_without_a_full_stop(words: Words) -> None:
    ended = {
        key: points
        for key, points in words.texts.items()
        if key.startswith("maintenance.")
        and isinstance(points, tuple)
        and any(point.endswith(("。", ".")) for point in points)
    }
    assert ended == {}


def test_english_for_the_printer_is_ascii_around_the_chinese_terms() -> None:
    """The printer draws curly quotes and dashes as wide as Chinese characters."""
    odd = {key: text for key, text in sentences(ENGLISH) if re.search("[^ -~一-鿿、〔〕]", text)}
    assert odd == {}


# --- guides -------------------------------------------------------------------------------------


@in_every_language
@pytest.mark.parametrize("guide", Guide)
def test_every_guide_has_a_title_a_lead_and_something_to_heed_or_to_bring(words: Words, guide: Guide) -> None:
    assert words(f"guide.{guide.key}.title")
    assert words(f"guide.{guide.key}.lead", hotline="12333")
    assert any(words.has(f"guide.{guide.key}.{section}") for section in SECTIONS)


# --- amounts, months, days ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fen", "amount"),
    [
        (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (100, "1.00"), (123456, "1,234.56"), (-123456, "-1,234.56"),
        (100_000_000, "1,000,000.00"),
    ],
)  # fmt: skip
def test_money_has_two_decimals_and_separators(fen: int, amount: str) -> None:
    assert CHINESE.money(fen) == f"{amount} 元"
    assert ENGLISH.money(fen) == f"{amount} yuan"


@given(st.integers(-(10**15), 10**15))
def test_no_fen_is_lost_in_writing(fen: int) -> None:
    written = CHINESE.money(fen).removesuffix(" 元").replace(",", "")
    assert Decimal(written) * 100 == fen


def test_a_moment_is_written_as_the_clock_on_the_wall_in_beijing_shows_it() -> None:
    at = datetime(2024, 12, 31, 16, 5, tzinfo=UTC)
    assert CHINESE.moment(at) == "2025年01月01日 00:05"
    assert ENGLISH.moment(at) == "1 Jan 2025, 00:05"


def test_days_and_months_are_written_as_people_write_them() -> None:
    day = date(2024, 3, 1)
    assert (CHINESE.day(day), CHINESE.month(day)) == ("2024年03月01日", "2024年03月")
    assert (ENGLISH.day(day), ENGLISH.month(day)) == ("1 Mar 2024", "Mar 2024")
    assert CHINESE("format.chart_month", month=day) == "3月"
    assert ENGLISH("format.chart_month", month=day) == "Mar"
