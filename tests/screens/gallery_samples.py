# ruff: noqa: E501
"""Sample views of every kind of body, for tests of the window's own mechanics: quick to make, and few.

The kiosk's real screens are in the gallery (tests/screens/gallery).
"""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.views.models import (
    AnyChoice,
    Banner,
    Bar,
    Body,
    Choice,
    Compared,
    Comparison,
    Countdown,
    Fact,
    Facts,
    Field,
    Form,
    Guidance,
    Icon,
    Instruction,
    Keypad,
    Look,
    Mark,
    Menu,
    Outcome,
    Picture,
    Role,
    Step,
    Table,
    TextEntry,
    View,
)


def choice(text: str, icon: Icon = Icon.NONE, role: Role = Role.SECONDARY, **more: object) -> AnyChoice:
    return Choice(text, ("touched", text), icon, role, **more)  # type: ignore[arg-type]


def view(name: str, title: str, body: Body, zh: bool, *choices: AnyChoice, **more: object) -> View:
    words = {
        "home": "首页" if zh else "Home",
        "back": "返回" if zh else "Back",
        "brand": "新乡市社会保障卡自助终端" if zh else "Xinxiang Social Security Card Terminal",
        "footer": "服务热线 12333" if zh else "Hotline 12333",
    }
    tools = (
        choice("大字" if zh else "Text size", Icon.TEXT_SIZE, Role.QUIET),
        choice("对比度" if zh else "Contrast", Icon.CONTRAST, Role.QUIET),
        choice("English" if zh else "中文", Icon.LANGUAGE, Role.QUIET),
    )
    made = View(
        name,
        title,
        body,
        choices,
        back=choice(words["back"], Icon.BACK),
        home=choice(words["home"], Icon.HOME),
        tools=tools,
        look=Look(language="zh_CN" if zh else "en"),
        brand=words["brand"],
        clock="11月24日 14:05" if zh else "24 Nov 14:05",
        footer=words["footer"],
    )
    return replace(made, **more)  # type: ignore[arg-type]


def samples(zh: bool) -> Iterator[View]:
    yield from _menus(zh)
    yield from _instructions(zh)
    yield from _keypads(zh)
    yield from _changes(zh)
    yield from _records(zh)
    yield from _outcomes(zh)
    yield from _guides(zh)


def _menus(zh: bool) -> Iterator[View]:
    if zh:
        items = (
            choice("查询参保信息", Icon.RECORDS, detail="参保状态、缴费记录、个人账户"),
            choice("修改联系方式", Icon.CONTACT, detail="手机号码、通讯地址、邮政编码"),
            choice("社保卡挂失", Icon.LOSS, detail="卡丢了，先在这里或拨打 12333 挂失"),
            choice("查询回执", Icon.RECEIPT, detail="凭回执编号查看办理结果"),
            choice("办事指南", Icon.GUIDE, detail="补换卡、解挂、密码重置去哪里办"),
        )
        lead, title = "请选择您要办理的业务。本终端不收费，不需要银行卡密码。", "您好，请选择业务"
    else:
        items = (
            choice("My records", Icon.RECORDS, detail="Insurance status, contributions, personal account"),
            choice("Change contact details", Icon.CONTACT, detail="Mobile number, address, postcode"),
            choice("Report a lost card", Icon.LOSS, detail="Report it here, or call 12333"),
            choice(
                "Look up a receipt", Icon.RECEIPT, detail="See how a request stands by its receipt number"
            ),
            choice("Guides", Icon.GUIDE, detail="Replacement cards, unlocking, passwords: where to go"),
        )
        lead, title = "Choose a service. It costs nothing, and never asks for your bank password.", "Welcome"
    yield view("home", title, Menu(items, lead), zh, back=None, home=None)
    offline = (
        Banner(
            "网络中断：现在不能查询；挂失请先拨打 12333"
            if zh
            else "Network down: no queries now. To report a loss call 12333 first",
            grave=True,
        ),
        Banner("打印机缺纸：回执将显示在屏幕上" if zh else "No paper: receipts will be shown on the screen"),
    )
    yield view("home_offline", title, Menu(items, lead), zh, back=None, home=None, banners=offline)
    records = (
        choice("个人基本信息" if zh else "Who I am", Icon.PERSON),
        choice("参保情况" if zh else "My insurances", Icon.SHIELD),
        choice("近12个月缴费" if zh else "Last 12 months", Icon.CHART),
        choice("养老个人账户" if zh else "Pension account", Icon.COINS),
        choice("医保个人账户" if zh else "Medical account", Icon.MEDICAL),
        choice("待遇发放" if zh else "Benefits", Icon.CLOCK),
        choice("社保卡状态" if zh else "My card", Icon.CARD),
    )
    yield view("records_menu", "您想查看什么？" if zh else "What would you like to see?", Menu(records), zh)


def _instructions(zh: bool) -> Iterator[View]:
    yield view(
        "insert_card",
        "请插入社会保障卡" if zh else "Insert your social security card",
        Instruction(
            Picture.INSERT_CARD,
            "芯片朝下，插到底，听到提示音前请不要拔出。"
            if zh
            else "Chip down, all the way in. Leave it there until you are told to take it.",
            ("请使用本人的社会保障卡", "没有带卡？可凭身份证办理挂失")
            if zh
            else ("Use your own card only", "No card? A loss can be reported with the ID card"),
        ),
        zh,
        choice("没有带卡" if zh else "I have no card with me", Icon.PERSON),
    )
    yield view(
        "place_id_card",
        "请放置居民身份证" if zh else "Place your resident ID card",
        Instruction(
            Picture.PLACE_ID_CARD,
            "请把本人身份证平放在感应区。" if zh else "Lay your ID card flat on the reader.",
        ),
        zh,
    )
    yield view(
        "call_first",
        "现在不能立即挂失" if zh else "The loss can't take effect now",
        Instruction(
            Picture.CALL,
            "网络中断，请马上拨打电话挂失，立即生效。也可以在这里登记，网络恢复后自动提交。"
            if zh
            else "The network is down: call now, and the loss takes effect at once. You may also leave a report here, sent when the network is back.",
            ("登记后、生效前的损失可能由持卡人承担", "金融账户请另行联系开户银行挂失")
            if zh
            else (
                "Losses before it takes effect may be yours to bear",
                "For the bank account, contact your bank as well",
            ),
            emphasis="12333",
        ),
        zh,
        choice("不登记，离开" if zh else "Leave", Icon.HOME),
        choice("仍要在此登记" if zh else "Leave a report here", Icon.LOSS, Role.PRIMARY),
        banners=(Banner("网络中断" if zh else "Network down", grave=True),),
    )
    yield view(
        "still_there",
        "您还在吗？" if zh else "Are you still there?",
        Instruction(
            Picture.STILL_THERE,
            "为保护您的信息，无人操作时将自动退出。"
            if zh
            else "To protect your records the visit ends when nobody answers.",
        ),
        zh,
        choice("结束" if zh else "Finish", Icon.HOME),
        choice("继续办理" if zh else "Go on", Icon.NEXT, Role.PRIMARY),
        back=None,
        countdown=Countdown(32, 45, "32 秒后自动退出" if zh else "The visit ends in 32 seconds"),
    )
    for picture, text in (
        (Picture.READING, "正在读卡，请稍候。" if zh else "Reading your card."),
        (Picture.WAITING, "正在查询，请稍候。" if zh else "Looking up your records."),
        (Picture.PRINTING, "正在打印，请在下方取走回执。" if zh else "Printing. Take the receipt below."),
        (Picture.TAKE_CARD, "请取走您的社会保障卡。" if zh else "Take your card."),
        (
            Picture.CARD_FAULT,
            "这张卡读不出来。请翻面再试，或到窗口检查。"
            if zh
            else "The card can't be read. Turn it over, or ask at the window.",
        ),
        (Picture.GO_TO_WINDOW, "请到服务窗口办理。" if zh else "Please go to the service window."),
        (
            Picture.OUT_OF_SERVICE,
            "本终端暂停服务，请到窗口办理。" if zh else "This terminal is out of service.",
        ),
        (
            Picture.LOCKED,
            "密码已锁定。请持卡和身份证到窗口解锁。"
            if zh
            else "The password is locked. Unlock it at the window.",
        ),
        (Picture.FAREWELL, "感谢使用，请带好您的物品。" if zh else "Thank you. Take your things with you."),
    ):
        yield view(
            f"instruction_{picture.value}", text.split("，" if zh else ".")[0], Instruction(picture, text), zh
        )


def _digits(zh: bool) -> tuple[AnyChoice, ...]:
    return (
        *(choice(digit) for digit in "123456789"),
        choice("清空" if zh else "Clear", Icon.NONE),
        choice("0"),
        choice("删除" if zh else "Delete", Icon.ERASE),
    )


def _keypads(zh: bool) -> Iterator[View]:
    yield view(
        "password",
        "请输入社保账户密码" if zh else "Enter your card password",
        Keypad(
            "六位数字密码" if zh else "Six digits",
            "•••",
            6,
            _digits(zh),
            secret=True,
            note="这是社保账户密码，不是银行卡密码。请遮挡键盘。"
            if zh
            else "The password of the social security account, not of the bank. Cover the keys.",
            warning="密码不对，还可以再试 4 次，6 次输错将锁定。"
            if zh
            else "Wrong password. 4 tries are left; after 6 it is locked.",
        ),
        zh,
        choice("确认" if zh else "Confirm", Icon.CONFIRM, Role.PRIMARY),
        private=True,
    )
    yield view(
        "password_on_pad",
        "请输入社保账户密码" if zh else "Enter your card password",
        Keypad(
            "请在密码键盘上按 6 位密码，再按确认键"
            if zh
            else "Press the 6 digits on the PIN pad, then 确认 (confirm)",
            "●●●",
            6,
            (),
            secret=True,
            note="按错了按清除键，不办了按取消键。这是社保账户密码，不是银行密码。"
            if zh
            else "清除 (clear) takes a digit back, 取消 (cancel) stops. This is your social security password, "
            "not your bank PIN.",
            warning="密码是 6 位，请按满 6 位再按确认键。还可以输入 5 次。"
            if zh
            else "Press all 6 digits, then 确认 (confirm). Tries left: 5.",
            picture=Picture.PIN_PAD,
        ),
        zh,
        choice("改在屏幕上输入" if zh else "Use the screen instead", Icon.KEYBOARD),
        private=True,
    )
    yield view(
        "new_phone",
        "新的手机号码" if zh else "New mobile number",
        Keypad(
            "11 位手机号码" if zh else "11 digits", "1390000", 11, _digits(zh), secret=False, groups=(3, 4, 4)
        ),
        zh,
        choice("下一步" if zh else "Next", Icon.NEXT, Role.PRIMARY, enabled=False),
        step=_step(2, zh),
    )
    yield view(
        "receipt_number",
        "输入回执编号" if zh else "Enter the receipt number",
        Keypad(
            "回执上的 11 位编号" if zh else "The 11 digits on the slip",
            "24110001234",
            11,
            _digits(zh),
            secret=False,
            groups=(4, 6, 1),
        ),
        zh,
        choice("查询" if zh else "Look up", Icon.NEXT, Role.PRIMARY),
    )


def _step(number: int, zh: bool) -> Step:
    names = (
        ("选择", "填写", "核对", "密码", "完成")
        if zh
        else ("Choose", "Fill in", "Review", "Password", "Done")
    )
    return Step(number, 5, names)


def _changes(zh: bool) -> Iterator[View]:
    edit = "修改" if zh else "Change"
    fields = (
        Field("手机号码" if zh else "Mobile", "139****0000", edit, choice(edit, Icon.PHONE), changed=True),
        Field(
            "通讯地址" if zh else "Address",
            "河南省新乡市红旗区平原路某某小区 3 号楼 2 单元 501 室"
            if zh
            else "Room 501, Unit 2, Building 3, Pingyuan Road, Hongqi District, Xinxiang, Henan",
            edit,
            choice(edit, Icon.ADDRESS),
        ),
        Field(
            "邮政编码" if zh else "Postcode",
            "45300",
            edit,
            choice(edit, Icon.POSTCODE),
            problem="邮政编码应为 6 位数字" if zh else "A postcode has 6 digits",
        ),
    )
    yield view(
        "contact_form",
        "要修改哪一项？" if zh else "What would you like to change?",
        Form(
            fields,
            "修改的是社保账户的联系方式，银行留的电话不会改变。"
            if zh
            else "This changes the social security account only, not your bank's.",
        ),
        zh,
        choice("下一步" if zh else "Next", Icon.NEXT, Role.PRIMARY),
        step=_step(1, zh),
    )
    yield view(
        "address_entry",
        "填写通讯地址" if zh else "Enter your address",
        _text_entry(zh),
        zh,
        choice("完成" if zh else "Done", Icon.CONFIRM, Role.PRIMARY),
        step=_step(2, zh),
    )
    yield view(
        "address_nine",
        "填写通讯地址" if zh else "Enter your address",
        _nine_keys(zh),
        zh,
        choice("完成" if zh else "Done", Icon.CONFIRM, Role.PRIMARY),
        step=_step(2, zh),
    )
    rows = (
        Compared("手机号码" if zh else "Mobile", "138****1234", "139****0000"),
        Compared(
            "通讯地址" if zh else "Address",
            "河南省新乡市卫滨区胜利路 1 号" if zh else "1 Shengli Road, Weibin District, Xinxiang",
            "河南省新乡市红旗区平原路某某小区 3 号楼 2 单元 501 室"
            if zh
            else "Room 501, Unit 2, Building 3, Pingyuan Road, Hongqi District",
        ),
        Compared("邮政编码" if zh else "Postcode", "453000", "453000"),
    )
    yield view(
        "review",
        "请核对修改内容" if zh else "Check your changes",
        Comparison(
            rows,
            "修改前" if zh else "Before",
            "修改后" if zh else "After",
            ("确认后需再次输入社保卡密码", "银行预留的手机号和地址不会改变，请另行联系开户银行")
            if zh
            else (
                "You will be asked for the password again",
                "Your bank keeps its own phone and address: contact the bank to change them",
            ),
        ),
        zh,
        choice("返回修改" if zh else "Edit again", Icon.BACK),
        choice("确认修改" if zh else "Confirm", Icon.CONFIRM, Role.PRIMARY),
        step=_step(3, zh),
    )


def _text_entry(zh: bool) -> TextEntry:
    rows = tuple(
        tuple(choice(letter) for letter in letters) for letters in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    )
    last = (choice("空格" if zh else "Space"),)
    third = (*rows[2], choice("删除" if zh else "Delete", Icon.ERASE))
    candidates = ("平原路", "平原", "评员", "平", "凭") if zh else ("Pingyuan", "Ping", "Pin")
    return TextEntry(
        "街道、门牌号" if zh else "Road and number",
        "河南省新乡市红旗区" if zh else "Hongqi District, ",
        "ping yuan lu",
        tuple(choice(word) for word in candidates),
        (rows[0], rows[1], third, last),
        turns_between=(choice("更多" if zh else "More", Icon.NEXT),) * (len(candidates) - 1),
        keyboards=(
            choice("全键盘" if zh else "Full", Icon.KEYBOARD, chosen=True),
            choice("九键" if zh else "Nine keys", Icon.KEYBOARD),
            choice("数字" if zh else "Digits", Icon.KEYBOARD),
        ),
        turn_back=choice("上一页" if zh else "Back", Icon.PREVIOUS),
        turn_on=choice("更多" if zh else "More", Icon.NEXT),
        note="拼音输入，点选候选字" if zh else "Type in pinyin and pick a word",
    )


def _nine_keys(zh: bool) -> TextEntry:
    words = ("符号" if zh else "#", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")
    grid = tuple(tuple(choice(word) for word in words[start : start + 3]) for start in (0, 3, 6))
    last = (
        choice("清空" if zh else "Clear"),
        choice("空格" if zh else "Space"),
        choice("删除" if zh else "Delete", Icon.ERASE),
    )
    return replace(
        _text_entry(zh),
        rows=(*grid, last),
        preedit="",
        candidates=(),
        turn_back=None,
        turn_on=None,
        problem="地址太短，请写到门牌号" if zh else "Too short: give the house number",
    )


def _records(zh: bool) -> Iterator[View]:
    facts = (
        Fact("姓名" if zh else "Name", "张*" if zh else "Zhang *"),
        Fact("社会保障号码" if zh else "Number", "4107**********1234"),
        Fact("参保地" if zh else "Insured in", "河南省新乡市红旗区" if zh else "Hongqi, Xinxiang"),
        Fact(
            "职工养老保险" if zh else "Pension",
            "2009年7月起" if zh else "since July 2009",
            "参保缴费" if zh else "paid",
        ),
        Fact(
            "职工医疗保险" if zh else "Medical",
            "2009年7月起" if zh else "since July 2009",
            "参保缴费" if zh else "paid",
        ),
        Fact(
            "失业保险" if zh else "Unemployment",
            "2009年7月起" if zh else "since July 2009",
            "暂停缴费" if zh else "paused",
        ),
    )
    yield view(
        "facts",
        "个人基本信息" if zh else "Who I am",
        Facts(
            facts,
            ("查询结果，不作证明用。", "如信息有误，请持身份证到窗口更正。")
            if zh
            else ("For your information, not a certificate.",),
            choice("显示完整信息" if zh else "Show in full", Icon.EYE),
        ),
        zh,
        choice("打印" if zh else "Print", Icon.PRINT, Role.PRIMARY),
        private=True,
    )
    rows = tuple(
        (
            f"2025-{month:02}",
            "职工养老" if zh else "Pension",
            "4,800.00",
            "384.00",
            "已到账" if zh else "paid in",
        )
        for month in range(10, 2, -1)
    )
    columns = (
        ("月份", "险种", "缴费基数", "个人缴费", "状态")
        if zh
        else ("Month", "Insurance", "Base", "Own share", "State")
    )
    bars = tuple(
        Bar(str(year), 3000.0 + 900 * number, f"{3000 + 900 * number:,}")
        for number, year in enumerate(range(2020, 2026))
    )
    yield view(
        "table",
        "缴费记录" if zh else "Contributions",
        Table(
            columns,
            rows,
            1,
            3,
            None,
            choice("下一页" if zh else "Next page", Icon.NEXT),
            "第 1 页，共 3 页" if zh else "Page 1 of 3",
            "近 12 个月个人缴费合计 4,608.00 元" if zh else "Own contributions in 12 months: 4,608.00 yuan",
            notes=("查询结果，不作证明用。" if zh else "For your information, not a certificate.",),
        ),
        zh,
        choice("打印" if zh else "Print", Icon.PRINT, Role.PRIMARY),
    )
    yield view(
        "table_chart",
        "养老个人账户" if zh else "Pension account",
        Table(
            ("年度", "记账额", "利息") if zh else ("Year", "Paid in", "Interest"),
            tuple(
                (str(year), f"{3000 + 900 * number:,}.00", f"{100 + 40 * number}.00")
                for number, year in enumerate(range(2020, 2026))
            ),
            summary="累计储存额 33,120.00 元" if zh else "Total 33,120.00 yuan",
            chart=bars,
        ),
        zh,
        choice("打印" if zh else "Print", Icon.PRINT, Role.PRIMARY),
    )
    yield view(
        "table_empty",
        "待遇发放" if zh else "Benefits",
        Table(
            columns, (), empty="本市没有您的待遇发放记录。" if zh else "No benefits on record in this city."
        ),
        zh,
    )


def _outcomes(zh: bool) -> Iterator[View]:
    yield view(
        "in_effect",
        "变更结果" if zh else "Result",
        Outcome(
            Mark.IN_EFFECT,
            "变更已生效" if zh else "The change is in effect",
            "业务编号" if zh else "Reference",
            "XX251124000123",
            (
                Fact("生效时间" if zh else "In effect since", "2025-11-24 14:06:31"),
                Fact("变更项目" if zh else "Changed", "手机号码、通讯地址" if zh else "mobile, address"),
            ),
            (
                "只改变社保账户的联系方式，银行预留信息请另行联系开户银行修改。"
                if zh
                else "Your bank keeps its own details: contact the bank to change them.",
            ),
            paper="回执已打印，请在下方取走。" if zh else "The receipt is printed: take it below.",
        ),
        zh,
        choice("完成" if zh else "Done", Icon.CONFIRM, Role.PRIMARY),
    )
    yield view(
        "recorded",
        "登记结果" if zh else "Result",
        Outcome(
            Mark.RECORDED,
            "挂失已登记，尚未生效" if zh else "Recorded, not yet in effect",
            "登记编号" if zh else "Receipt number",
            "2411 000123 4",
            (Fact("登记时间" if zh else "Recorded at", "2025-11-24 14:06"),),
            (
                "请马上拨打 12333 挂失，立即生效。",
                "金融账户请另行联系开户银行。",
                "网络恢复后本终端自动提交，凭登记编号可查询结果。",
            )
            if zh
            else (
                "Call 12333 now: the loss takes effect at once.",
                "For the bank account, contact your bank.",
                "The report is sent when the network is back; look it up by its number.",
            ),
            qr="XXK1:2411000123-4:RECORDED:2025-11-24T14:06:31+08:00",
            paper="打印机缺纸，请拍下本页。" if zh else "No paper: take a photo of this page.",
        ),
        zh,
        choice("完成" if zh else "Done", Icon.CONFIRM, Role.PRIMARY),
        banners=(Banner("打印机缺纸" if zh else "No paper"),),
    )
    yield view(
        "refused",
        "办理结果" if zh else "Result",
        Outcome(
            Mark.REFUSED,
            "未能办理：卡已注销" if zh else "Not done: the card is cancelled",
            notes=("请持身份证到服务窗口查询。",) if zh else ("Please ask at the service window.",),
        ),
        zh,
        choice("完成" if zh else "Done", Icon.CONFIRM, Role.PRIMARY),
    )
    yield view(
        "neutral",
        "回执查询" if zh else "Receipt",
        Outcome(
            Mark.NEUTRAL,
            "没有找到这个编号" if zh else "This number was not found",
            notes=("请核对回执上的编号。",) if zh else ("Check the number on the slip.",),
        ),
        zh,
    )


def _guides(zh: bool) -> Iterator[View]:
    sections = (
        ("需要的材料", ("本人社会保障卡", "本人居民身份证原件", "代办的，另带代理人身份证原件及复印件"))
        if zh
        else (
            "What to bring",
            (
                "Your social security card",
                "Your resident ID card",
                "For a proxy: the proxy's ID card and a copy",
            ),
        ),
        ("到哪里办", ("市信息中心窗口，或所在县（市）社保卡服务窗口",))
        if zh
        else ("Where", ("The city information centre, or the window in your county",)),
        ("费用", ("不收费",)) if zh else ("Fee", ("None",)),
    )
    yield view(
        "guide",
        "解除挂失：请到窗口办理" if zh else "Lifting a loss: at the window",
        Guidance(
            "解除挂失须核验证件原件，本终端不能办理。"
            if zh
            else "The original documents must be checked, so this terminal can't do it.",
            sections,
            "依据《新乡市社会保障卡管理办法（暂行）》第十九条"
            if zh
            else "Basis: Article 19 of the Xinxiang rules on social security cards",
        ),
        zh,
        choice("打印指南" if zh else "Print the guide", Icon.PRINT, Role.PRIMARY),
    )
