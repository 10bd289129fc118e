"""Effects to devices, backend and outbox; their outcomes back as events."""
