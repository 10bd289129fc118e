"""The technicians of a kiosk: who they are, how each proves it, and how long a wrong try costs."""
