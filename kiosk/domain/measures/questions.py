"""What the Measures leave open, asked of the Bureau, which interprets them (Art 33).

Until it answers, the kiosk does what stands here. Where a question has a key in kiosk.toml, the answer is
written there, with its basis.
"""

from enum import Enum


class Question(Enum):
    """A question to the Bureau, what the kiosk does until it is answered, and the key that answers it."""

    Q1 = (
        "May a loss be taken down while the backend does not answer, to be sent later?",
        "Yes, and every screen and slip says that it is not yet in effect; 12333 is named first.",
        "loss_report.offline",
    )
    Q2 = (
        "May the password be changed at a kiosk? Art 23 names the window, and does not exclude others.",
        "No: the window, with a guide.",
        "",
    )
    Q3 = (
        "Does a loss report by resident ID card need a second proof?",
        "None: the report protects its holder and opens no record.",
        "",
    )
    Q4 = (
        "Which text about the fee of a replacement card is to be shown?",
        "No amount, only its basis (Art 32), until amount, document and validity are configured.",
        "service.fees",
    )
    Q5 = (
        "Which fields fall under 等 in Art 18?",
        "Postcode and e-mail beside phone and address, which the article names itself.",
        "contact_change.fields",
    )
    Q6 = (
        "Does a loss report hold until it is lifted at a window?",
        "Yes: the Measures know neither a temporary loss report nor an end by time.",
        "",
    )
    Q7 = (
        "May children under 14 use the kiosk alone, given the law on personal information?",
        "As every holder: Art 22 sets no age, and card and password are asked of all.",
        "",
    )
    Q8 = (
        "Does the backend pass a loss report on to the bank?",
        "Taken as no: every loss says that the bank account is not frozen.",
        "",
    )

    def __init__(self, asks: str, until_answered: str, switch: str) -> None:
        self.asks = asks
        self.until_answered = until_answered
        self.switch = switch
