"""The audit log: what happened at a kiosk, kept so that nobody can change it unnoticed, and never to whom."""
