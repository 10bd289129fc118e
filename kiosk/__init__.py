"""The kiosk without its window: what it may do, how a visit goes, whom it asks and tells."""
