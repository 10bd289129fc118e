"""What must not be found after visits: in the log, in the outbox file, in a temporary file."""

from bench import Bench

from drivers.emulators.personas import PERSONAS, persona

WHO, LOSER = "li-jianguo", "wang-xiuying"


def test_neither_log_nor_files_hold_anything_of_a_citizen(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("我的信息", "显示完整信息", "返回", "修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    bench.backend.go_offline()
    bench.enter(persona(WHO).password)
    bench.touch("确定")
    bench.wait(15)
    bench.touch("完成")
    bench.pull_card()
    bench.wait(6)
    bench.place_id_card(LOSER)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    bench.power_off()

    canaries = {"13903730021", "13803730000"}
    for one in PERSONAS:
        canaries |= {
            one.name,
            one.holder_number,
            one.card_number,
            one.card_id,
            one.password,
            one.address or one.name,
        }
    places = [
        bench.folder / "kiosk.jsonl",
        *(path for path in (bench.folder / "data").rglob("*") if path.is_file()),
    ]
    assert len(places) > 1
    for place in places:
        content = place.read_bytes()
        for canary in canaries:
            for encoded in (canary.encode(), canary.encode("gb18030"), canary.encode("utf-16-le")):
                assert encoded not in content, f"{place.name} holds personal data"


def test_the_log_tells_what_happened(bench: Bench) -> None:
    bench.log_in(WHO)
    log = (bench.folder / "kiosk.jsonl").read_text()
    assert '"happened": "CardInserted"' in log
    assert '"state": "ChoosingTopic"' in log
    assert "KeyPressed" not in log
