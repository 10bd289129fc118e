"""The scripted visit: three citizens, a power cut, and the truth on paper each time.

1. Own records with card and password, and a slip of them.
2. New phone and address, in effect, with the backend's number and time.
3. The backend is silent: a loss is reported with the ID card, honestly not in effect yet.
4. The kiosk is killed and started again, the backend comes back, and in the middle of sending the kiosk is
   killed once more: the report takes effect once.

Its album (kiosk/demo/album.py) is what is left of it.
"""

from pathlib import Path

from drivers.emulators.personas import persona
from kiosk.demo.album import Album
from kiosk.demo.stage import DemonstrationFailed, Stage
from kiosk.domain.transaction import TransactionKind

CARD_HOLDER, LOSER = "li-jianguo", "wang-xiuying"
HOME = "请选择要办理的业务"
OVER_WITHIN_S = 120.0  # all of it, once everything is set up
CLEARED_WITHIN_S = 1.0  # from the moment the card is taken until nothing of its holder is on the screen


class Play:
    """The scripted visit on a stage, with its pictures and its timeline in a folder."""

    def __init__(self, stage: Stage, output: Path) -> None:
        self._stage = stage
        self._album = Album(stage, output)

    def perform(self) -> None:
        """Play all of it. Raises DemonstrationFailed at the first thing that does not happen."""
        try:
            self._stage.start_kiosk()
            self._album.see("home")
            self._look_up_records()
            self._change_contact()
            number = self._report_loss_offline()
            self._lose_power()
            self._see_it_in_effect(number)
            self._album.tell(f"全部演示用时 {self._album.took_s:.0f} 秒（限 {OVER_WITHIN_S:.0f} 秒）")
            if self._album.took_s > OVER_WITHIN_S:
                raise DemonstrationFailed("it took longer than it may")
        finally:
            self._album.close()

    def _look_up_records(self) -> None:
        stage = self._stage
        self._album.tell("李建国插入社保卡，输入密码，查询自己的社保")
        stage.touch("查询我的社保")
        self._album.see("insert-card", "请插入社保卡")
        stage.insert_card(CARD_HOLDER)
        self._enter_password("请输入社保账户密码")
        self._album.see("my-records", "我的社保")
        for topic in ("我的信息", "参保情况", "近 12 个月缴费"):
            stage.touch(topic)
            self._album.see("topic", topic)
            if topic != "近 12 个月缴费":
                stage.touch("返回")
        stage.touch("打印")
        stage.wait_for("已打印，再打一张")
        self._album.take_slip("查询结果，不作证明用")
        stage.pull_card()
        took_s = stage.wait_for(HOME, within_s=5)
        left = [trace for trace in self._traces(CARD_HOLDER) if trace in stage.screen]
        if left:
            raise DemonstrationFailed(f"{len(left)} facts of the citizen are still on the screen")
        self._album.tell(
            f"取走社保卡，{took_s:.2f} 秒后屏幕上没有任何个人信息（限 {CLEARED_WITHIN_S:.0f} 秒）"
        )
        if took_s > CLEARED_WITHIN_S:
            raise DemonstrationFailed(f"the records stayed on the screen for {took_s:.2f} s")
        self._album.see("home-again")

    def _change_contact(self) -> None:
        stage = self._stage
        self._album.tell("李建国修改手机号码和通讯地址")
        stage.touch("修改联系方式")
        stage.wait_for("请插入社保卡")
        stage.insert_card(CARD_HOLDER)
        self._enter_password("请输入社保账户密码")
        self._album.see("contact", "请选择要修改的项目")
        self._edit("联系电话")
        stage.touch(*"13903730021")
        self._album.see("new-phone")
        stage.touch("填好了")
        self._edit("通讯地址")
        stage.touch("选县区", "红旗区", "洪门镇")
        self._album.see("address-place", "河南省新乡市红旗区洪门镇")
        stage.touch("全键拼音", *"pingyuanlu", "平原路")
        self._album.see("address-pinyin", "平原路")
        stage.touch("门牌号", *"18号")
        self._album.see("address-number", "平原路18号")
        stage.touch("填好了")
        self._album.see("contact-changed", "核对修改")
        stage.touch("核对修改")
        self._album.see("review", "请核对修改内容")
        stage.touch("没有错，输入密码")
        self._enter_password("请输入密码，确认修改")
        self._album.see("contact-in-effect", "变更已生效")
        stage.wait_for("回执已打印，请取走")
        self._album.take_slip("变更已生效")
        stage.touch("完成")
        self._album.see("take-card", "请取走您的卡")
        stage.pull_card()
        stage.wait_for(HOME)

    def _report_loss_offline(self) -> str:
        stage = self._stage
        self._album.tell("网络中断；王秀英的卡丢了，用身份证挂失")
        stage.backend.go_offline()
        self._album.see("home-offline", "网络中断", within_s=30)
        stage.touch("社保卡挂失")
        self._album.see("place-id-card", "放在读卡区")
        stage.place_id_card(LOSER)
        self._album.see("call-first", "请马上打电话挂失")
        stage.lift_id_card()
        stage.touch("打不了电话，在此登记")
        self._album.see("not-yet-in-effect", "挂失尚未生效")
        stage.touch("我知道尚未生效，登记")
        self._album.see("recorded", "已登记，挂失尚未生效")
        stage.wait_for("回执已打印，请取走")
        number = _receipt_number(stage.screen)
        self._album.take_slip("登记回执（挂失尚未生效）")
        return number

    def _lose_power(self) -> None:
        stage, gate = self._stage, self._stage.backend.transaction_desk.gate
        self._album.tell("终端被 SIGKILL 杀死，再启动；网络恢复")
        stage.kill_kiosk()
        stage.start_kiosk()
        gate.hold()
        stage.backend.go_online()
        stage.wait_for(lambda: gate.is_reached, "the loss report to go out", within_s=45)
        self._album.tell("挂失登记正在送达，终端没等到答复又被 SIGKILL 杀死，再启动")
        stage.kill_kiosk()
        gate.release()
        stage.start_kiosk()
        lost = persona(LOSER).card_number
        stage.wait_for(lambda: lost in stage.lost_cards, "the loss report to arrive", within_s=45)
        stage.wait_for(lambda: "网络中断" not in stage.screen, "the link", within_s=30)

    def _see_it_in_effect(self, number: str) -> None:
        stage = self._stage
        self._album.tell("凭回执编号查询结果")
        stage.touch("查回执办理结果", *number.replace("-", ""))
        self._album.see("receipt-number")
        stage.touch("查询")
        self._album.see("loss-in-effect", "挂失已生效")
        stage.touch("打印")
        stage.wait_for("回执已打印，请取走")
        self._album.take_slip("挂失已生效")
        stage.touch("完成")
        stage.wait_for(HOME)
        reports = [one for one in stage.backend.transactions if one.told.kind is TransactionKind.LOSS_REPORT]
        if len(reports) != 1:
            raise DemonstrationFailed(f"the loss report arrived {len(reports)} times")
        self._album.tell("挂失登记到达社保系统，恰好一次")

    def _traces(self, who: str) -> tuple[str, ...]:
        """Return what must not be left of somebody on any screen."""
        person, contact = persona(who), self._stage.backend.contact_of(persona(who).holder_number)
        told = (person.name, person.holder_number, person.card_number, person.address)
        return tuple(filter(None, (*told, contact.phone, contact.address, contact.email)))

    def _enter_password(self, title: str) -> None:
        self._album.see("password", title)
        self._stage.touch(*persona(CARD_HOLDER).password, "确定")

    def _edit(self, field: str) -> None:
        """Fields have the same word on their button: the kiosk's finger finds them by their label."""
        self._stage.touch(f"修改{field}")


def _receipt_number(screen: str) -> str:
    return next(line.split()[-1] for line in screen.splitlines() if line.startswith("回执编号"))
