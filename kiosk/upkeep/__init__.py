"""The hands of maintenance: what is done when a technician orders something of the kiosk as a whole."""
