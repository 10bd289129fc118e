"""What goes wrong with a card. The reader's own troubles are in `drivers.errors`.

DeviceError
  CardAbsent                 there is no card, or not that one any more
  MuteCard                   there is one, and it says nothing: wrong way round, or broken
  CardUnreadable             its answers make no sense
  CardWasReset               another program has reset it; connecting anew helps
  NotASocialSecurityCard     it is some other card
    BankCardOnly             it is a bank card without a social security application
  NeedsPsam                  its personal files open only to a security module
"""

from drivers.errors import DeviceError, DeviceStatus, Remedy


class CardAbsent(DeviceError):
    """The card was taken out, or another one lies in its place."""

    status = DeviceStatus.USER_ERROR
    remedy = Remedy.CLEAR


class MuteCard(DeviceError):
    """The card does not answer to reset: it lies the wrong way round, is dirty, or is broken."""

    status = DeviceStatus.USER_ERROR
    remedy = Remedy.CLEAR


class CardUnreadable(DeviceError):
    """The card answers, and what it answers cannot be right."""

    status = DeviceStatus.USER_ERROR
    remedy = Remedy.CLEAR


class CardWasReset(DeviceError):
    """Another program has reset the card, so it has forgotten what we selected."""

    status = DeviceStatus.BUSY
    remedy = Remedy.RESET


class NotASocialSecurityCard(DeviceError):
    """The card has no social security application."""

    status = DeviceStatus.USER_ERROR
    remedy = Remedy.CLEAR


class BankCardOnly(NotASocialSecurityCard):
    """The card has a bank's application and no social security application."""


class NeedsPsam(DeviceError):
    """The card keeps its personal files closed (6982) until a security module (PSAM) has vouched for us.

    Another card may be readable, so the reader stays in service.
    """

    status = DeviceStatus.USER_ERROR
    remedy = Remedy.MAINTENANCE
