"""A technician's morning: paper out, reader unplugged, a certificate about to expire, three rejected entries.

1. Last evening the backend was silent; three citizens reported losses, the last one without paper.
2. In the night their cards were replaced at a window, so the backend refuses the late reports.
3. The technician knocks, shows who they are, and sees it all on one screen, each with its next step.
4. Paper in and tested, the reader plugged in and tested, the refusals understood, the certificate told on.
5. The readiness report on paper and in files, and a kiosk in service.
"""

import select
from functools import partial
from pathlib import Path

from drivers.emulators.personas import persona
from kiosk.demo.album import Album
from kiosk.demo.stage import DemonstrationFailed, Stage
from kiosk.domain.technician import Role

HOME = "请选择要办理的业务"
LOSERS = ("wang-xiuying", "li-jianguo", "chen-yanjie")
TECHNICIAN, PIN = "张工", "86420975"
CERTIFICATE_DAYS = 9


class Morning:
    """The scripted morning on a stage."""

    def __init__(self, stage: Stage, output: Path) -> None:
        self._stage = stage
        self._album = Album(stage, output)

    def perform(self) -> None:
        """Play all of it. Raises DemonstrationFailed at the first thing that does not happen."""
        try:
            self._stage.start_kiosk()
            self._last_evening()
            self._night()
            self._come_in()
            self._see_to_paper()
            self._see_to_the_reader()
            self._see_to_the_outbox()
            self._see_to_the_certificate()
            self._report()
            self._leave()
        finally:
            self._album.close()

    def _last_evening(self) -> None:
        stage, album = self._stage, self._album
        album.tell("前一天傍晚：网络中断，三位市民用身份证登记挂失，最后一位时纸用完了")
        stage.backend.go_offline()
        stage.wait_for("网络中断", within_s=30)
        for who in LOSERS:
            if who == LOSERS[-1]:
                stage.printer.run_out_of_paper()
            stage.touch("社保卡挂失")
            stage.wait_for("放在读卡区")
            stage.place_id_card(who)
            stage.wait_for("请马上打电话挂失")
            stage.lift_id_card()
            stage.touch("打不了电话，在此登记", "我知道尚未生效，登记")
            stage.wait_for("挂失尚未生效")
            stage.touch("完成")
            stage.wait_for(HOME)

    def _night(self) -> None:
        stage, album = self._stage, self._album
        album.tell("夜里：三张卡已在窗口补换，网络恢复，社保系统退回三笔迟到的挂失；身份证阅读器的线掉了")
        for number, who in enumerate(LOSERS, 1):
            card = persona(who).card_number
            stage.backend.window.replace_card(card, new_number=f"A9000000{number}", new_id=f"{number:032d}")
        stage.backend.go_online()
        stage.unplug_id_reader()
        album.see("home-in-the-morning", "身份证阅读器暂停使用", within_s=60)

    def _come_in(self) -> None:
        stage, album = self._stage, self._album
        telephone = stage.hire(TECHNICIAN, PIN, Role.SUPERVISOR)
        album.tell("早上：维护人员连点屏幕上方的名称，选姓名，输入 PIN 和动态码")
        stage.knock()
        album.see("who-are-you", "请选择您的姓名")
        stage.touch(TECHNICIAN, *PIN)
        album.see("pin", "请输入 PIN")
        stage.touch("下一步")
        stage.wait_for("请输入动态码")
        stage.touch(*telephone.code, "确定")
        stage.wait_for("有故障，请按提示处理", within_s=30)
        for seen in ("K-301", "K-201", "K-510", "K-406"):
            stage.wait_for(seen)
        album.see("overview-with-faults")

    def _see_to_paper(self) -> None:
        stage, album = self._stage, self._album
        stage.touch("打印机和纸")
        album.see("devices", "设备")
        stage.printer.refill()
        stage.wait_for(partial(_lacks, stage, "K-301"), "the paper to be seen")
        stage.touch("打印机和纸", "已换新纸", "打印测试单")
        stage.wait_for("看汉字、生僻字、二维码是否清楚")
        album.see("printer-tested")
        album.take_slip("测试单")
        stage.touch("正常")

    def _see_to_the_reader(self) -> None:
        stage, album = self._stage, self._album
        stage.plug_in_id_reader()
        stage.wait_for(partial(_lacks, stage, "K-201"), "the reader to be seen", within_s=30)
        stage.touch("身份证阅读器")
        stage.wait_for("请放上身份证")
        stage.place_id_card(LOSERS[0])
        album.see("id-reader-tested", "读取正常")
        stage.lift_id_card()
        stage.touch("正常", "返回")
        self._settle()

    def _see_to_the_outbox(self) -> None:
        stage, album = self._stage, self._album
        stage.touch("待提交业务")
        stage.wait_for("被拒 3 笔", within_s=30)
        album.see("outbox-rejected", "被拒：")
        for who in LOSERS:
            if persona(who).name in stage.screen:
                raise DemonstrationFailed("a citizen's name is on a page of maintenance")
        stage.touch("核对完整性")
        album.see("chain", "每一条都与写入时一致")
        stage.touch("总览")
        self._settle()

    def _see_to_the_certificate(self) -> None:
        stage, album = self._stage, self._album
        stage.touch("证书")
        stage.wait_for("K-406", within_s=30)
        album.see("network", f"剩余 {CERTIFICATE_DAYS} 天")
        stage.touch("返回")
        self._settle()
        stage.touch("最近故障")
        album.see("faults", "K-510")
        stage.touch(next(each for each in stage.choices if each.startswith("K-510")))
        album.see("fault-explained", "由谁处理")
        stage.touch("总览")
        self._settle()

    def _report(self) -> None:
        stage, album = self._stage, self._album
        stage.touch("检测报告")
        stage.wait_for("报告已保存", within_s=60)
        album.see("readiness-report", "可以服务")
        stage.touch("打印报告")
        stage.wait_for("已打印，请取走")
        album.take_slip("检测报告")
        for file in sorted((stage.data_dir / "reports").iterdir()):
            album.keep(file)
        stage.touch("返回")

    def _leave(self) -> None:
        stage, album = self._stage, self._album
        stage.wait_for("可以服务，有事项要尽快处理", within_s=30)
        album.see("overview-mended")
        stage.touch("结束维护，恢复服务")
        album.see("home-in-service", HOME)
        if "暂停" in stage.screen:
            raise DemonstrationFailed(f"something is still out of use: {stage.screen}")

    def _settle(self) -> None:
        """Wait until nothing moves on the screen, as a hand does."""
        before = ""
        for _ in range(20):
            if (now := self._stage.screen) == before:
                return
            before = now
            select.select((), (), (), 0.7)
        raise DemonstrationFailed(f"the screen does not come to rest: {before}")


def _lacks(stage: Stage, words: str) -> bool:
    return words not in stage.screen
