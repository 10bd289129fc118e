"""What goes wrong, at which moment of a visit, and what the citizen and the technician are told of it.

The table is data: test_every_cell.py runs it, docs/fault-matrix.md shows it. A fault strikes
once the citizen has come to a moment; the citizen goes on as long as the screen lets them; what is read
then stands in the cell. Later the fault is mended.

A moment without a cell cannot occur with that fault (`elsewhere` says why), or is no moment of the
device: the visit has nothing to do with it there, and goes on as if nothing had happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from drivers.emulators.id_card_reader import IdCard
from drivers.emulators.personas import persona
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.emulators.social_security_card import VARIANTS, SocialSecurityCardEmulator
from drivers.errors import DeviceStatus, Remedy
from drivers.id_card_reader.protocol import Command, Status
from drivers.pin_pad.protocol import ReturnCode
from kiosk.backend.emulator import faults
from kiosk.services import routes
from tests.bench import FONT, Bench

HOLDER, LOSER = "li-jianguo", "wang-xiuying"
CONFIRMED = "确定"
MID_SLIP_BYTES = 120
RECEIPT_NUMBER = "回执编号 0012-"  # with the number of this kiosk: a receipt is on the screen


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a visit: how to come to it, and what the citizen does next, fault or not.

    `slip_bytes`: how much of a slip still comes out before a fault of the printer strikes.
    """

    name: str
    reach: Callable[[Bench], object]
    go_on: Callable[[Bench], object]
    slip_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a device (`service` is its name in kiosk/services/routes.py), and what is told of it.

    `strike` is given the bytes of a slip that still come out. The technician's words hold after the last
    moment as after the first; `detail` is part of the plain text beside them.
    """

    name: str
    service: str
    strike: Callable[[Bench, int], object]
    mend: Callable[[Bench], object]
    status: DeviceStatus
    remedy: Remedy | None
    read: Mapping[Moment, str]
    detail: str = ""
    elsewhere: str = ""


# --- the citizen's hands


def touch_if_there(bench: Bench, *words: str) -> None:
    """Touch what the screen offers; a fault may have taken it away."""
    for word in words:
        if word in bench.choices:
            bench.touch(word)


def wait_a_little(bench: Bench) -> None:
    """Stand there and look."""
    bench.wait(3)


def put_card_in(bench: Bench) -> None:
    """Put the card in; nobody has looked at it yet."""
    bench.touch("查询我的社保")
    bench.card_slot.insert(bench.cards[HOLDER])


def type_password(bench: Bench) -> None:
    """Put the card in and type its password."""
    bench.insert_card(HOLDER)
    bench.enter(persona(HOLDER).password)


def open_own_data(bench: Bench) -> None:
    """Look at the own data."""
    bench.log_in(HOLDER)
    bench.touch("我的信息")


def choose_year(bench: Bench) -> None:
    """Have the years of one insurance on the screen."""
    bench.log_in(HOLDER)
    bench.touch("近 12 个月缴费", "按险种、年度查", "城镇职工基本养老保险")


def type_new_phone(bench: Bench) -> None:
    """Change the phone, up to the password that confirms it. Each time to another number."""
    bench.log_in(HOLDER)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter(f"1390373{len(bench.backend.transactions):04}")
    bench.touch("填好了", "核对修改", "没有错，输入密码")


def type_new_phone_and_password(bench: Bench) -> None:
    """Change the phone, and type the password that confirms it."""
    type_new_phone(bench)
    bench.enter(persona(HOLDER).password)


def confirm_change(bench: Bench) -> None:
    """Confirm, and wait for the receipt, if there is any to wait for."""
    touch_if_there(bench, CONFIRMED)
    for _ in range(5):
        if bench.view.name == "sending":
            bench.wait(3)


def read_of_loss(bench: Bench) -> None:
    """Place the ID card and read what a loss report does."""
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)


def report_loss(bench: Bench) -> None:
    """Confirm, and wait for the receipt: no longer than the kiosk lets one wait."""
    touch_if_there(bench, "确认挂失")
    for _ in range(5):
        if RECEIPT_NUMBER not in bench.screen:
            bench.wait(3)


def leave_card_in(bench: Bench) -> None:
    """End the visit with the card still inside."""
    bench.log_in(HOLDER)
    bench.touch("结束")


def press_half(bench: Bench) -> None:
    """Put the card in and press half the password on the PIN pad."""
    bench.insert_card(HOLDER)
    bench.press(persona(HOLDER).password[:3])


def press_half_to_change(bench: Bench) -> None:
    """Change the phone, up to half the password that confirms it."""
    type_new_phone(bench)
    bench.press(persona(HOLDER).password[:3])


def press_the_rest(bench: Bench) -> None:
    """Press the other half and the pad's confirm key, whatever the screen says by now."""
    bench.press(persona(HOLDER).password[3:])
    bench.press("confirm")


HOME = Moment("at home", lambda bench: None, wait_a_little)
CARD_AWAITED = Moment("waiting for the card", lambda bench: bench.touch("查询我的社保"), wait_a_little)
CARD_READ = Moment("reading the card", put_card_in, Bench.settle)
PASSWORD = Moment("checking the password", type_password, lambda bench: touch_if_there(bench, CONFIRMED))
RECORDS = Moment("records shown", open_own_data, wait_a_little)
YEAR = Moment("asking for a year", choose_year, lambda bench: touch_if_there(bench, "2026 年"))
RECORDS_PRINTED = Moment(
    "printing records", open_own_data, lambda bench: touch_if_there(bench, "打印"), MID_SLIP_BYTES
)
CHANGE = Moment("confirming a change", type_new_phone_and_password, confirm_change)
PAD_ASKED = Moment(
    "asking for the password",
    lambda bench: bench.touch("查询我的社保"),
    lambda bench: bench.insert_card(HOLDER),
)
PAD_PRESSED = Moment("password half pressed", press_half, press_the_rest)
CHANGE_PRESSED = Moment("confirming a change, half pressed", press_half_to_change, press_the_rest)
ID_AWAITED = Moment("waiting for the ID card", lambda bench: bench.touch("社保卡挂失"), wait_a_little)
ID_READ = Moment(
    "reading the ID card", lambda bench: bench.touch("社保卡挂失"), lambda bench: bench.place_id_card(LOSER)
)
LOSS_EXPLAINED = Moment("loss explained", read_of_loss, wait_a_little)
LOSS_SENT = Moment("recording and sending", read_of_loss, report_loss)
RECEIPT_PRINTED = Moment("printing the receipt", read_of_loss, report_loss, MID_SLIP_BYTES)
END = Moment("end of the visit", leave_card_in, wait_a_little)

MOMENTS = (
    HOME, CARD_AWAITED, CARD_READ, PAD_ASKED, PAD_PRESSED, PASSWORD, RECORDS, YEAR, RECORDS_PRINTED, CHANGE,
    CHANGE_PRESSED,
    ID_AWAITED, ID_READ, LOSS_EXPLAINED, LOSS_SENT, RECEIPT_PRINTED, END,
)  # fmt: skip

# --- sentences

AT_HOME = "查询请插入社保卡，挂失请准备身份证"
INSERT_CARD = "请把社保卡芯片朝上，插入读卡口。"
CARD_UNREAD = "请取出卡，擦净芯片，再插入一次。"
PASSWORD_ASKED = "请输入社保账户密码"
PAD_FAILED = "密码键盘暂停使用，刚才按的不算。请在屏幕上输入。"
PAD_TIMED_OUT = "很久没有按键，按过的不算。"
PASSWORD_LEFT_OPEN = "没有收到核对结果，这次可能已算一次。"
OWN_RECORDS = "我的社保"
OWN_DATA = "李建国"
NO_CARD_READER = "社保卡读卡器暂停使用"
NO_ID_READER = "身份证阅读器暂停使用"
PLACE_ID_CARD = "请把身份证放在读卡区，不要移动。"
ID_UNREAD = "身份证没有读出来。请拿起来，再平放一次。"
LOSS_ASKED = "挂失前请看清楚"
LOSS_EFFECTIVE = "挂失已生效"
LOSS_PENDING = "已登记，挂失尚未生效"
CHANGE_EFFECTIVE = "变更已生效"
CHANGE_PENDING = "已登记，变更尚未生效"
TAKE_CARD = "办理已结束，请从读卡口取走您的社保卡。"
THANKS = "请检查：社保卡、身份证、打印的单据，都拿好了吗？"
NO_PRINTING = "暂时不能打印"
RECORDS_ON_PAPER = "已打印，再打一张"
PRINTED = "回执已打印，请取走"
NO_PAPER = "打印机没有纸，没有打印出来。请记下或拍下屏幕。"
COVER_OPEN = "打印机盖没有关好，没有打印出来。请记下或拍下屏幕。"
PERHAPS_PRINTED = "不能确认是否打印，"
OFFLINE_IN_A_VISIT = "网络中断，服务热线 12333"
OFFLINE = "网络中断：现在不能查询，挂失不能立即生效。"
UNREACHABLE = "暂时连不上社保系统，现在不能办理这项业务。"
NONSENSE = "社保系统的回答不完整，现在不能办理这项业务。"
YEAR_UNKNOWN = "社保系统没有答复，暂时看不到该年度的缴费记录。"
CALL_NOW = "网络中断，现在不能立即挂失。请马上打电话挂失："

# --- the card reader


def _insert_mute_card(bench: Bench, _: int) -> None:
    bench.card_slot.pull()
    bench.card_slot.insert(SocialSecurityCardEmulator(persona(HOLDER), VARIANTS["mute"]))


_SPOKEN_TO = "The card is spoken to only when it is read and when it checks a password."

CARD_READER = (
    Fault(
        "card pulled", routes.CARDS,
        lambda bench, _: bench.card_slot.pull(), lambda bench: None,
        DeviceStatus.ONLINE, None,
        {
            CARD_READ: AT_HOME, PASSWORD: AT_HOME, RECORDS: AT_HOME, RECORDS_PRINTED: AT_HOME,
            CHANGE: AT_HOME, END: THANKS,
        },
        elsewhere="No card is in.",
    ),
    Fault(
        "card pulled while it answers", routes.CARDS,
        lambda bench, _: bench.card_slot.pull_during_next_apdu(), lambda bench: None,
        DeviceStatus.ONLINE, None,
        {CARD_READ: AT_HOME, PASSWORD: AT_HOME, CHANGE: AT_HOME},
        elsewhere=_SPOKEN_TO,
    ),
    Fault(
        "mute card", routes.CARDS,
        _insert_mute_card, lambda bench: None,
        DeviceStatus.ONLINE, None,
        {CARD_READ: CARD_UNREAD},
        elsewhere="A card is mute from the moment it is put in.",
    ),
    Fault(
        "card hangs", routes.CARDS,
        lambda bench, _: bench.card_slot.hang_on_next_apdu(), lambda bench: bench.card_slot.answer_late(),
        DeviceStatus.OFFLINE, Remedy.RESET,
        {CARD_READ: NO_CARD_READER, PASSWORD: NO_CARD_READER, CHANGE: NO_CARD_READER},
        elsewhere=_SPOKEN_TO,
    ),
    Fault(
        "answer garbled", routes.CARDS,
        lambda bench, _: bench.card_slot.garble_next_apdu(), lambda bench: None,
        DeviceStatus.ONLINE, None,
        {CARD_READ: CARD_UNREAD, PASSWORD: PASSWORD_LEFT_OPEN, CHANGE: PASSWORD_LEFT_OPEN},
        elsewhere=_SPOKEN_TO,
    ),
    Fault(
        "card reset by another program", routes.CARDS,
        lambda bench, _: bench.card_slot.reset_before_next_apdu(), lambda bench: None,
        DeviceStatus.ONLINE, None,
        {CARD_READ: PASSWORD_ASKED, PASSWORD: PASSWORD_LEFT_OPEN, CHANGE: PASSWORD_LEFT_OPEN},
        elsewhere=_SPOKEN_TO,
    ),
    Fault(
        "card held by another program", routes.CARDS,
        lambda bench, _: bench.card_slot.hold_by_another(), lambda bench: bench.card_slot.let_go_by_another(),
        DeviceStatus.BUSY, Remedy.MAINTENANCE,
        {CARD_READ: CARD_UNREAD},
        elsewhere="Once it is read the card is ours alone, to the end of the visit.",
    ),
    Fault(
        "reader lost", routes.CARDS,
        lambda bench, _: bench.card_slot.unplug_reader(), lambda bench: bench.card_slot.plug_in_reader(),
        DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE,
        {
            HOME: NO_CARD_READER, CARD_AWAITED: NO_CARD_READER, CARD_READ: NO_CARD_READER,
            PASSWORD: NO_CARD_READER, RECORDS: NO_CARD_READER, RECORDS_PRINTED: NO_CARD_READER,
            CHANGE: NO_CARD_READER, LOSS_EXPLAINED: LOSS_ASKED, LOSS_SENT: LOSS_EFFECTIVE,
            RECEIPT_PRINTED: PRINTED, END: THANKS,
        },
    ),
)  # fmt: skip

# --- the ID card reader

_UNUSED = {
    CARD_AWAITED: INSERT_CARD, RECORDS: OWN_DATA, CHANGE: CHANGE_EFFECTIVE, LOSS_EXPLAINED: LOSS_ASKED,
    LOSS_SENT: LOSS_EFFECTIVE, END: TAKE_CARD,
}  # fmt: skip
_ID_READER_GONE = {HOME: NO_ID_READER, ID_AWAITED: NO_ID_READER, ID_READ: NO_ID_READER, **_UNUSED}
_READ_AGAIN = {HOME: AT_HOME, ID_AWAITED: PLACE_ID_CARD, ID_READ: LOSS_ASKED}
_ONE_ANSWER = (
    "It spoils one answer and is over with the next question, which belongs to no visit with a card."
)


def _silence_id_reader(bench: Bench, on: bool) -> None:
    bench.id_reader.silent = on


def _fail_sam(bench: Bench, status: Status | None) -> None:
    bench.id_reader.sam_failure = status


def _lift_early(bench: Bench, _: int) -> None:
    bench.id_reader.lifts_at = Command.READ_BASE


def _place_unknown(bench: Bench, _: int) -> None:
    bench.place_id_card(IdCard.of_unknown_kind())


ID_READER = (
    Fault(
        "unplugged", routes.ID_CARDS,
        lambda bench, _: bench.id_wire.unplug(), lambda bench: bench.id_wire.plug_in(),
        DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE, _ID_READER_GONE,
    ),
    Fault(
        "silent", routes.ID_CARDS,
        lambda bench, _: _silence_id_reader(bench, True), lambda bench: _silence_id_reader(bench, False),
        DeviceStatus.OFFLINE, Remedy.RESET, _ID_READER_GONE,
    ),
    Fault(
        "security module failed", routes.ID_CARDS,
        lambda bench, _: _fail_sam(bench, Status.SAM_SELF_TEST_FAILED), lambda bench: _fail_sam(bench, None),
        DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, _ID_READER_GONE,
    ),
    Fault(
        "noise on the line", routes.ID_CARDS,
        lambda bench, _: bench.id_wire.inject_noise(bytes(range(256)) * 8), lambda bench: None,
        DeviceStatus.ONLINE, None, _READ_AGAIN, elsewhere=_ONE_ANSWER,
    ),
    Fault(
        "half a frame", routes.ID_CARDS,
        lambda bench, _: bench.id_reader.cut_next_answer(7), lambda bench: None,
        DeviceStatus.ONLINE, None, _READ_AGAIN, elsewhere=_ONE_ANSWER,
    ),
    Fault(
        "wrong checksum", routes.ID_CARDS,
        lambda bench, _: bench.id_reader.spoil_next_check(), lambda bench: None,
        DeviceStatus.ONLINE, None, _READ_AGAIN, elsewhere=_ONE_ANSWER,
    ),
    Fault(
        "unknown kind of card", routes.ID_CARDS,
        _place_unknown, lambda bench: bench.id_reader.lift(),
        DeviceStatus.ONLINE, None,
        {HOME: AT_HOME, ID_AWAITED: ID_UNREAD, CARD_AWAITED: INSERT_CARD, RECORDS: OWN_DATA},
        elsewhere="An ID card means nothing there: it is the same as at home or beside the records.",
    ),
    Fault(
        "ID card lifted early", routes.ID_CARDS,
        _lift_early, lambda bench: bench.id_reader.lift(),
        DeviceStatus.ONLINE, None,
        {ID_READ: ID_UNREAD},
        elsewhere="No ID card lies there.",
    ),
)  # fmt: skip

# --- the PIN pad

_PAD_UNUSED = {HOME: AT_HOME, RECORDS: OWN_DATA, LOSS_SENT: LOSS_EFFECTIVE}
_PAD_GONE = {**_PAD_UNUSED, PAD_ASKED: PAD_FAILED}
_VOID = {PAD_PRESSED: PAD_FAILED, CHANGE_PRESSED: PAD_FAILED}
_KEYS_ONLY = "It shows only among keys, and keys are on for a password and nothing else."


def _silence_pin_pad(bench: Bench, on: bool) -> None:
    bench.pin_pad.silent = on


def _trouble_pin_pad(bench: Bench, code: ReturnCode | None) -> None:
    bench.pin_pad.trouble = code


def _mask_digits(bench: Bench, on: bool) -> None:
    bench.pin_pad.masks_digits = on


def _pin_pad_noise(bench: Bench, _: int) -> None:
    bench.pin_pad.send_noise(b"\xff\x02")
    bench.settle()


PIN_PAD = (
    Fault(
        "unplugged", routes.PIN_PAD,
        lambda bench, _: bench.pin_pad_wire.unplug(), lambda bench: bench.pin_pad_wire.plug_in(),
        DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE, {**_PAD_GONE, **_VOID},
    ),
    Fault(
        "silent", routes.PIN_PAD,
        lambda bench, _: _silence_pin_pad(bench, True), lambda bench: _silence_pin_pad(bench, False),
        DeviceStatus.OFFLINE, Remedy.RESET, _PAD_GONE,
        elsewhere="While keys are on, a silent pad looks like one that nobody presses; the screen offers its "
        "own keys all the time.",
    ),
    Fault(
        "taken out of its panel", routes.PIN_PAD,
        lambda bench, _: _trouble_pin_pad(bench, ReturnCode.REMOVED),
        lambda bench: _trouble_pin_pad(bench, None),
        DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE,
        {**_PAD_GONE, PAD_PRESSED: OWN_RECORDS, CHANGE_PRESSED: CHANGE_EFFECTIVE}, "REMOVED",
    ),
    Fault(
        "noise among the keys", routes.PIN_PAD, _pin_pad_noise, lambda bench: None,
        DeviceStatus.HARDWARE_ERROR, Remedy.RESET, _VOID, "among the keys", elsewhere=_KEYS_ONLY,
    ),
    Fault(
        "digits masked", routes.PIN_PAD,
        lambda bench, _: _mask_digits(bench, True), lambda bench: _mask_digits(bench, False),
        DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, _VOID, "clear-text", elsewhere=_KEYS_ONLY,
    ),
    Fault(
        "gives up waiting", routes.PIN_PAD,
        lambda bench, _: bench.pin_pad.give_up_waiting(), lambda bench: None,
        DeviceStatus.ONLINE, None, {PAD_PRESSED: PAD_TIMED_OUT, CHANGE_PRESSED: PAD_TIMED_OUT},
        elsewhere=_KEYS_ONLY,
    ),
)  # fmt: skip

# --- the receipt printer

_UNPRINTED = {
    HOME: NO_PRINTING, RECORDS: NO_PRINTING, CHANGE: CHANGE_EFFECTIVE, LOSS_SENT: LOSS_EFFECTIVE,
}  # fmt: skip


def _strikes(hand: str) -> Callable[[Bench, int], object]:
    """Return the strike that is one of the printer emulator's hands."""
    return lambda bench, slip_bytes: getattr(bench.printer, hand)(after_bytes=slip_bytes)


def _clear_jam(bench: Bench) -> None:
    bench.printer.clear_jam()
    bench.printer.power_on()


def _replace_printer(bench: Bench) -> None:
    bench.printer_wire.unplug()
    bench.printer = bench.printer_wire.emulator = ReceiptPrinterEmulator(FONT)
    bench.printer_wire.plug_in()


PRINTER = (
    Fault(
        "paper out", routes.PRINTER, _strikes("run_out_of_paper"), lambda bench: bench.printer.refill(),
        DeviceStatus.USER_ERROR, Remedy.CLEAR,
        {**_UNPRINTED, RECORDS_PRINTED: NO_PAPER, RECEIPT_PRINTED: NO_PAPER}, "paper out",
    ),
    Fault(
        "paper near its end", routes.PRINTER,
        _strikes("bring_paper_near_end"), lambda bench: bench.printer.refill(),
        DeviceStatus.ONLINE, None,
        {
            HOME: AT_HOME, RECORDS: OWN_DATA, CHANGE: PRINTED, LOSS_SENT: PRINTED,
            RECORDS_PRINTED: RECORDS_ON_PAPER, RECEIPT_PRINTED: PRINTED,
        },
        "paper low",
    ),
    Fault(
        "cover open", routes.PRINTER, _strikes("open_cover"), lambda bench: bench.printer.close_cover(),
        DeviceStatus.USER_ERROR, Remedy.CLEAR,
        {**_UNPRINTED, RECORDS_PRINTED: COVER_OPEN, RECEIPT_PRINTED: COVER_OPEN}, "cover_open",
    ),
    Fault(
        "paper jam", routes.PRINTER, _strikes("jam"), _clear_jam,
        DeviceStatus.HARDWARE_ERROR, Remedy.CLEAR,
        {**_UNPRINTED, RECORDS_PRINTED: PERHAPS_PRINTED, RECEIPT_PRINTED: PERHAPS_PRINTED}, "cutter_error",
    ),
    Fault(
        "stalled", routes.PRINTER, _strikes("stall"), lambda bench: bench.printer.resume(),
        DeviceStatus.ONLINE, Remedy.RESET,
        {LOSS_SENT: PERHAPS_PRINTED, RECORDS_PRINTED: PERHAPS_PRINTED, RECEIPT_PRINTED: PERHAPS_PRINTED},
        "unknown_outcome",
        elsewhere="A stalled printer says that all is well: it shows only when something is printed.",
    ),
    Fault(
        "power cut", routes.PRINTER, _strikes("cut_power"), lambda bench: bench.printer.power_on(),
        DeviceStatus.OFFLINE, Remedy.RESET,
        {**_UNPRINTED, RECORDS_PRINTED: PERHAPS_PRINTED, RECEIPT_PRINTED: PERHAPS_PRINTED}, "silent",
    ),
    Fault(
        "head too hot", routes.PRINTER, _strikes("overheat"), lambda bench: bench.printer.cool_down(),
        DeviceStatus.BUSY, Remedy.RESET,
        {**_UNPRINTED, RECORDS_PRINTED: PERHAPS_PRINTED, RECEIPT_PRINTED: PERHAPS_PRINTED}, "head_hot",
    ),
    Fault(
        "broken down", routes.PRINTER, _strikes("break_down"), _replace_printer,
        DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE,
        {**_UNPRINTED, RECORDS_PRINTED: PERHAPS_PRINTED, RECEIPT_PRINTED: PERHAPS_PRINTED}, "broken",
    ),
    Fault(
        "unplugged", routes.PRINTER,
        lambda bench, _: bench.printer_wire.unplug(), lambda bench: bench.printer_wire.plug_in(),
        DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE,
        {**_UNPRINTED, RECORDS_PRINTED: NO_PRINTING}, "no_device",
        elsewhere="On the workbench a cable cannot be pulled between two bytes: see the power cut.",
    ),
)  # fmt: skip

# --- the backend


def _fall_silent(bench: Bench, _: int) -> None:
    for path in ("/v1/visits", "/v1/transactions"):
        bench.backend.faults.set(faults.NeverAnswer(), path=path)


_BACKEND_GONE = {
    HOME: OFFLINE, CARD_AWAITED: OFFLINE_IN_A_VISIT, CARD_READ: PASSWORD_ASKED, PASSWORD: UNREACHABLE,
    RECORDS: OFFLINE_IN_A_VISIT, YEAR: YEAR_UNKNOWN, CHANGE: CHANGE_PENDING, ID_AWAITED: OFFLINE_IN_A_VISIT,
    ID_READ: CALL_NOW, LOSS_EXPLAINED: OFFLINE_IN_A_VISIT, LOSS_SENT: LOSS_PENDING, RECEIPT_PRINTED: PRINTED,
    END: TAKE_CARD,
}  # fmt: skip

BACKEND = (
    Fault(
        "offline", routes.BACKEND,
        lambda bench, _: bench.backend.go_offline(), lambda bench: bench.backend.go_online(),
        DeviceStatus.OFFLINE, Remedy.MAINTENANCE, _BACKEND_GONE, "BackendUnreachable",
    ),
    Fault(
        "garbage", routes.BACKEND,
        lambda bench, _: bench.backend.faults.set(faults.garbage()),
        lambda bench: bench.backend.faults.clear(),
        DeviceStatus.OFFLINE, Remedy.MAINTENANCE, {**_BACKEND_GONE, PASSWORD: NONSENSE}, "",
    ),
    Fault(
        "silent", routes.BACKEND, _fall_silent, lambda bench: bench.backend.faults.clear(),
        DeviceStatus.ONLINE, None,
        {
            PASSWORD: UNREACHABLE, YEAR: YEAR_UNKNOWN, CHANGE: CHANGE_PENDING, ID_READ: CALL_NOW,
            LOSS_SENT: LOSS_PENDING,
        },
        elsewhere="It is asked nothing there but whether it is well, and to that it still answers.",
    ),
)  # fmt: skip

MATRIX: Mapping[str, tuple[Fault, ...]] = {
    "Card reader": CARD_READER,
    "ID card reader": ID_READER,
    "PIN pad": PIN_PAD,
    "Receipt printer": PRINTER,
    "Backend": BACKEND,
}

CONFIGURED: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    "PIN pad": {"pin_pad": {"kind": "zt598", "port": "/dev/serial/by-id/pin-pad"}},
    "Backend": {"backend": {"total_timeout_s": 1}},
}
"""What stands in kiosk.toml for the faults of a device. A silent backend is waited for in earnest, so not
for long; elsewhere it is asked with the patience of every bench, since a busy machine is no fault."""
