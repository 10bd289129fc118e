from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.slip import (
    Align,
    Blank,
    Columns,
    ErrorCorrection,
    Image,
    Qr,
    Raster,
    Rule,
    Size,
    Slip,
    Text,
    Title,
)
from drivers.receipt_printer.wrapping import legible

SIGNED = "RC1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE" * 6  # as long as a signed receipt
FULL_RECEIPT = Slip(
    (
        Title("登记回执（挂失尚未生效）"),
        Columns("登记编号", "XX01-000123", bold=True),
        Columns("姓名", "王*华"),
        Columns("社会保障号码", "410***********1234"),
        Columns("登记时间", "2025-11-24 09:15:32"),
        Columns("登记终端", "新乡市民中心一楼大厅 XX-01"),
        Rule(),
        Text("您的社会保障卡挂失申请已登记，尚未生效。请立即拨打 12333 办理口头挂失，以免卡被他人使用。"),
        Text("网络恢复后，本终端将自动提交；生效后可凭登记编号在任一终端查询并打印生效回执。"),
        Rule(),
        Text("社保账户不等于金融账户：银行账户挂失，请另行联系发卡银行。", size=Size.NORMAL),
        Qr(SIGNED),
        Text("扫码可查验本回执", align=Align.CENTER, size=Size.NORMAL),
    )
)


def printed(
    slip: Slip, font: Path | None = None, width: int = 576, native_qr: bool = True
) -> ReceiptPrinterEmulator:
    """Return the printer after `slip`, having checked that it understood every byte."""
    emulator = ReceiptPrinterEmulator(font, paper_width_dots=width)
    emulator.receive(SlipEncoder(width, font, native_qr).encode(slip))
    assert not emulator.complaints
    return emulator


def test_a_full_receipt_reads_as_written() -> None:
    assert printed(FULL_RECEIPT).last_slip.text.splitlines() == [
        "登记回执（挂失尚未生效）",
        "登记编号                             XX01-000123",
        "姓名                                       王*华",
        "社会保障号码                  410***********1234",
        "登记时间                     2025-11-24 09:15:32",
        "登记终端              新乡市民中心一楼大厅 XX-01",
        "─" * 24,
        "您的社会保障卡挂失申请已登记，尚未生效。请立即拨",
        "打 12333 办理口头挂失，以免卡被他人使用。",
        "网络恢复后，本终端将自动提交；生效后可凭登记编号",
        "在任一终端查询并打印生效回执。",
        "─" * 24,
        "社保账户不等于金融账户：银行账户挂失，请另行联系",
        "发卡银行。",
        "",
        f"[QR: {SIGNED}]",
        "",
        "        扫码可查验本回执",
    ]


def test_a_full_receipt_takes_no_more_than_2_kilobytes() -> None:
    assert len(SlipEncoder().encode(FULL_RECEIPT)) <= 2048


def test_every_slip_ends_with_the_cut_and_the_question_whether_it_is_through() -> None:
    assert SlipEncoder().encode(Slip((Text("完"),))).endswith(b"\x1dVB\x00\x1dr\x01")


def test_the_yen_sign_is_printed_full_width() -> None:
    assert printed(Slip((Text("¥12.50"),))).last_slip.text == "￥12.50"


def test_a_name_character_outside_gbk_is_drawn_in_its_place(font: Path) -> None:
    slip = printed(Slip((Columns("姓名", "王㐂华"),)), font).last_slip
    assert slip.text == "姓名                                      王□华"
    drawn = next(cell for cell in slip.lines[0].marks if cell.text == "□")
    assert drawn.dots is not None
    assert (drawn.width, drawn.height) == (24, 48)  # as wide and high as its neighbours


def test_a_character_nobody_can_draw_is_printed_as_the_sign_for_it(font: Path) -> None:
    assert printed(Slip((Text("王𠮷华"),)), None).last_slip.text == "王〓华"
    assert printed(Slip((Text("王\U0010fffd华"),)), font).last_slip.text == "王〓华"


def test_more_strange_characters_than_the_printer_remembers_are_all_drawn(font: Path) -> None:
    names = ["㐂䶮", "鿍㐱", "㐂㒰㓥㔾", "㕮㖞䶮"]
    slip = printed(Slip(tuple(Text(name) for name in names)), font).last_slip
    shapes = [cell.dots for line in slip.lines for cell in line.marks]
    characters = "".join(names)
    assert None not in shapes
    assert len(set(shapes)) == len(set(characters))
    for one, shape in zip(characters, shapes, strict=True):
        assert shape is shapes[characters.index(one)] or shape == shapes[characters.index(one)]


def test_a_line_with_more_strange_characters_than_the_printer_remembers_says_so(font: Path) -> None:
    assert printed(Slip((Text("㐂䶮鿍㐱㑇㒰㓥"),)), font).last_slip.text == "□□□□□□〓"


def test_one_strange_character_is_sent_once(font: Path) -> None:
    encoder = SlipEncoder(font=font)
    once, thrice = (len(encoder.encode(Slip((Text("㐂" * count),)))) for count in (1, 3))
    assert thrice - once == 2 * 2


@given(st.lists(st.text(max_size=30), max_size=5))
def test_whatever_the_text_holds_the_printer_understands_every_byte(texts: list[str]) -> None:
    emulator = printed(Slip((*(Text(text) for text in texts), *(Columns(text, text) for text in texts))))
    assert emulator.take_outgoing() == b"\0"


@given(st.text(alphabet=st.characters(codec="gbk"), min_size=1, max_size=40))
def test_what_gbk_holds_arrives_as_it_is(text: str) -> None:
    slip = Slip((Text("开始"), Text(text, size=Size.NORMAL), Text("结束")))
    lines = printed(slip).last_slip.text.splitlines()
    expected = legible(text.replace("\n", " ")).replace(" ", "")
    assert "".join(lines[1:-1]).replace(" ", "") == expected


def test_commands_hidden_in_a_name_are_not_obeyed() -> None:
    emulator = printed(Slip((Text("王\x1b@\x1dV\x00华"),)))
    assert emulator.slips_made == 1
    assert emulator.last_slip.text == "王 @ V 华"


def test_a_newline_begins_a_new_line_and_an_empty_line_stays() -> None:
    assert printed(Slip((Text("甲\n\n乙"),))).last_slip.text == "甲\n\n乙"


def test_narrow_paper_gets_shorter_lines() -> None:
    slip = printed(Slip((Title("登记回执（尚未生效）"), Rule())), width=384).last_slip
    assert slip.text.splitlines() == ["登记回执（尚未生", "   效）", "─" * 16]


def test_a_qr_code_is_the_same_drawn_by_the_printer_or_by_the_driver() -> None:
    qr = Slip((Qr("https://example.org/r/XX01-000123", ErrorCorrection.Q),))
    native = SlipEncoder(native_qr=True).encode(qr)
    drawn = SlipEncoder(native_qr=False).encode(qr)
    assert len(native) < 120 < len(drawn)
    by_printer = next(mark for line in printed(qr).last_slip.lines for mark in line.marks)
    by_driver = next(mark for line in printed(qr, native_qr=False).last_slip.lines for mark in line.marks)
    side = by_printer.bitmap.width * by_printer.scale_x
    assert (by_driver.bitmap.width - side, by_driver.bitmap.height - side) in {(0, 0), (4, 0)}  # whole bytes
    assert abs(by_driver.x - by_printer.x) <= 2


def test_a_qr_code_wider_than_the_paper_is_refused_before_printing() -> None:
    with pytest.raises(ValueError, match="dots of paper"):
        SlipEncoder().encode(Slip((Qr("A" * 1500, module_dots=8),)))


def test_a_picture_wider_than_the_paper_is_refused_before_printing() -> None:
    with pytest.raises(ValueError, match="dots of paper"):
        SlipEncoder(384).encode(Slip((Image(Raster(576, 1, bytes(72))),)))


def test_a_picture_of_any_height_is_printed_whole() -> None:
    dots = bytes(range(72)) * 300
    slip = printed(Slip((Image(Raster(576, 300, dots)),))).last_slip
    assert b"".join(mark.bitmap.rows for line in slip.lines for mark in line.marks) == dots


def test_no_single_command_is_longer_than_what_a_flush_gets_the_printer_out_of() -> None:
    job = SlipEncoder().encode(
        Slip((Image(Raster(576, 300, b"\xff" * 72 * 300)), Qr("A" * 1500, module_dots=3)))
    )
    parts = job.split(b"\x1dv0\x00")
    assert all(len(part) < 8192 for part in parts)


def test_settings_are_sent_when_they_change_and_not_again() -> None:
    one, two = (len(SlipEncoder().encode(Slip((Text("甲"),) * count))) for count in (1, 2))
    assert two - one == len("甲\n".encode("gbk"))


def test_a_slip_does_not_show_whom_it_is_about() -> None:
    shown = repr(Slip((Title("王小华"), Text("王小华"), Columns("姓名", "王小华"), Qr("王小华")))) + repr(
        (Title("王小华"), Text("王小华"), Columns("姓名", "王小华"), Qr("王小华"))
    )
    assert "王" not in shown


@pytest.mark.parametrize(
    "make",
    [
        lambda: Blank(0),
        lambda: Blank(256),
        lambda: Qr(""),
        lambda: Qr("x", module_dots=2),
        lambda: Raster(9, 2, b"\0\0\0"),
        lambda: Raster(0, 1, b""),
    ],
)
def test_a_line_that_cannot_be_printed_cannot_be_written(make: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says what in its own words
        make()  # type: ignore[operator]
