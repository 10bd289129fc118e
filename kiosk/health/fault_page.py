"""docs/fault-codes.md: the catalogue of faults as a page, in Chinese and English."""

from itertools import groupby

from kiosk.domain.faults import FAULTS, Fault, Part
from kiosk.views.health import fault_text
from kiosk.views.words import Words

_PARTS = {
    Part.CARD_READER: "社保卡读卡器 · Social security card reader",
    Part.ID_READER: "身份证阅读器 · ID card reader",
    Part.PIN_PAD: "密码键盘 · PIN pad",
    Part.PRINTER: "打印机 · Printer",
    Part.BACKEND: "网络和社保系统 · Network and backend",
    Part.OUTBOX: "待提交业务 · Outbox",
    Part.INPUT: "汉字输入 · Chinese input",
    Part.VOICE: "语音 · Voice",
    Part.ACCESS: "维护人员 · Technicians",
    Part.KIOSK: "终端 · The kiosk itself",
}


def fault_page(chinese: Words, english: Words) -> str:
    """Return the page, in Markdown."""
    lines = [
        "# 故障代码 · Fault codes",
        "",
        "Made by `kiosk faults --page` from `kiosk/domain/faults.py` and the catalogues, and tested to be",
        "current. Each code is raised by a test: in `tests/health/test_every_fault.py`, or on the way to the",
        "backend in `tests/backend/test_backend_probe.py`. The first digit is the part.",
    ]
    ordered = sorted(FAULTS, key=lambda fault: (list(Part).index(fault.part), fault.code))
    for part, faults in groupby(ordered, key=lambda fault: fault.part):
        lines += ["", f"## {_PARTS[part]}"]
        for fault in faults:
            lines += ["", *_section(fault, chinese, english)]
    return "\n".join(lines) + "\n"


def _section(fault: Fault, chinese: Words, english: Words) -> list[str]:
    zh, en = fault_text(chinese, fault), fault_text(english, fault)
    return [
        f"### {fault.code} {zh.meaning}",
        f"{zh.severity} · {zh.who}。原因：{zh.cause}处理：{zh.todo}",
        "",
        f"**{en.meaning}** ({en.severity}; {en.who}). {en.cause} {en.todo}",
    ]
