"""A technician at the kiosk: through the door, page by page, and out again."""
