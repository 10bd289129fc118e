"""Which service performs which effect. An effect without a service is a mistake a test finds."""

from collections.abc import Mapping

from kiosk.flows import effects as do
from kiosk.flows.maintenance import effects as order

CARDS, ID_CARDS, PIN_PAD, PRINTER, BACKEND, LEDGER, INPUT, VOICE, ACCESS, PUBLIC_TEXTS, UPKEEP, POWER = (
    "cards", "id_cards", "pin_pad", "printer", "backend", "ledger", "input_method", "voice", "access",
    "public_texts", "upkeep", "power",
)  # fmt: skip
AUDIT = "audit"  # is asked for nothing: it hears every step of the loop

_OF_UPKEEP = (
    order.TellFaults, order.TellOutbox, order.RetryRejected, order.CheckChain, order.ExportOutbox,
    order.FileReport, order.CarryReport, order.MakeEvidence, order.Examine,
)  # fmt: skip
_OF_POWER = (order.Withdraw, order.SwitchPower)

AWAITED: frozenset[type[do.Effect]] = frozenset((*_OF_UPKEEP, *_OF_POWER))
"""Orders that are told as failed when they come to nothing: a page waits for them without end."""

ROUTES: Mapping[type[do.Effect], tuple[str, ...]] = {
    do.ReadCard: (CARDS,),
    do.ReadIdCard: (ID_CARDS,),
    do.StartPinEntry: (PIN_PAD,),
    do.CancelPinEntry: (PIN_PAD,),
    do.VerifyPasswordOnCard: (CARDS,),
    do.VerifyPasswordAtBackend: (BACKEND,),
    do.OpenVisitByCard: (BACKEND,),
    do.OpenVisitByIdCard: (BACKEND,),
    do.LoadRecords: (BACKEND,),
    do.AskForContributions: (BACKEND,),
    do.AskBackendForReceipt: (BACKEND,),
    do.RecordTransaction: (LEDGER,),
    do.LookUpReceipt: (LEDGER,),
    do.ResumeSending: (LEDGER,),
    do.TrustClock: (LEDGER,),
    do.TellVitals: (BACKEND,),
    do.PrintSlip: (PRINTER,),
    do.SignReceipt: (PRINTER,),
    do.Compose: (INPUT,),
    do.ListTechnicians: (ACCESS,),
    do.RecogniseTechnician: (ACCESS,),
    do.TellWait: (ACCESS,),
    do.AdmitTechnician: (ACCESS,),
    **dict.fromkeys(_OF_UPKEEP, (UPKEEP,)),
    **dict.fromkeys(_OF_POWER, (POWER,)),
    order.DescribeCard: (CARDS,),
    order.TellSam: (ID_CARDS,),
    order.TellPaper: (PRINTER,),
    order.BeginRoll: (PRINTER,),
    do.Say: (VOICE,),
    do.Hush: (VOICE,),
    do.CloseVisit: (CARDS, PIN_PAD, BACKEND, LEDGER, INPUT, VOICE),
}
