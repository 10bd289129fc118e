"""Receipts that can be verified without a network, with the kiosk's public key alone.

    claim_of(transaction) -> Claim -> sign -> text of the QR code -> verify -> Claim

A signature says that this kiosk printed this. It doesn't say that the backend booked it, nor who asked.
"""
