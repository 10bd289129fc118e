"""The people on the workbench: invented, each with an identity document and a social security card.

Every emulator, the reference backend and the tests mean the same person by the same `key`. Numbers carry
right check characters; nobody has them. Each persona stands for a case that has to work: see the comments.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from drivers.id_card_reader.document import Kind
from drivers.id_card_reader.tables import Sex


@dataclass(frozen=True, slots=True)
class Persona:
    """A person, the identity document and the social security card of that person.

    `card_id` is the 卡识别码: 32 hexadecimal digits, the first six of them the issuing region, the last ones
    F where the number is shorter. `card_spec_version` is "1.00", "2.00" or "3.00".
    """

    key: str
    name: str
    holder_number: str
    """On the document and on the card."""
    sex: Sex
    born_on: date
    nation: str | None
    """民族 in Chinese; None for a foreigner and on a residence permit."""
    address: str | None
    document_kind: Kind
    document_issuer: str
    document_valid_from: date
    document_valid_until: date | None
    """None for 长期, without end."""
    card_id: str
    card_number: str
    card_spec_version: str
    card_issued_on: date
    card_expires_on: date
    password: str = field(repr=False)
    nationality: str | None = None
    """ISO 3166 alpha-3, foreigners only."""
    foreign_name: str | None = None
    pass_number: str | None = None
    """Of the travel pass a residence permit for Hong Kong, Macao and Taiwan belongs to."""
    document_issue_count: str | None = None

    @property
    def card_region(self) -> str:
        """The six digits of the region that issued the card."""
        return self.card_id[:6]


PERSONAS: Final = (
    # The ordinary visitor: old, of Xinxiang, a document without end, a card of the second generation.
    Persona(
        key="wang-xiuying",
        name="王秀英",
        holder_number="410702194803120029",
        sex=Sex.FEMALE,
        born_on=date(1948, 3, 12),
        nation="汉",
        address="河南省新乡市红旗区向阳小区街道和平路126号院3号楼2单元502",
        document_kind=Kind.RESIDENT,
        document_issuer="新乡市公安局红旗分局",
        document_valid_from=date(2008, 6, 17),
        document_valid_until=None,
        card_id="410700D15600000500010748FFFFFFFF",
        card_number="A40712365",
        card_spec_version="2.00",
        card_issued_on=date(2021, 9, 1),
        card_expires_on=date(2031, 9, 1),
        password="246810",
    ),
    # A man of a county, a card of the third generation.
    Persona(
        key="li-jianguo",
        name="李建国",
        holder_number="410728198507160036",
        sex=Sex.MALE,
        born_on=date(1985, 7, 16),
        nation="汉",
        address="河南省长垣市蒲东街道人民路58号",
        document_kind=Kind.RESIDENT,
        document_issuer="长垣市公安局",
        document_valid_from=date(2019, 4, 22),
        document_valid_until=date(2039, 4, 22),
        card_id="410700D15600000500020785FFFFFFFF",
        card_number="B07285716",
        card_spec_version="3.00",
        card_issued_on=date(2024, 11, 5),
        card_expires_on=date(2034, 11, 5),
        password="135790",
    ),
    # A name no GBK font has: 䶮 has two bytes in GB18030 and none in GBK, 㛃 has four.
    Persona(
        key="chen-yanjie",
        name="陈䶮㛃",
        holder_number="410711199602280041",
        sex=Sex.FEMALE,
        born_on=date(1996, 2, 28),
        nation="满",
        address="河南省新乡市牧野区建设路与宏力大道交叉口东南角学府花园11号楼",
        document_kind=Kind.RESIDENT,
        document_issuer="新乡市公安局牧野分局",
        document_valid_from=date(2022, 8, 30),
        document_valid_until=date(2042, 8, 30),
        card_id="410700D15600000500030796FFFFFFFF",
        card_number="C96022814",
        card_spec_version="3.00",
        card_issued_on=date(2025, 3, 18),
        card_expires_on=date(2035, 3, 18),
        password="802468",
    ),
    # Of another city of Henan: served here (Art 17).
    Persona(
        key="sun-guilan",
        name="孙桂兰",
        holder_number="41010519631102006X",
        sex=Sex.FEMALE,
        born_on=date(1963, 11, 2),
        nation="回",
        address="河南省郑州市金水区北下街街道顺河路9号",
        document_kind=Kind.RESIDENT,
        document_issuer="郑州市公安局金水分局",
        document_valid_from=date(2013, 5, 6),
        document_valid_until=date(2033, 5, 6),
        card_id="410100D15600000500040163FFFFFFFF",
        card_number="D63110269",
        card_spec_version="2.00",
        card_issued_on=date(2022, 1, 10),
        card_expires_on=date(2032, 1, 10),
        password="975310",
    ),
    # Of another province: not served here. The name is longer than 30 bytes, so it goes on in tag 4E.
    Persona(
        key="abdurehim-jan",
        name="阿卜杜热合曼江·麦麦提吐尔逊阿卜杜拉",
        holder_number="650102199008150012",
        sex=Sex.MALE,
        born_on=date(1990, 8, 15),
        nation="维吾尔",
        address="新疆乌鲁木齐市天山区解放南路233号",
        document_kind=Kind.RESIDENT,
        document_issuer="乌鲁木齐市公安局天山分局",
        document_valid_from=date(2018, 10, 9),
        document_valid_until=date(2038, 10, 9),
        card_id="650100D15600000500050190FFFFFFFF",
        card_number="E90081512",
        card_spec_version="3.00",
        card_issued_on=date(2025, 7, 22),
        card_expires_on=date(2035, 7, 22),
        password="112358",
    ),
    # A permanent residence permit of 2017. That its 15 characters are the number on the social security card
    # too is unverified.
    Persona(
        key="anna-martens",
        name="安娜",
        holder_number="DEU410085010112",
        sex=Sex.FEMALE,
        born_on=date(1985, 1, 1),
        nation=None,
        address=None,
        document_kind=Kind.FOREIGN_PERMIT_2017,
        document_issuer="公安部",
        document_valid_from=date(2021, 2, 3),
        document_valid_until=date(2031, 2, 2),
        card_id="410700D15600000500060785FFFFFFFF",
        card_number="F85010127",
        card_spec_version="3.00",
        card_issued_on=date(2023, 12, 12),
        card_expires_on=date(2033, 12, 12),
        password="314159",
        nationality="DEU",
        foreign_name="MARTENS ANNA KATHARINA",
    ),
    # A permanent residence permit of 2023: 18 digits, the first a 9. No Chinese name.
    Persona(
        key="jonathan-whitfield",
        name="WHITFIELD JONATHAN EDWARD",
        holder_number="941826197906150014",
        sex=Sex.MALE,
        born_on=date(1979, 6, 15),
        nation=None,
        address=None,
        document_kind=Kind.FOREIGN_PERMIT_2023,
        document_issuer="公安部",
        document_valid_from=date(2024, 1, 8),
        document_valid_until=date(2034, 1, 7),
        card_id="410700D15600000500070779FFFFFFFF",
        card_number="G79061538",
        card_spec_version="3.00",
        card_issued_on=date(2024, 4, 15),
        card_expires_on=date(2034, 4, 15),
        password="271828",
        nationality="GBR",
        foreign_name="WHITFIELD JONATHAN EDWARD",
        document_issue_count="01",
    ),
    # A residence permit for people from Hong Kong, Macao and Taiwan.
    Persona(
        key="lin-yijun",
        name="林怡君",
        holder_number="830000199201300022",
        sex=Sex.FEMALE,
        born_on=date(1992, 1, 30),
        nation=None,
        address="河南省新乡市卫滨区平原路369号",
        document_kind=Kind.HMT_RESIDENCE,
        document_issuer="新乡市公安局卫滨分局",
        document_valid_from=date(2024, 5, 20),
        document_valid_until=date(2029, 5, 19),
        card_id="410700D15600000500080792FFFFFFFF",
        card_number="H92013022",
        card_spec_version="3.00",
        card_issued_on=date(2024, 6, 11),
        card_expires_on=date(2034, 6, 11),
        password="161803",
        pass_number="08412753",
        document_issue_count="01",
    ),
)


def persona(key: str) -> Persona:
    """Return the persona of that key. Raises `LookupError` naming the keys there are."""
    for candidate in PERSONAS:
        if candidate.key == key:
            return candidate
    raise LookupError(f"no persona {key!r}; there are {', '.join(one.key for one in PERSONAS)}")
