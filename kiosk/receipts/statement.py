"""What a clerk at a window is told about a receipt, in plain words.

A genuine receipt says what one kiosk printed. Whether that still holds and who had asked for it only the
backend knows, so every statement ends with that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.domain.transaction import ClockQuality
from kiosk.receipts.claim import Claim, InEffect, Refused, Unanswered
from kiosk.receipts.errors import ReceiptRefused
from kiosk.receipts.keys import PublicKey
from kiosk.receipts.qr_text import verify

BEIJING = ZoneInfo("Asia/Shanghai")

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh_CN": {
        "genuine": "验签通过：由终端 {kiosk} 打印，内容没有改动。",
        "number": "回执编号：{number}",
        "loss_report": "办理事项：社保卡挂失",
        "contact_change": "办理事项：修改联系方式",
        "captured": "登记时间：{time}",
        "printed": "打印时间：{time}",
        "unanswered": "打印时：系统还没有答复，尚未生效",
        "in_effect": "打印时：系统已受理，受理编号 {number}，生效时间 {time}",
        "refused": "打印时：系统没有受理，代码 {code}",
        "rules": "规则版本：{rules}",
        "time": "{at:%Y}年{at:%m}月{at:%d}日 {at:%H:%M:%S}",
        "unchecked": "{time}（终端时间未校准）",
        "compare": "请核对纸上的编号、事项、时间与以上是否一致。",
        "limits": "这只说明回执出自该终端。现在的办理结果、登记人是谁，请按回执编号在系统中查询。",
        "ReceiptUnreadable": "读不出回执：没有扫描完整，或不是本系统的回执。请重新扫描。",
        "UnknownAlgorithm": "回执的签名方式（{error}）本程序不认识，请更新程序。",
        "UnknownVersion": "回执的格式（{error}）比本程序新，请更新程序。",
        "UnknownKiosk": "签名的密钥（{error}）不在公钥表中。请更新公钥表再验；仍然不在的，不能作为依据。",
        "ReceiptForged": "签名不符：内容被改动过，或不是所称的终端打印的。不能作为依据。",
        "refuse": "请按回执编号在系统中查询。",
    },
    "en": {
        "genuine": "Genuine: printed by kiosk {kiosk}, and not altered.",
        "number": "Receipt number: {number}",
        "loss_report": "Asked for: report of a lost card",
        "contact_change": "Asked for: change of contact details",
        "captured": "Recorded: {time}",
        "printed": "Printed: {time}",
        "unanswered": "When printed: the backend had not answered; NOT yet in effect",
        "in_effect": "When printed: accepted by the backend, number {number}, effective {time}",
        "refused": "When printed: not accepted by the backend, code {code}",
        "rules": "Rules: {rules}",
        "time": "{at:%Y-%m-%d %H:%M:%S}",
        "unchecked": "{time} (kiosk clock not checked)",
        "compare": "Compare number, matter and times on the paper with these.",
        "limits": "This proves only which kiosk printed it. "
        "Look the number up for how it stands now, and who asked.",
        "ReceiptUnreadable": "Not readable: scanned in part only, or no receipt of this system. Scan again.",
        "UnknownAlgorithm": "Signed in a way this program does not know ({error}). Update the program.",
        "UnknownVersion": "Newer than this program ({error}). Update the program.",
        "UnknownKiosk": "Signed with {error}, which is not in the list of keys. "
        "Update the list; if it is still not there, do not rely on the receipt.",
        "ReceiptForged": "The signature does not fit: altered, or not printed by the kiosk it names. "
        "Do not rely on it.",
        "refuse": "Look the receipt number up in the system.",
    },
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a receipt is genuine, and the lines that tell a clerk what it says or why not."""

    genuine: bool
    lines: tuple[str, ...]


def examine(text: str, keys: Mapping[bytes, PublicKey], language: str = "zh_CN") -> Verdict:
    """Verify a text as it was scanned or typed, and say what came of it. `keys` are by key id."""
    words = WORDS[language]
    try:
        claim = verify(text.strip(), keys)
    except ReceiptRefused as refusal:
        return Verdict(False, (words[type(refusal).__name__].format(error=refusal), words["refuse"]))
    return Verdict(True, statement(claim, language))


def statement(claim: Claim, language: str = "zh_CN") -> tuple[str, ...]:
    """Return what a verified claim says, and what follows from it and what does not."""
    words = WORDS[language]
    return (
        words["genuine"].format(kiosk=claim.kiosk),
        words["number"].format(number=claim.receipt_number),
        words[claim.kind.value],
        words["captured"].format(time=_time(words, claim.captured_at, claim.captured_clock)),
        words["printed"].format(time=_time(words, claim.printed_at, claim.printed_clock)),
        _standing(words, claim),
        words["rules"].format(rules=claim.rules),
        words["compare"],
        words["limits"],
    )


def _standing(words: Mapping[str, str], claim: Claim) -> str:
    match claim.standing:
        case Unanswered():
            return words["unanswered"]
        case InEffect(number, since):
            return words["in_effect"].format(number=number, time=_time(words, since))
        case Refused(code):
            return words["refused"].format(code=code)


def _time(words: Mapping[str, str], at: datetime, clock: ClockQuality = ClockQuality.SYNCHRONISED) -> str:
    time = words["time"].format(at=at.astimezone(BEIJING))
    return time if clock is ClockQuality.SYNCHRONISED else words["unchecked"].format(time=time)
