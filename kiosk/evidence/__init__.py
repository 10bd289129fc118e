"""Evidence for a dispute or a fault: what this kiosk knows of a receipt or a time, sealed, and of nobody."""
